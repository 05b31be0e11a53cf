import { CheckEntry } from './check-entry.ts';
import { listFaults } from './config-faults.ts';
import type { CheckLayer } from './load-checks.ts';
import { catalogue } from './profiles/catalogue.ts';
import type { Profile } from './profiles/profile.ts';
import { type Vars, varsIn } from './vars.ts';

/** What one voice says of a device, as written: it may be anything until it is checked. */
export interface Voice {
  /** Who says it, as people are told. */
  from: string;
  /** What faults begin their paths with: `central: `. */
  prefix: string;
  written: Readonly<Record<string, unknown>>;
}

/** Which checks there are to be and the values of their variables, from all voices together. */
export interface Composed {
  profile: string | undefined;
  layers: CheckLayer[];
  vars: Vars;
  /** Who set each variable. */
  varsFrom: Record<string, string>;
  faults: string[];
}

/**
 * Puts the voices one over the other, the last one highest: the profile they ask for goes below them all. Without a
 * profile, and without checks of the device's own, the usual set of a host does.
 */
export async function compose(voices: readonly Voice[], usual: readonly CheckEntry[]): Promise<Composed> {
  const faults: string[] = [];
  const asked = voices.findLast(({ written }) => typeof written.profile === 'string');
  const name = asked?.written.profile as string | undefined;
  const profile = name === undefined ? undefined : await loadProfile(name);
  if (asked && !profile) {
    const known = Object.keys(catalogue).join(', ');
    faults.push(`${asked.prefix}profile: no profile is called ${JSON.stringify(name)}; known are ${known}`);
  }
  const layers: CheckLayer[] = [];
  if (profile) {
    const place = `profile ${name}: checks`;
    layers.push({ from: `profile ${name}`, place, entries: [...profile.checks.entries()], removed: [], isOffer: true });
  } else if (voices[0]?.written.checks === undefined) {
    layers.push({ from: 'default', place: 'default checks', entries: [...usual.entries()], removed: [] });
  }
  for (const { from, prefix, written } of voices) {
    const { checks, removeChecks } = written;
    layers.push({ from, place: `${prefix}checks`, entries: entriesIn(checks), removed: textsIn(removeChecks) });
  }
  const { vars, varsFrom } = composeVars(profile, name, voices);
  return {
    profile: profile && name,
    layers,
    vars,
    varsFrom,
    faults: [...faults, ...useless(voices[0], profile, layers)],
  };
}

async function loadProfile(name: string): Promise<Profile | undefined> {
  return Object.hasOwn(catalogue, name) ? catalogue[name]?.() : undefined;
}

function composeVars(profile: Profile | undefined, name: string | undefined, voices: readonly Voice[]) {
  const vars: Record<string, string | number> = {};
  const varsFrom: Record<string, string> = {};
  for (const [key, { default: standard }] of Object.entries(profile?.vars ?? {})) {
    if (standard === undefined) continue;
    vars[key] = standard;
    varsFrom[key] = `profile ${name}`;
  }
  for (const { from, written } of voices) {
    for (const [key, value] of Object.entries(varsOf(written))) {
      vars[key] = value;
      varsFrom[key] = from;
    }
  }
  return { vars, varsFrom };
}

/** A variable of the device's own file that nothing asks for is a slip of the pen; the centre's are for many devices. */
function useless(own: Voice | undefined, profile: Profile | undefined, layers: readonly CheckLayer[]): string[] {
  if (!own) return [];
  const asked = new Set([...Object.keys(profile?.vars ?? {}), ...layers.flatMap(({ entries }) => varsIn(entries))]);
  const known = asked.size > 0 ? `; asked for are ${[...asked].join(', ')}` : '';
  return Object.keys(varsOf(own.written))
    .filter((name) => !asked.has(name))
    .map((name) => `${own.prefix}vars.${name}: no check asks for it${known}`);
}

const varsOf = ({ vars }: Voice['written']): Record<string, string | number> =>
  typeof vars === 'object' && vars !== null ? (vars as Record<string, string | number>) : {};

/** Entries of the right shape, with their place in the list; the others are told by the schema. */
function entriesIn(checks: unknown): [number, CheckEntry][] {
  if (!Array.isArray(checks)) return [];
  return [...checks.entries()].filter(
    (pair): pair is [number, CheckEntry] => listFaults(CheckEntry, pair[1]).length === 0,
  );
}

const textsIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
