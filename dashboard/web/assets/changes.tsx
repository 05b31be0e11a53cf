import { signal, useComputed } from '@preact/signals';
import type { DeviceKey } from '../../../protocol/names.ts';
import { apiPath } from '../api.ts';
import { deviceHref, storeHref } from '../keys.ts';
import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { Field } from '../parts/field.tsx';
import { Since } from '../parts/since.tsx';
import { nameStore } from '../parts/store-choice.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { assetWords } from '../words/assets.ts';
import { format, ui } from '../words/index.ts';

export interface Change {
  device: DeviceKey;
  /** As the inventory has it, where it still does. */
  deviceTitle?: string;
  at: number;
  path: string;
  title: string;
  from?: string;
  to?: string;
}

const AT_MOST = 200;
const path = signal('');

/** What changed on all devices, newest first, of everything or of one thing. */
export function Changes() {
  const words = assetWords.value;
  return (
    <section class="card" data-testid="changes">
      <div class="filters">
        <Field label={words.only}>
          {(id) => (
            <select
              id={id}
              value={path.value}
              onChange={(event) => {
                path.value = event.currentTarget.value;
              }}
            >
              {Object.entries(words.paths).map(([value, word]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Listed key={path.value} />
    </section>
  );
}

function Listed() {
  const words = assetWords.value;
  const moved = useComputed(() => `${Math.floor(tick.value / 60_000)} ${locale.value}`);
  const query = new URLSearchParams({ limit: String(AT_MOST), ...(path.value !== '' && { path: path.value }) });
  const { data, error, reload } = useResource<{ changes: Change[] }>(
    () => `${apiPath('assets', 'changes')}?${query}`,
    moved,
  );
  if (data === undefined) return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  if (data.changes.length === 0) return <Blank kind="empty" title={words.noChanges} more={words.noChangesMore} />;
  return (
    <>
      <ChangeTable changes={data.changes} withDevice />
      {data.changes.length >= AT_MOST && <p class="quiet">{ui.value.listCut(format.value.number(AT_MOST))}</p>}
    </>
  );
}

/** Changes as a table: when, on what, what it was and is. */
export function ChangeTable({ changes, withDevice }: { changes: readonly Change[]; withDevice: boolean }) {
  const words = assetWords.value;
  return (
    <table class="table stacked">
      <thead>
        <tr>
          <th>{words.when}</th>
          {withDevice && <th>{ui.value.device}</th>}
          <th>{words.what}</th>
          <th>{words.before}</th>
          <th>{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change, i) => (
          <tr key={`${change.at}${i}`} data-path={change.path}>
            <td class="nowrap" data-label={words.when}>
              <Since at={change.at} />
            </td>
            {withDevice && (
              <td>
                <Whose change={change} />
              </td>
            )}
            <td data-label={words.what}>{change.title}</td>
            <Value label={words.before} value={change.from} />
            <Value label={words.after} value={change.to} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Whose({ change: { device, deviceTitle } }: { change: Change }) {
  const store = device.slice(0, device.lastIndexOf('/')) as `${string}/${string}`;
  return (
    <>
      <a class="device-link" href={deviceHref(device)}>
        {deviceTitle ?? device.slice(device.lastIndexOf('/') + 1)}
      </a>{' '}
      <a class="store-link quiet" href={storeHref(store)}>
        {nameStore(store)}
      </a>
    </>
  );
}

const Value = ({ label, value }: { label: string; value: string | undefined }) => (
  <td class="value" data-label={label}>
    {value === undefined ? <span class="quiet">{assetWords.value.absent}</span> : value}
  </td>
);
