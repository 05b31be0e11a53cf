import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Check } from 'typebox/schema';
import { compareVersions, UPDATE_FAULTS, type UpdateFault, VERSION_PATTERN } from '../../protocol/releases.ts';

/** Starts a new version has to show that its reports arrive. */
const MOST_STARTS = 3;
/** Refusals that are remembered. */
const MOST_REFUSALS = 8;

const Version = Type.String({ pattern: VERSION_PATTERN });
const Trial = Type.Object({
  version: Version,
  attempt: Type.Integer({ minimum: 1 }),
  starts: Type.Integer({ minimum: 0 }),
});

/** What the launcher remembers between two starts: `state.json` beside the versions. */
const LaunchState = Type.Object({
  /** An update whose reports arrived. */
  confirmed: Type.Optional(Type.Object({ version: Version, packaged: Version })),
  /** An update that has yet to show it. */
  trial: Type.Optional(Trial),
  /** Newest last. */
  refused: Type.Array(
    Type.Object({ version: Version, attempt: Type.Integer({ minimum: 1 }), reason: Type.Enum([...UPDATE_FAULTS]) }),
  ),
});
export type LaunchState = Static<typeof LaunchState>;

/** Which version is to run, and what is remembered of it before it starts. */
export interface Choice {
  /** Undefined: the one that was installed with the package. */
  version: string | undefined;
  state: LaunchState;
}

/**
 * The version under trial, as long as it has starts left; else the confirmed one, unless a newer package was installed
 * over it; else the package's own.
 */
export function chooseVersion(state: LaunchState, packaged: string): Choice {
  const { trial, confirmed } = state;
  if (trial && trial.starts >= MOST_STARTS) return chooseVersion(refuseTrial(state, 'starts'), packaged);
  if (trial) return { version: trial.version, state: { ...state, trial: { ...trial, starts: trial.starts + 1 } } };
  if (!confirmed) return { version: undefined, state };
  const isOverThisPackage = confirmed.packaged === packaged;
  if (isOverThisPackage || compareVersions(confirmed.version, packaged) > 0)
    return { version: confirmed.version, state };
  const { confirmed: _old, ...rest } = state;
  return { version: undefined, state: rest };
}

/** The version under trial is not kept. */
export function refuseTrial({ trial, ...state }: LaunchState, reason: UpdateFault): LaunchState {
  return trial ? refuse(state, trial, reason) : state;
}

/** A version is not to be tried, or not again for this attempt. */
export function refuse(
  state: LaunchState,
  { version, attempt }: { version: string; attempt: number },
  reason: UpdateFault,
): LaunchState {
  return { ...state, refused: [...state.refused, { version, attempt, reason }].slice(-MOST_REFUSALS) };
}

/** Nothing is kept of a confirmed version whose file is not what was signed. */
export function forgetVersion({ confirmed, ...state }: LaunchState, version: string): LaunchState {
  if (state.trial?.version === version) return refuseTrial({ ...state, ...(confirmed && { confirmed }) }, 'file');
  return { ...state, ...(confirmed && confirmed.version !== version && { confirmed }) };
}

/** Reports of the version under trial arrive: it stays. */
export function confirmTrial({ trial, ...state }: LaunchState, packaged: string): LaunchState {
  return trial ? { ...state, confirmed: { version: trial.version, packaged } } : state;
}

/** A state that cannot be read is none: the package's own version then runs. */
export function readLaunchState(folder: string): LaunchState {
  try {
    const state: unknown = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'));
    if (Check(LaunchState, state)) return state;
  } catch {
    // As good as none.
  }
  return { refused: [] };
}

/** Whole or not at all, also when the power goes. */
export function writeLaunchState(folder: string, state: LaunchState): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'state.json');
  writeFileSync(`${path}.new`, JSON.stringify(state), { flush: true });
  renameSync(`${path}.new`, path);
}
