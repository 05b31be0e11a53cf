import type { Store } from '../../../protocol/inventory.ts';
import { isOpen, localTime, spansOf, WEEKDAYS } from '../hours.ts';
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
  const exception = hours?.dates?.[today.date];
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
          {WEEKDAYS.map((weekday, i) => {
            const isToday = weekday === today.weekday;
            const spans = isToday ? (exception ?? spansOf(hours, today)) : (hours[weekday] ?? []);
            return (
              <div key={weekday} class={isToday ? 'today' : undefined}>
                <dt>{writeWeekday(MONDAY + i * DAY_MS)}</dt>
                <dd>{spans.length === 0 ? words.closedDay : spans.map((span) => span.replace('-', '–')).join(', ')}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </>
  );
}
