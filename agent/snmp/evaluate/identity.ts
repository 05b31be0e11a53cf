import type { Identity, SnmpProfile, TextRule } from '../profile.ts';
import type { DeviceFamily, DeviceReading } from '../reading.ts';
import { hexOf, type SnmpValue, textOf } from '../value.ts';
import { addressOf } from './address.ts';
import { isMatch, isThere } from './match.ts';
import { pattern } from './pattern.ts';
import type { Snapshot } from './snapshot.ts';
import { fillWhole, oidsIn } from './template.ts';

/** What a profile tells of what the device is. */
export function readIdentity(rules: Identity, snapshot: Snapshot): DeviceReading['identity'] {
  const kind = kindOf(rules.kind, snapshot);
  const told = {
    kind,
    vendor: rules.vendor,
    model: firstText(rules.model, snapshot),
    version: firstText(rules.version, snapshot),
    serial: firstText(rules.serial, snapshot),
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/** What a profile tells in words besides, by path. */
export function readFacts(rules: Exclude<SnmpProfile['facts'], undefined>, snapshot: Snapshot): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([path, texts]) => {
      const text = firstText(texts, snapshot);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

function kindOf(kind: Identity['kind'], snapshot: Snapshot): DeviceFamily | undefined {
  if (kind === undefined || typeof kind === 'string') return kind;
  return kind.find((rule) => isMatch(rule, snapshot))?.kind;
}

function firstText(rules: readonly TextRule[] | undefined, snapshot: Snapshot): string | undefined {
  for (const rule of rules ?? []) {
    const text = typeof rule === 'string' ? templateText(rule, snapshot) : takenText(rule, snapshot);
    if (text) return text;
  }
  return undefined;
}

/** Its first column's rows are tried one by one. */
function templateText(template: string, snapshot: Snapshot): string | undefined {
  const oids = oidsIn(template);
  const first = oids.find((oid) => !oid.endsWith('.0')) ?? oids[0];
  const rows = first === undefined ? [{ index: '' }] : snapshot.rows(first);
  return firstOf(rows, (row) => fillWhole(template, snapshot, row));
}

function takenText(rule: Exclude<TextRule, string>, snapshot: Snapshot): string | undefined {
  const { match, as = '$1', map, where, octets } = rule;
  return firstOf(snapshot.rows(addressOf(rule.from).oid), (row) => {
    if (where && !isThere(where, snapshot, row)) return undefined;
    const text = shown(row.value, octets);
    const taken = match === undefined ? text : take(text, pattern(match), as);
    return (map && taken !== undefined ? map[taken] : taken)?.trim();
  });
}

function shown(value: SnmpValue, octets: 'hex' | 'mac' | undefined): string {
  if (octets === undefined || !(value.value instanceof Uint8Array)) return textOf(value);
  return hexOf(value.value, octets === 'mac' ? ':' : '');
}

function take(text: string, expression: RegExp, as: string): string | undefined {
  const found = expression.exec(text);
  return found ? as.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '') : undefined;
}

/** What a memory reads that nothing was ever burnt into: octets of ones. */
const ERASED = /^\u00ff+$/;

function firstOf<T>(items: readonly T[], read: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const text = read(item);
    if (text && !ERASED.test(text)) return text;
  }
  return undefined;
}
