import type { OpeningHours } from '../../protocol/inventory.ts';
import { localTime } from './local-time.ts';
import type { Random } from './random.ts';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_MS = 86_400_000;

const ROUND_THE_CLOCK = '00:00-24:00';
const ORDINARY = ['08:00-20:30', '08:30-20:00', '08:30-21:00', '07:30-21:30', '07:00-22:00'] as const;

/** Part of the stores that keep ordinary hours, where those leave enough of the day. */
const ORDINARY_SHARE = 0.25;
/** A demo is looked at for a while: a store that closes sooner would go dim under the reader’s eyes. */
const STAYS_OPEN_MS = 4 * 3_600_000;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Hours of a store that sells now and for hours to come. */
export function drawOpenHours(random: Random, timeZone: string, now: number): OpeningHours {
  const ordinary = week(random.pick(ORDINARY));
  const wanted = random.next() < ORDINARY_SHARE;
  const stays = isOpen(ordinary, timeZone, now) && isOpen(ordinary, timeZone, now + STAYS_OPEN_MS);
  return wanted && stays ? ordinary : week(ROUND_THE_CLOCK);
}

/** Hours of a store that is closed today and tomorrow, as for its yearly stocktaking. */
export function drawClosedHours(random: Random, timeZone: string, now: number): OpeningHours {
  const dates = Object.fromEntries([now, now + DAY_MS].map((at) => [localTime(timeZone, at).date, []]));
  return { ...week(random.pick(ORDINARY)), dates };
}

function week(span: string): OpeningHours {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, [span]]));
}

/** Whether a store of the demo sells at that instant. The demo’s hours never run past midnight. */
export function isOpen(hours: OpeningHours | undefined, timeZone: string, at: number): boolean {
  if (!hours) return true;
  const { date, weekday, minute } = localTime(timeZone, at);
  const day = WEEKDAYS[weekday];
  const spans = hours.dates?.[date] ?? (day && hours[day]) ?? [];
  return spans.some((span) => minute >= minutes(span) && minute < minutes(span.slice(6)));
}
