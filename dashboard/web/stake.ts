import { burntMsOf, clockThatMatters, lossAt } from '../../protocol/counting.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import type { Format } from '../../protocol/words/format.ts';
import type { UiWords } from './words/fr.ts';

const MINUTE_MS = 60_000;

/** The clock that matters, as it stands. */
export interface ToldDeadline {
  text: string;
  /** Of what was agreed, how much is burnt: 0 to 1. */
  burnt: number;
  isLate: boolean;
  isPaused: boolean;
  /** N1, N2, N3; undefined before the first. */
  level: string | undefined;
}

/** What is left of the clock that matters, or by how much it is over; undefined where none runs towards anything. */
export function tellDeadline(
  incident: IncidentView,
  now: number,
  words: UiWords,
  format: Format,
): ToldDeadline | undefined {
  const matters = clockThatMatters(incident);
  if (!matters || isOver(incident.state)) return undefined;
  const { name, clock, targetMs } = matters;
  const burntMs = burntMsOf(clock, now);
  const isLate = burntMs >= targetMs;
  // To the minute: seconds would move all the time.
  const minutes = Math.floor(Math.abs(targetMs - burntMs) / MINUTE_MS);
  const time = minutes === 0 ? words.underAMinute : format.duration(minutes * 60);
  const level = Math.max(...Object.values(incident.clocks ?? {}).map((one) => one.level ?? 0));
  return {
    text: `${isLate ? words.late(time) : words.left[name](time)}${clock.runs ? '' : ` ${words.paused}`}`,
    burnt: Math.min(1, burntMs / targetMs),
    isLate,
    isPaused: !clock.runs,
    level: level > 0 ? `N${level}` : undefined,
  };
}

/** What it has cost in minutes of tills, and in money where that is known; empty before the first minute. */
export function tellLoss({ loss }: Pick<IncidentView, 'loss'>, now: number, words: UiWords, format: Format): string {
  if (!loss) return '';
  const { laneMs, blindMs, money } = lossAt(loss, now);
  const cost = (ms: number, worth: number | undefined): string => {
    const minutes = Math.floor(ms / MINUTE_MS);
    const written = words.laneMinutes(minutes, format.number(minutes, 0));
    return money && worth !== undefined ? `${written}, ${format.money(worth, money.currency)}` : written;
  };
  return [
    ...(laneMs >= MINUTE_MS ? [cost(laneMs, money?.lost)] : []),
    ...(blindMs >= MINUTE_MS ? [words.perhapsLost(cost(blindMs, money?.blind))] : []),
  ].join(' · ');
}
