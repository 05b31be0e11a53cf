import type { DeviceEvent } from '../../../protocol/events.ts';
import type { Say } from '../../words.ts';
import type { SnmpProfile, TrapRule } from '../profile.ts';
import { textOf } from '../value.ts';
import { shortName } from './short-names.ts';
import { isOf, type Trap } from './trap.ts';

/** What may tell the meaning of a trap: the profiles a device is read with, before all there are. */
export interface Meanings {
  own: readonly SnmpProfile[];
  all: readonly SnmpProfile[];
}

export interface Interpreted {
  event: DeviceEvent;
  /** The check that goes up with it. */
  raises?: { check: string; status: 'warning' | 'critical' };
  /** The checks it takes back. */
  clears: readonly string[];
}

interface Rule extends TrapRule {
  name: string;
}

const TEXT_MAX = 512;
const VALUES_MAX = 32;
const KEY_MAX = 100;
const CHECK_MAX = 128;
const RANK = 10;
const PLACE = /\{([^{}]+)\}/g;
const ENTERPRISES = '1.3.6.1.4.1';
// biome-ignore lint/suspicious/noControlCharactersInRegex: no person reads them
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** @param at When it came, milliseconds since 1970. */
export function interpret(trap: Trap, meanings: Meanings, say: Say, at: number): Interpreted {
  const rule = ruleOf(trap, meanings);
  const { source, oid: code } = trap;
  const values = valuesOf(trap);
  const base = { at, source, code, ...(Object.keys(values).length > 0 && { values }) };
  if (rule === undefined) {
    return { event: { ...base, severity: 'info', text: shortened(unknownText(trap, meanings.all, say)) }, clears: [] };
  }
  const key = rule.key === undefined ? '' : fill(rule.key, trap).slice(0, KEY_MAX);
  const text = shortened(fill(say(rule.title), trap) || rule.name);
  const { severity } = rule;
  const event: DeviceEvent = { ...base, severity, ...(key !== '' && { key }), text };
  if (severity === 'clears') return { event, clears: cleared(rule, meanings).map((name) => checkOf(name, key)) };
  if (severity === 'info') return { event, clears: [] };
  return { event, raises: { check: checkOf(rule.name, key), status: severity }, clears: [] };
}

/** `trap:<what it is called>[:key]` */
const checkOf = (name: string, key: string): string => `trap:${name}${key === '' ? '' : `:${key}`}`.slice(0, CHECK_MAX);

/** The names of what the rule takes back: a MIB may have one trap under several conditions. */
function cleared({ clears }: Rule, meanings: Meanings): string[] {
  if (clears === undefined) return [];
  return [...new Set(rulesOf(clears, meanings).map(({ name }) => name))];
}

const ruleOf = (trap: Trap, meanings: Meanings): Rule | undefined =>
  rulesOf(trap.oid, meanings).find(({ where }) => where === undefined || fits(where, trap));

/** Of the highest profile that knows the trap. */
function rulesOf(oid: string, { own, all }: Meanings): Rule[] {
  const spellings = [oid, otherSpelling(oid)];
  for (const profiles of [own, all]) {
    for (const spelling of spellings) {
      const [found] = profiles
        .map((profile) => ({ profile, rules: profile.traps?.filter((rule) => rule.oid === spelling) ?? [] }))
        .filter(({ rules }) => rules.length > 0)
        .sort((a, b) => (b.profile.rank ?? RANK) - (a.profile.rank ?? RANK));
      if (found) return found.rules.map((rule) => ({ ...rule, name: rule.name ?? nameOf(found.profile, rule) }));
    }
  }
  return [];
}

/** RFC 3584 puts a 0 before the number of a version 1 trap; some MIBs of version 2 have none there. */
function otherSpelling(oid: string): string {
  const arcs = oid.split('.');
  const last = arcs.pop();
  if (arcs.at(-1) === '0') arcs.pop();
  else arcs.push('0');
  return [...arcs, last].join('.');
}

const nameOf = ({ name }: SnmpProfile, { oid }: TrapRule): string => `${name}-${oid.split('.').at(-1)}`;

function fits({ oid, is }: { oid: string; is: string }, trap: Trap): boolean {
  const text = textAt(oid, trap);
  return text !== undefined && new RegExp(`^(?:${is})$`, 'i').test(text);
}

/** A template over the trap's variables. What was not sent leaves no brackets or colon behind. */
function fill(template: string, trap: Trap): string {
  return template
    .replace(PLACE, (_, place: string) => {
      for (const oid of place.split('|')) {
        const text = textAt(oid, trap);
        if (text) return text;
      }
      return '';
    })
    .replace(/\(\s*\)/g, '')
    .replace(/\s+/g, (spaces) => (spaces.includes('\u202f') ? '\u202f' : ' '))
    .trim()
    .replace(/[\s:,]+$/, '');
}

function textAt(oid: string, { variables }: Trap): string | undefined {
  const value = variables.find((variable) => isOf(variable.oid, oid))?.value;
  return value && printable(textOf(value));
}

const printable = (text: string): string => text.replace(UNPRINTABLE, ' ').trim();

function valuesOf({ variables }: Trap): Record<string, string> {
  const told = variables.slice(0, VALUES_MAX).filter(({ oid }) => oid.length <= 256);
  return Object.fromEntries(told.map(({ oid, value }) => [oid, value ? shortened(printable(textOf(value))) : '']));
}

/** What can be read of one nobody knows: whose it is, its number, its values. */
function unknownText(trap: Trap, profiles: readonly SnmpProfile[], say: Say): string {
  const maker = makerOf(trap.oid, profiles);
  const said = Object.entries(valuesOf(trap)).map(([oid, value]) => `${shortName(oid)} = ${value}`);
  const from = maker === undefined ? '' : say({ fr: ` de ${maker}`, en: ` of ${maker}` });
  const name = say({
    fr: `Notification inconnue${from} (${trap.oid})`,
    en: `Unknown notification${from} (${trap.oid})`,
  });
  return said.length === 0 ? name : `${name}${say({ fr: '\u202f: ', en: ': ' })}${said.join(', ')}`;
}

/** The title of the profile whose devices are nearest: those below which the trap stands, or else of the same maker. */
function makerOf(oid: string, profiles: readonly SnmpProfile[]): string | undefined {
  if (!isOf(oid, ENTERPRISES)) return undefined;
  const maker = oid.split('.').slice(0, 7).join('.');
  const candidates = profiles
    .flatMap(({ title, match }) =>
      match === 'any' ? [] : match.flatMap(({ sysObjectID = [] }) => [sysObjectID].flat().map((at) => ({ title, at }))),
    )
    .filter(({ at }) => isOf(at, maker))
    .map(({ title, at }) => ({ title, distance: isOf(oid, at) ? -at.length : at.length }));
  return candidates.sort((a, b) => a.distance - b.distance)[0]?.title;
}

const shortened = (text: string): string => (text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1)}…`);
