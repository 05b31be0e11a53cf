import { Compile } from 'typebox/compile';
import { HOLIDAY_LISTS } from '../../protocol/holidays.ts';
import { Device, HolidayDays, OpeningHours } from '../../protocol/inventory.ts';
import type { FaultWords } from './fault-words.ts';
import type { Finding, Place } from './findings.ts';
import { daysFindings, hoursFindings, isDate } from './hours-findings.ts';

const isDevice = Compile(Device);
const isHours = Compile(OpeningHours);
const isDays = Compile(HolidayDays);

type Part = Record<string, unknown>;

/**
 * Where an inventory contradicts itself, though each part may be well formed. Parts that are not well formed are passed
 * over, so that both kinds of fault can be told at once.
 */
export function contradictions(inventory: unknown, words: FaultWords): Finding[] {
  const zones = new Map<string, boolean>();
  const findings: Finding[] = [];
  const chains = partsOf(inventory, 'chains', []);
  findings.push(...twice(chains, words.chainTwice));
  for (const chain of chains) {
    const lists = new Set<string>([...HOLIDAY_LISTS, ...namesOf(chain.part.holidays)]);
    findings.push(...listFindings(chain, lists, words));
    const stores = partsOf(chain.part, 'stores', chain.at);
    findings.push(...twice(stores, words.storeTwice));
    for (const { part, at } of stores) {
      const { timeZone, hours } = part;
      if (typeof timeZone === 'string' && timeZone !== '' && !isTimeZone(timeZone, zones)) {
        findings.push({ at: [...at, 'timeZone'], message: words.timeZone(timeZone) });
      }
      if (isHours.Check(hours)) {
        for (const one of [...hoursFindings(hours, words), ...unknownLists(hours.holidays, lists, words)])
          findings.push({ ...one, at: [...at, 'hours', ...one.at] });
      }
      findings.push(...deviceFindings(partsOf(part, 'devices', at), words));
    }
  }
  return findings;
}

/** Holiday lists that contradict themselves, and names of those that are not there. */
function listFindings(
  { part, at }: { part: Part; at: Place },
  lists: ReadonlySet<string>,
  words: FaultWords,
): Finding[] {
  const findings: Finding[] = [];
  for (const name of namesOf(part.holidays)) {
    const days = (part.holidays as Part)[name];
    if (!isDays.Check(days)) continue;
    for (const one of daysFindings(days, words)) findings.push({ ...one, at: [...at, 'holidays', name, ...one.at] });
  }
  const observed = Array.isArray(part.observes) ? part.observes : [];
  for (const one of unknownLists(observed, lists, words))
    findings.push({ ...one, at: [...at, 'observes', one.at[1] ?? 0] });
  return findings;
}

function unknownLists(names: readonly unknown[] = [], lists: ReadonlySet<string>, words: FaultWords): Finding[] {
  return names.flatMap((name, i) =>
    typeof name !== 'string' || lists.has(name)
      ? []
      : [{ at: ['holidays', i], message: words.listUnknown(name, [...lists].join(', ')) }],
  );
}

const namesOf = (value: unknown): string[] => (isPart(value) ? Object.keys(value) : []);

function deviceFindings(parts: readonly { part: Part; at: Place }[], words: FaultWords): Finding[] {
  const findings = twice(parts, words.deviceTwice);
  const gateways = new Map(parts.map(({ part }) => [part.name, part.gateway]));
  const lanes = new Map<number, string>();
  for (const { part, at } of parts) {
    if (!isDevice.Check(part)) continue;
    const { name, gateway, lane, asset } = part;
    for (const key of ['warrantyUntil', 'boughtOn'] as const) {
      const date = asset?.[key];
      if (date !== undefined && !isDate(date)) {
        findings.push({ at: [...at, 'asset', key], message: words.noSuchDate(date) });
      }
    }
    if (lane !== undefined) {
      const other = lanes.get(lane);
      if (other === undefined) lanes.set(lane, name);
      else findings.push({ at: [...at, 'lane'], message: words.laneTwice(lane, other) });
    }
    if (gateway === undefined) continue;
    const message = gatewayFault(name, gateway, gateways, words);
    if (message !== undefined) findings.push({ at: [...at, 'gateway'], message });
  }
  return findings;
}

function gatewayFault(
  name: string,
  gateway: string,
  gateways: ReadonlyMap<unknown, unknown>,
  words: FaultWords,
): string | undefined {
  if (gateway === name) return words.gatewaySelf;
  if (!gateways.has(gateway)) return words.gatewayUnknown(gateway);
  const watcher = gateways.get(gateway);
  return watcher === undefined ? undefined : words.gatewayWatched(gateway, String(watcher));
}

function twice(parts: readonly { part: Part; at: Place }[], say: (name: string) => string): Finding[] {
  const seen = new Set<string>();
  return parts.flatMap(({ part: { name }, at }) => {
    if (typeof name !== 'string' || name === '') return [];
    if (seen.has(name)) return [{ at: [...at, 'name'], message: say(name) }];
    seen.add(name);
    return [];
  });
}

/** The objects in the list `key` of `owner`, with their places. */
function partsOf(owner: unknown, key: string, at: Place): { part: Part; at: Place }[] {
  const list = isPart(owner) ? owner[key] : undefined;
  if (!Array.isArray(list)) return [];
  return list.flatMap((part, i) => (isPart(part) ? [{ part, at: [...at, key, i] }] : []));
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** Offsets such as `+02:00` pass for a zone with Intl, but know no summer time. */
function isTimeZone(name: string, known: Map<string, boolean>): boolean {
  let is = known.get(name);
  if (is === undefined) {
    is = /^[A-Za-z]/.test(name) && intlKnows(name);
    known.set(name, is);
  }
  return is;
}

function intlKnows(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
