import { useComputed } from '@preact/signals';
import type { StoreKey } from '../../../protocol/names.ts';
import type { StoreAvailability, StoreSegment } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { apiPath } from '../api.ts';
import { partsOf } from '../keys.ts';
import { serverNow, tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { useResource } from '../state/resource.ts';
import { phone } from '../state/screen.ts';
import { tileOf } from '../state/wall.ts';
import { format, shared, ui } from '../words/index.ts';
import { writeDate, writeDayOfMonth } from '../words/times.ts';
import { Trouble } from './trouble.tsx';

const DAYS = 3;
const DAY_MS = 86_400_000;
/** A piece shorter than this could not be seen. */
const NARROWEST = 0.002;
/** A day that begins beyond this part of the strip has no room for its name beside `now`. */
const LAST_LABEL = { phone: 0.6, wide: 0.86 };

/** How a store stood over the last three days: what was seen, repaired by what came late. */
export function Standing({ store }: { store: StoreKey }) {
  const words = ui.value;
  const moved = useComputed(() => `${tileOf(store)?.value.state} ${Math.floor(tick.value / 60_000)}`);
  const { data, error, reload } = useResource<StoreAvailability>(() => {
    const from = Math.floor(serverNow() / 60_000) * 60_000 - DAYS * DAY_MS;
    return `${apiPath('stores', ...partsOf(store), 'availability')}?from=${from}`;
  }, moved);
  if (data === undefined)
    return error === undefined ? <i class="bone line" /> : <Trouble error={error} retry={reload} />;
  const [first] = data.segments;
  const last = data.segments.at(-1);
  if (first === undefined || last === undefined) return <p class="quiet">{words.nothingKnown}</p>;
  const from = Math.min(last.to - DAYS * DAY_MS, first.from);
  const share = (ms: number) => `${(100 * ms) / (last.to - from)}%`;
  return (
    <div class="standing" data-testid="standing">
      <p class="standing-figures">
        {data.percent !== undefined && (
          <span>
            <b>{format.value.amount(floorTo(data.percent, 2), 'percent')}</b> {words.sold}
          </span>
        )}
        {data.knownPercent !== undefined && data.knownPercent < 99.995 && (
          <span class="quiet">{words.knownOf(format.value.amount(floorTo(data.knownPercent, 1), 'percent'))}</span>
        )}
      </p>
      <ol class="standing-strip" aria-label={words.standingOver(DAYS)}>
        {data.segments
          .filter((segment) => (segment.to - segment.from) / (last.to - from) >= NARROWEST || isBad(segment))
          .map((segment) => (
            <li
              key={segment.from}
              data-state={segment.state}
              data-proven={segment.proven}
              style={{ left: share(segment.from - from), width: `calc(${share(segment.to - segment.from)} + 1px)` }}
              title={tell(segment)}
            >
              <span class="unseen">{tell(segment)}</span>
            </li>
          ))}
      </ol>
      <p class="standing-scale quiet" aria-hidden="true">
        {midnights(from, last.to).map((at) => (
          <span key={at} style={{ left: share(at - from) }}>
            {(at - from) / (last.to - from) < (phone.value ? LAST_LABEL.phone : LAST_LABEL.wide) && writeDayOfMonth(at)}
          </span>
        ))}
        <span class="standing-now">{words.now}</span>
      </p>
      <ul class="standing-legend">
        {[...new Set(data.segments.map(({ state }) => state))].map((state) => (
          <li key={state}>
            <i data-state={state} /> {shared.value.storeStates[state]}
          </li>
        ))}
        {data.segments.some(({ proven }) => proven) && (
          <li>
            <i data-state="up" data-proven /> {say(locale.value, { code: 'store.proven' })}
          </li>
        )}
      </ul>
    </div>
  );
}

/** Where each day begins, by the reader's clock. */
function midnights(from: number, to: number): number[] {
  const days: number[] = [];
  const day = new Date(from);
  for (;;) {
    day.setHours(24, 0, 0, 0);
    if (day.getTime() >= to) return days;
    days.push(day.getTime());
  }
}

const isBad = ({ state }: StoreSegment): boolean => state === 'down' || state === 'blind';

/** Never rounded up: 99.999 % is not all of the time. */
const floorTo = (value: number, digits: number): number => Math.floor(value * 10 ** digits) / 10 ** digits;

function tell({ from, to, state, reason, proven }: StoreSegment): string {
  const lasted = format.value.duration((to - from) / 1000);
  const told = proven ? `, ${say(locale.value, reason).toLowerCase()}` : '';
  return `${shared.value.storeStates[state]}${told}\n${writeDate(from)} → ${writeDate(to)} (${lasted})`;
}
