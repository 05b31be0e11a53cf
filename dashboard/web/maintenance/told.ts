import type { Locale } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow, WindowScope } from '../../../protocol/maintenance.ts';
import type { MaintenanceWords } from '../words/maintenance.ts';
import { sayRule } from './repetition.ts';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };

/** What places and kinds are called. */
export interface Names {
  place: (place: string) => string;
  kind: (kind: string) => string;
}

/** Places shown by name; how many there are beyond is said. */
const MOST = 4;

/** What a window is about, each part on its own: all of them must fit. */
export function tellScope(scope: WindowScope, names: Names, words: MaintenanceWords, locale: Locale): string[] {
  const join = (all: readonly string[]): string => {
    const shown = all.length > MOST + 1 ? [...all.slice(0, MOST), `+ ${all.length - MOST}`] : [...all];
    return shown.join(', ');
  };
  const kinds = new Intl.ListFormat(TAGS[locale], { type: 'disjunction' });
  const parts = [
    ...(scope.places ? [join(scope.places.map(names.place))] : []),
    ...(scope.regions ? [join(scope.regions.map(words.regionNamed))] : []),
    ...(scope.kinds ? [kinds.format(scope.kinds.map(names.kind))] : []),
    ...Object.entries(scope.attributes ?? {}).map(([name, values]) => `${name} = ${join(values)}`),
  ];
  return parts.length > 0 ? parts : [words.everything];
}

/** From one moment to another; the day is said once when it is the same, the year when it is not this one. */
export function tellSpan(from: number, to: number, timeZone: string | undefined, now: number, locale: Locale): string {
  const year = (at: number) => new Date(at).getUTCFullYear();
  const format = new Intl.DateTimeFormat(TAGS[locale], {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...((year(from) !== year(now) || year(to) !== year(now)) && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return format.formatRange(from, to);
}

const wall = (text: string): number => Date.parse(`${text}Z`);

/** When a window takes place, by the clock on the wall, and by whose. */
export function tellWhen(
  { start, end, repeat, except = [], timeZone }: MaintenanceWindow,
  now: number,
  words: MaintenanceWords,
  locale: Locale,
): { time: string; zone: string } {
  const zone = timeZone === undefined ? words.storeTime : words.zoneTime(timeZone);
  if (repeat === undefined) return { time: tellSpan(wall(start), wall(end), 'UTC', now, locale), zone };
  const often = sayRule(repeat, words, locale);
  const without = except.length > 0 ? [words.lessExcept(except.length)] : [];
  return { time: [often, words.fromTo(start.slice(11), end.slice(11)), ...without].join(', '), zone };
}

/** Where the API found a fault, as the part of the form it belongs to: `body.scope.places.0` is `scope`. */
export const fieldOf = (path: string): string => path.replace(/^body\.?/, '').split(/[.[:]/)[0] ?? '';
