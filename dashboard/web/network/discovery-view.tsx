import { signal, useComputed } from '@preact/signals';
import type { FoundEntry, GoneEntry } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { deviceHref, numberOf, storeHref } from '../keys.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { StateBadge } from '../parts/badges.tsx';
import { Blank } from '../parts/blank.tsx';
import { Mark } from '../parts/mark.tsx';
import { Since } from '../parts/since.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { shared, ui } from '../words/index.ts';
import { networkWords } from '../words/network.ts';
import { AcceptDialog, DismissDialog } from './discovery-dialogs.tsx';
import { findPath } from './find-path.ts';

/** What somebody is about to decide. */
const deciding = signal<{ entry: FoundEntry; as: 'accept' | 'dismiss' } | undefined>(undefined);

const MINUTE_MS = 60_000;

/** What agents found on the networks of their stores: to be accepted, dismissed, or taken out of the inventory. */
export function DiscoveryView() {
  const words = networkWords.value;
  const { data, error, reload } = useResource<{ found: FoundEntry[]; gone: GoneEntry[] }>(
    () => apiPath('discovery'),
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  const open = data.found.filter(({ dismissed }) => dismissed === undefined);
  const dismissed = data.found.filter((entry) => entry.dismissed !== undefined);
  const { value: choice } = deciding;
  const close = (isDone: boolean): void => {
    deciding.value = undefined;
    if (isDone) reload();
  };
  return (
    <div class="column" data-testid="discovery">
      <section class="card">
        <p class="quiet">{words.discoveryLead}</p>
        {open.length + data.gone.length === 0 ? (
          <Blank kind="empty" title={words.nothingFound} more={words.nothingFoundMore} />
        ) : (
          <table class="table stacked">
            <Head />
            <tbody>
              {open.map((entry) => (
                <FoundRow key={`${entry.store} ${entry.address}`} entry={entry} reload={reload} />
              ))}
              {data.gone.map((entry) => (
                <GoneRow key={entry.device} entry={entry} />
              ))}
            </tbody>
          </table>
        )}
      </section>
      {dismissed.length > 0 && (
        <section class="card">
          <h2>{words.dismissed}</h2>
          <table class="table stacked">
            <Head />
            <tbody>
              {dismissed.map((entry) => (
                <FoundRow key={`${entry.store} ${entry.address}`} entry={entry} reload={reload} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {choice?.as === 'accept' && <AcceptDialog entry={choice.entry} onClose={close} />}
      {choice?.as === 'dismiss' && <DismissDialog entry={choice.entry} onClose={close} />}
    </div>
  );
}

function Head() {
  const words = networkWords.value;
  return (
    <thead>
      <tr>
        <th>{words.what}</th>
        <th>{words.store}</th>
        <th>{words.address}</th>
        <th>{words.seenBy}</th>
        <th />
      </tr>
    </thead>
  );
}

function StoreCell({ entry: { store, storeTitle } }: { entry: FoundEntry | GoneEntry }) {
  return (
    <td data-label={networkWords.value.store}>
      <a class="store-link" href={storeHref(store)}>
        {numberOf(store)} {storeTitle}
      </a>
    </td>
  );
}

function FoundRow({ entry, reload }: { entry: FoundEntry; reload: () => void }) {
  const words = networkWords.value;
  const { address, kind, vendor, model, serial, name, mac, at, dismissed } = entry;
  const told = [name, [vendor, model].filter(Boolean).join(' '), serial, mac].filter(Boolean).join(', ');
  const recall = (): Promise<void> => act(() => request('POST', findPath(entry, 'recall'), {}), reload);
  return (
    <tr data-address={address}>
      <td>
        {dismissed === undefined && <Mark as="up">{words.isNew}</Mark>} {shared.value.deviceKinds[kind]}
        <span class="why">{dismissed === undefined ? told : words.dismissedBy(dismissed.who, dismissed.why)}</span>
      </td>
      <StoreCell entry={entry} />
      <td data-label={words.address}>
        <code>{address}</code>
      </td>
      <Seer entry={entry} at={at} />
      <td class="figures">
        <span class="buttons">
          {dismissed === undefined && may('admin') && (
            <button
              type="button"
              class="button primary"
              disabled={!entry.isAcceptable}
              title={entry.isAcceptable ? undefined : words.noCredential}
              onClick={() => {
                deciding.value = { entry, as: 'accept' };
              }}
            >
              {words.accept}
            </button>
          )}
          {dismissed === undefined && may('operator') && (
            <button
              type="button"
              class="button"
              onClick={() => {
                deciding.value = { entry, as: 'dismiss' };
              }}
            >
              {words.dismiss}
            </button>
          )}
          {dismissed !== undefined && may('operator') && (
            <button type="button" class="button" onClick={() => void recall()}>
              {words.recall}
            </button>
          )}
        </span>
      </td>
    </tr>
  );
}

function Seer({ entry: { agent }, at }: { entry: FoundEntry | GoneEntry; at: number }) {
  return (
    <td data-label={networkWords.value.seenBy}>
      <span>
        <a class="device-link" href={deviceHref(agent)}>
          {agent.slice(agent.lastIndexOf('/') + 1)}
        </a>{' '}
        <Since at={at} />
      </span>
    </td>
  );
}

function GoneRow({ entry }: { entry: GoneEntry }) {
  const words = networkWords.value;
  const { device, title, kind, state, since } = entry;
  return (
    <tr data-gone={device}>
      <td>
        <Mark as="blind">{words.isGone}</Mark> {shared.value.deviceKinds[kind]}
        <span class="why">{words.goneSince}</span>
      </td>
      <StoreCell entry={entry} />
      <td data-label={ui.value.device}>
        <a class="device-link" href={deviceHref(device)}>
          {title}
        </a>
      </td>
      <Seer entry={entry} at={since} />
      <td class="figures">
        <StateBadge state={state} of="device" />
      </td>
    </tr>
  );
}
