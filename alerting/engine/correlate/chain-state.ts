import type { StoreKey } from '../../../protocol/names.ts';
import { type Failure, isPlanned } from './failure.ts';
import type { OpenMajor } from './open-major.ts';
import type { Population } from './population.ts';
import type { Trait } from './traits.ts';

/** What is correlated of one chain: stores of two have nobody in common that could be called. */
export interface ChainState {
  readonly name: string;
  readonly population: Population;
  readonly failures: Map<string, Failure>;
  readonly majors: Map<string, OpenMajor>;
  /** Stores of which something else is told since failures were last taken. */
  readonly retold: Set<StoreKey>;
}

export function parentOf({ majors }: ChainState, incident: string): OpenMajor | undefined {
  for (const open of majors.values()) if (open.children.has(incident)) return open;
  return undefined;
}

/** Failures beneath no major incident. */
export const loose = (chain: ChainState): Failure[] =>
  [...chain.failures.values()].filter((failure) => !isPlanned(failure) && !parentOf(chain, failure.view.key));

/** Those of them that a common cause would take in. */
export const belonging = (chain: ChainState, symptom: string, trait: Trait, withinS: number, now: number): Failure[] =>
  loose(chain).filter(
    (failure) => failure.symptom === symptom && failure.traits.has(trait) && isRecent(failure, withinS, now),
  );

export const storesIn = ({ children }: OpenMajor): Set<StoreKey> =>
  new Set(Array.from(children.values(), ({ child }) => child.store));

/** Within so many seconds before `now`. */
export const isRecent = ({ openedAt }: Failure, withinS: number, now: number): boolean =>
  openedAt <= now && openedAt >= now - withinS * 1000;
