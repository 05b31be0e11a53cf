import { clockThatMatters } from '../../../protocol/counting.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { tellDeadline, tellLoss } from '../stake.ts';
import { tick } from '../state/clock.ts';
import { format, ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';

/** What is left of the clock that matters, and how much of it is burnt. Counts along by itself. */
export function Deadline({ incident }: { incident: IncidentView }) {
  const told = tellDeadline(incident, tick.value, ui.value, format.value);
  if (!told) return null;
  const { text, burnt, isLate, isPaused, level } = told;
  const matters = clockThatMatters(incident);
  return (
    <span
      class="deadline"
      data-testid="deadline"
      data-late={isLate}
      data-paused={isPaused}
      title={matters?.by === undefined ? undefined : ui.value.dueAt[matters.name](writeDate(matters.by))}
    >
      <span class="ring" style={{ '--burnt': `${100 * burnt}%` }} aria-hidden="true" />
      {text}
      {level !== undefined && <b>{level}</b>}
    </span>
  );
}

/** What it has cost so far, counting along by itself. */
export function Lost({ incident }: { incident: IncidentView }) {
  const told = tellLoss(incident, tick.value, ui.value, format.value);
  return told === '' ? null : (
    <span class="lost" data-testid="lost" title={ui.value.cost}>
      {told}
    </span>
  );
}
