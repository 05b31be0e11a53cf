import { useSignal } from '@preact/signals';
import type { IncidentView } from '../../../protocol/views.ts';
import { hold, resume } from '../state/acts.ts';
import { ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { Field } from './field.tsx';

const HOUR_MS = 3_600_000;
/** After how many hours it may go on by itself. */
const HOURS = [1, 4, 8, 24, 72];
const LONGEST = 1000;

/** Puts an open incident on hold, or goes on with one that is. */
export function HoldPart({ incident, reload }: { incident: IncidentView; reload: () => void }) {
  const words = ui.value.hold;
  if (incident.hold === undefined) return <HoldForm number={incident.number} reload={reload} />;
  const { by, why, until } = incident.hold;
  return (
    <div class="comment" data-testid="on-hold">
      <p>
        <b>{why}</b>
      </p>
      <p class="quiet">{until === undefined ? words.by(by) : words.byUntil(by, writeDate(until))}</p>
      <button type="button" class="button" data-testid="resume" onClick={() => void resume(incident.number, reload)}>
        {words.resume}
      </button>
    </div>
  );
}

function HoldForm({ number, reload }: { number: number; reload: () => void }) {
  const why = useSignal('');
  const hours = useSignal('');
  const words = ui.value.hold;
  const submit = (event: Event): void => {
    event.preventDefault();
    const said = why.value.trim();
    if (said === '') return;
    const until = hours.value === '' ? undefined : Date.now() + Number(hours.value) * HOUR_MS;
    void hold(number, said, until, () => {
      why.value = '';
      reload();
    });
  };
  return (
    <details class="hold" data-testid="hold">
      <summary class="button">{words.open}</summary>
      <form class="form" onSubmit={submit}>
        <Field label={words.why}>
          {(id) => (
            <textarea
              id={id}
              rows={2}
              maxLength={LONGEST}
              value={why.value}
              onInput={(event) => {
                why.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field label={words.until}>
          {(id) => (
            <select
              id={id}
              value={hours.value}
              onChange={(event) => {
                hours.value = event.currentTarget.value;
              }}
            >
              <option value="">{words.untilResumed}</option>
              {HOURS.map((count) => (
                <option key={count} value={count}>
                  {words.hours(count)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" class="button primary" data-testid="hold-put" disabled={why.value.trim() === ''}>
          {words.put}
        </button>
      </form>
    </details>
  );
}
