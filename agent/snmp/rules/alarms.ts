import type { TrapRule } from '../profile.ts';

/** A trap's number below its parent, what its MIB calls it, and what it says; and the trap that takes it back. */
type Alarm = readonly [
  number: number,
  name: string,
  severity: 'warning' | 'critical',
  fr: string,
  en: string,
  over?: number,
];

/** What traps below one OID raise, and what takes it back, for the same `key`. */
export const alarms = (traps: string, list: readonly Alarm[], key?: string): TrapRule[] =>
  list.flatMap(([number, name, severity, fr, en, over]) => {
    const common = key === undefined ? {} : { key };
    const raised: TrapRule = { oid: `${traps}.${number}`, name, severity, title: { fr, en }, ...common };
    if (over === undefined) return [raised];
    const title = { fr: `Fin d’alerte\u202f: ${fr}`, en: `Over: ${en}` };
    return [raised, { oid: `${traps}.${over}`, severity: 'clears', clears: raised.oid, title, ...common }];
  });

interface Change {
  /** The variable that tells the new state, and regular expressions over it: what is bad, what is well again. */
  state: string;
  bad: string;
  over: string;
  fr: string;
  en: string;
  key: string;
}

/** One trap for all changes of a part: it raises or takes back what it raised, by the state it tells. */
export function changes(oid: string, name: string, { state, bad, over, fr, en, key }: Change): TrapRule[] {
  const gone = { fr: `Fin d’alerte\u202f: ${fr}`, en: `Over: ${en}` };
  return [
    { oid, name, where: { oid: state, is: bad }, severity: 'critical', title: { fr, en }, key },
    { oid, name, where: { oid: state, is: over }, severity: 'clears', clears: oid, title: gone, key },
  ];
}
