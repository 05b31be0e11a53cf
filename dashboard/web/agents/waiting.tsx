import { signal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { StoreKey } from '../../../protocol/names.ts';
import type { QuarantineEntry } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { deviceHref, numberOf, partsOf, storeHref } from '../keys.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { Mark } from '../parts/mark.tsx';
import { Since } from '../parts/since.tsx';
import { toast } from '../parts/toast.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { tileOf } from '../state/wall.ts';
import { agentWords } from '../words/agents.ts';
import { format, shared } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { AdmitDialog } from './admit-dialog.tsx';
import { NoDoor } from './no-door.tsx';

/** The machine somebody is about to admit. */
const admitting = signal<QuarantineEntry | undefined>(undefined);

/** Those seen and not admitted, kept up to date. */
export function useQuarantine() {
  return useResource<{ quarantine: QuarantineEntry[] }>(
    () => apiPath('agents', 'quarantine'),
    useComputed(() => tick.value),
  );
}

/** How many wait for a decision. */
export const countWaiting = (quarantine: readonly QuarantineEntry[]): number =>
  quarantine.filter(({ decision }) => decision === undefined).length;

/** Machines that were seen and not let in: who they say they are, and what is to be decided. */
export function Waiting({ answer: { data, error, reload } }: { answer: ReturnType<typeof useQuarantine> }) {
  const words = agentWords.value;
  if (data === undefined) {
    if (error === undefined) return <Skeleton />;
    return error.code === 'agents-off' ? <NoDoor /> : <Trouble error={error} retry={reload} />;
  }
  const waits = data.quarantine.filter(({ decision }) => decision === undefined);
  const decided = data.quarantine.filter(({ decision }) => decision !== undefined);
  return (
    <div class="column" data-testid="waiting">
      {waits.length === 0 && <Blank kind="empty" title={words.nobodyWaits} more={words.nobodyWaitsMore} />}
      {waits.map((machine) => (
        <Machine key={machine.id} machine={machine} reload={reload} />
      ))}
      {decided.length > 0 && <h2 class="section-title">{words.decided}</h2>}
      {decided.map((machine) => (
        <Machine key={machine.id} machine={machine} reload={reload} />
      ))}
      {admitting.value !== undefined && (
        <AdmitDialog
          machine={admitting.value}
          onClose={(isDone) => {
            admitting.value = undefined;
            if (isDone) reload();
          }}
        />
      )}
    </div>
  );
}

function Machine({ machine, reload }: { machine: QuarantineEntry; reload: () => void }) {
  const words = agentWords.value;
  const { device, kind, inInventory, decision, address, key, firstAt, lastAt, times, facts } = machine;
  const [chain = '', store = '', name = ''] = partsOf(device);
  const storeOf: StoreKey = `${chain}/${store}`;
  const reason = machine.words[locale.value];
  const refuse = (): Promise<void> =>
    act(
      () => request('POST', apiPath('agents', 'quarantine', machine.id, 'refuse')),
      () => {
        toast(words.refused(name));
        reload();
      },
    );
  return (
    <section class="card machine" data-testid="machine" data-decided={decision !== undefined}>
      <header class="card-head">
        <h2>
          {inInventory ? <a href={deviceHref(device)}>{name}</a> : name}{' '}
          <a class="title-name" href={storeHref(storeOf)}>
            {numberOf(storeOf)} {tileOf(storeOf)?.value.title}
          </a>
        </h2>
        {decision === undefined && (
          <span class="buttons">
            {may('admin') && (
              <button
                type="button"
                class="button primary"
                data-testid="admit"
                onClick={() => {
                  admitting.value = machine;
                }}
              >
                {words.admit}
              </button>
            )}
            {may('operator') && (
              <button type="button" class="button" data-testid="refuse" onClick={() => void refuse()}>
                {words.refuse}
              </button>
            )}
          </span>
        )}
      </header>
      <p class="machine-why">
        {decision === undefined ? (
          <Mark as="degraded">
            <span class="wraps">{reason.charAt(0).toLocaleUpperCase() + reason.slice(1)}</span>
          </Mark>
        ) : (
          words.verdicts[decision.verdict](decision.by, writeDate(decision.at))
        )}
      </p>
      <div class="machine-facts">
        <dl class="pairs">
          <Pair name={words.claims}>
            {kind === undefined ? device : `${shared.value.deviceKinds[kind]}, ${device}`}
            {!inInventory && <span class="quiet"> ({words.notInInventory})</span>}
          </Pair>
          <Pair name={words.from}>{address}</Pair>
          <Pair name={words.firstSeen}>
            <Since at={firstAt} />
          </Pair>
          <Pair name={words.lastSeen}>
            <Since at={lastAt} /> <span class="quiet">({words.times(format.value.number(times))})</span>
          </Pair>
          <Pair name={words.key}>
            <code>{key}</code>
          </Pair>
        </dl>
        {Object.keys(facts).length > 0 && (
          <dl class="pairs">
            {Object.entries(facts).map(([fact, value]) => (
              <Pair key={fact} name={words.factNames[fact] ?? fact}>
                {value}
              </Pair>
            ))}
          </dl>
        )}
      </div>
    </section>
  );
}

function Pair({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
