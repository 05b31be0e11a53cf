import { useSignal } from '@preact/signals';
import { nameOf } from '../../../protocol/names.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';
import { say } from '../../../protocol/words/index.ts';
import { merge, reopen, split } from '../state/acts.ts';
import { locale } from '../state/prefs.ts';
import { incidents } from '../state/wall.ts';
import { ui } from '../words/index.ts';
import { Field } from './field.tsx';
import { Card } from './page-head.tsx';

interface Part {
  incident: IncidentView;
  reload: () => void;
}

/** Makes one incident of two of a store, or two of one; nothing where neither can be. */
export function RegroupCard({ incident, reload }: Part) {
  const others = [...incidents.value.values()].filter(
    ({ store, number, state }) => store === incident.store && number !== incident.number && !isOver(state),
  );
  const canSplit = incident.alerts.filter(({ state }) => state === 'firing').length > 1;
  if (others.length === 0 && !canSplit) return null;
  return (
    <Card title={ui.value.regroup.title}>
      {others.length > 0 && <MergeForm incident={incident} others={others} reload={reload} />}
      {canSplit && <SplitForm incident={incident} reload={reload} />}
    </Card>
  );
}

function MergeForm({ incident, others, reload }: Part & { others: readonly IncidentView[] }) {
  const into = useSignal('');
  const words = ui.value.regroup;
  const submit = (event: Event): void => {
    event.preventDefault();
    void merge(incident.number, Number(into.value), reload);
  };
  return (
    <details class="hold" data-testid="merge">
      <summary class="button">{words.merge}</summary>
      <form class="form" onSubmit={submit}>
        <Field label={words.into}>
          {(id) => (
            <select
              id={id}
              value={into.value}
              onChange={(event) => {
                into.value = event.currentTarget.value;
              }}
            >
              <option value="" />
              {others.map(({ number, causeTitle }) => (
                <option key={number} value={number}>
                  {number} {causeTitle}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" class="button primary" data-testid="merge-put" disabled={into.value === ''}>
          {words.mergeNow}
        </button>
      </form>
    </details>
  );
}

function SplitForm({ incident, reload }: Part) {
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const words = ui.value.regroup;
  const firing = incident.alerts.filter(({ state }) => state === 'firing');
  const named = firing.filter(({ key }) => chosen.value.has(key)).map(({ key }) => key);
  const submit = (event: Event): void => {
    event.preventDefault();
    void split(incident.number, named, reload);
  };
  return (
    <details class="hold" data-testid="split">
      <summary class="button">{words.split}</summary>
      <form class="form" onSubmit={submit}>
        <fieldset>
          <legend>{words.alerts}</legend>
          {firing.map(({ key, device, reason }) => (
            <label key={key} class="check">
              <input
                type="checkbox"
                checked={chosen.value.has(key)}
                onChange={(event) => {
                  const next = new Set(chosen.value);
                  if (event.currentTarget.checked) next.add(key);
                  else next.delete(key);
                  chosen.value = next;
                }}
              />{' '}
              {nameOf(device)} {say(locale.value, reason)}
            </label>
          ))}
        </fieldset>
        <button
          type="submit"
          class="button primary"
          data-testid="split-put"
          disabled={named.length === 0 || named.length === firing.length}
        >
          {words.splitNow}
        </button>
      </form>
    </details>
  );
}

/** Opens an incident again that was resolved a short while ago. */
export function ReopenCard({ incident, reload }: Part) {
  const why = useSignal('');
  const words = ui.value.reopen;
  const submit = (event: Event): void => {
    event.preventDefault();
    void reopen(incident.number, why.value.trim(), reload);
  };
  return (
    <Card title={words.title}>
      <form class="form" data-testid="reopen" onSubmit={submit}>
        <Field label={words.why}>
          {(id) => (
            <input
              id={id}
              maxLength={1000}
              value={why.value}
              onInput={(event) => {
                why.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <button type="submit" class="button" data-testid="reopen-put">
          {words.now}
        </button>
      </form>
    </Card>
  );
}
