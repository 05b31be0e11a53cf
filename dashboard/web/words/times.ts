import type { Locale } from '../../../protocol/inventory.ts';
import { locale } from '../state/prefs.ts';
import { format, ui } from './index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };
const kept = new Map<string, Intl.DateTimeFormat>();

function written(parts: Intl.DateTimeFormatOptions): (at: number) => string {
  const id = `${locale.value} ${JSON.stringify(parts)}`;
  let instants = kept.get(id);
  if (instants === undefined) {
    instants = new Intl.DateTimeFormat(TAGS[locale.value], { hourCycle: 'h23', ...parts });
    kept.set(id, instants);
  }
  return (at) => (instants as Intl.DateTimeFormat).format(at);
}

/** `10:42`, where the reader is. */
export const writeTime = (at: number): string => written({ hour: '2-digit', minute: '2-digit' })(at);

/** `10:42:07`, where the reader is. */
export const writeSeconds = (at: number): string =>
  written({ hour: '2-digit', minute: '2-digit', second: '2-digit' })(at);

/** `mar. 3 juin 10:42`, where the reader is. */
export const writeDate = (at: number): string =>
  `${written({ weekday: 'short', day: 'numeric', month: 'short' })(at)} ${writeTime(at)}`;

/** A day of the week, in short. */
export const writeWeekday = (at: number): string => written({ weekday: 'short' })(at);

/** `12 min`: how long it has lasted, without its smaller unit. Under a minute: `à l’instant`. */
function writeAge(at: number, now: number): string {
  const seconds = Math.max(0, (now - at) / 1000);
  if (seconds < 60) return ui.value.justNow;
  const unitS = seconds < 3600 ? 60 : seconds < 86_400 ? 3600 : 86_400;
  return format.value.duration(Math.floor(seconds / unitS) * unitS);
}

/** When something happened: `12 min` under an hour, then `10:42`, then the day with it. */
export function writeSince(at: number, now: number): string {
  if (now - at < HOUR_MS) return writeAge(at, now);
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return writeTime(at);
  if (at >= midnight - DAY_MS) return `${ui.value.yesterday} ${writeTime(at)}`;
  if (at >= midnight - 6 * DAY_MS) return `${writeWeekday(at)} ${writeTime(at)}`;
  return written({ day: 'numeric', month: 'short' })(at);
}

/** The same in running text: `depuis 12 min`, `since 10:42`. */
export function writeSinceLong(at: number, now: number): string {
  const since = writeSince(at, now);
  if (now - at < 60_000) return since;
  return now - at < HOUR_MS ? ui.value.forDuration(since) : ui.value.sinceTime(since);
}

/** The other way to say it, for those who point at it: the full date where the age is shown, and the reverse. */
export const writeOther = (at: number, now: number): string =>
  now - at < HOUR_MS ? writeDate(at) : `${ui.value.ago(format.value.duration((now - at) / 1000))} (${writeDate(at)})`;

/** `12 févr. 2027`: a day that may be far off, where the reader is. */
export const writeDay = (at: number): string => written({ day: 'numeric', month: 'short', year: 'numeric' })(at);

/** `ven. 20`: a day of these weeks. */
export const writeDayOfMonth = (at: number): string => written({ weekday: 'short', day: 'numeric' })(at);
