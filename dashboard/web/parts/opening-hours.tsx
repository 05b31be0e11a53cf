import { spansOn } from '../../../protocol/holidays.ts';
import type { Store } from '../../../protocol/inventory.ts';
import { isOpen, localTime, WEEKDAYS, type Weekday } from '../hours.ts';
import { tick } from '../state/clock.ts';
import { format, ui } from '../words/index.ts';
import { writeWeekday } from '../words/times.ts';

/** A Monday, for the names of the days. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** The store's week, today marked, and whether it is open by its own clock. */
export function OpeningHours({ store }: { store: Store }) {
  const words = ui.value;
  const { hours, timeZone } = store;
  const now = tick.value;
  const today = localTime(timeZone, now);
  const day = WEEKDAYS.indexOf(today.weekday);
  return (
    <>
      <p class="hours-now">
        <b>{isOpen(hours, timeZone, now) ? words.openNow : words.closedNow}</b>
        <span>{words.localTime(format.value.time(now, timeZone), timeZone)}</span>
      </p>
      {hours === undefined ? (
        <p class="quiet">{words.alwaysOpen}</p>
      ) : (
        <dl class="pairs hours">
          {daysAlike((weekday) => (weekday === today.weekday ? spansOn(hours, today) : (hours[weekday] ?? []))).map(
            ({ first, last, spans }) => (
              <div key={first} class={first <= day && day <= last ? 'today' : undefined}>
                <dt>{nameDays(first, last)}</dt>
                <dd>{spans.length === 0 ? words.closedDay : spans.map((span) => span.replace('-', '–')).join(', ')}</dd>
              </div>
            ),
          )}
        </dl>
      )}
    </>
  );
}

interface Days {
  /** Places in the week, Monday first. */
  first: number;
  last: number;
  spans: readonly string[];
}

/** The week with days that follow one another and are alike told once. */
function daysAlike(spansOn: (weekday: Weekday) => readonly string[]): Days[] {
  const days: Days[] = [];
  for (const [i, weekday] of WEEKDAYS.entries()) {
    const spans = spansOn(weekday);
    const before = days.at(-1);
    if (before !== undefined && before.spans.join() === spans.join()) before.last = i;
    else days.push({ first: i, last: i, spans });
  }
  return days;
}

function nameDays(first: number, last: number): string {
  if (last - first === WEEKDAYS.length - 1) return ui.value.everyDay;
  const name = (i: number): string => writeWeekday(MONDAY + i * DAY_MS);
  return first === last ? name(first) : `${name(first)}${last - first === 1 ? ', ' : ' – '}${name(last)}`;
}
