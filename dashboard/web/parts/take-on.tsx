import { useSignal } from '@preact/signals';
import type { EscalationLevel, IncidentView } from '../../../protocol/views.ts';
import { assign, start } from '../state/acts.ts';
import { ui } from '../words/index.ts';
import { Field } from './field.tsx';

const LEVELS = [1, 2, 3] as const satisfies readonly EscalationLevel[];
const LONGEST = 200;

/** Who has an open incident, at which level of support; begins work on it, and gives it to somebody. */
export function TakeOnPart({ incident, reload }: { incident: IncidentView; reload: () => void }) {
  const { number, owner, level = 1, state } = incident;
  const words = ui.value.takeOn;
  return (
    <div class="comment">
      <p data-testid="owner">
        <b>{owner ?? words.nobody}</b> {words.levels[level - 1]}
      </p>
      {state !== 'in-progress' && (
        <button type="button" class="button" data-testid="start" onClick={() => void start(number, reload)}>
          {words.start}
        </button>
      )}
      <AssignForm key={`${owner} ${level}`} incident={incident} reload={reload} />
    </div>
  );
}

function AssignForm({ incident, reload }: { incident: IncidentView; reload: () => void }) {
  const owner = useSignal(incident.owner ?? '');
  const level = useSignal<EscalationLevel>(incident.level ?? 1);
  const words = ui.value.takeOn;
  const submit = (event: Event): void => {
    event.preventDefault();
    const name = owner.value.trim();
    void assign(incident.number, { ...(name !== '' && { owner: name }), level: level.value }, reload);
  };
  return (
    <details class="hold" data-testid="assign">
      <summary class="button">{words.open}</summary>
      <form class="form" onSubmit={submit}>
        <Field label={words.owner}>
          {(id) => (
            <input
              id={id}
              maxLength={LONGEST}
              placeholder={words.nobody}
              value={owner.value}
              onInput={(event) => {
                owner.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field label={words.level}>
          {(id) => (
            <select
              id={id}
              value={level.value}
              onChange={(event) => {
                level.value = LEVELS[event.currentTarget.selectedIndex] ?? 1;
              }}
            >
              {LEVELS.map((one) => (
                <option key={one} value={one}>
                  {words.levels[one - 1]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" class="button primary" data-testid="assign-put">
          {words.assign}
        </button>
      </form>
    </details>
  );
}
