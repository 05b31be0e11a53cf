import type { Aggregate } from '../../protocol/aggregates.ts';
import type { Window } from '../engine/window.ts';
import { toSeconds } from './rule-pack-schema.ts';
import type { RuleFault } from './schema-faults.ts';

/** What a threshold writes of its window. */
export interface WrittenWindow {
  window?: string;
  aggregate?: Aggregate;
  coverage?: number;
}

const SHORTEST_S = 10;
const LONGEST_S = 24 * 3600;
const DEFAULT_COVERAGE = 80;

const PER_SECOND: Readonly<Record<string, string>> = { bytes: 'bytes/s', count: 'per-second' };

/** A window and its aggregate belong together. */
export function faultsOfWindow({ window, aggregate, coverage }: WrittenWindow, path: string): RuleFault[] {
  if (window === undefined) {
    return [
      ...(aggregate !== undefined && aggregate !== 'last'
        ? [{ path: `${path}/window`, message: `must be given: ${aggregate} is of some time` }]
        : []),
      ...(coverage !== undefined ? [{ path: `${path}/coverage`, message: 'is only for a window' }] : []),
    ];
  }
  const seconds = toSeconds(window);
  return [
    ...(aggregate === undefined ? [{ path: `${path}/aggregate`, message: 'must be given with a window' }] : []),
    ...(seconds < SHORTEST_S || seconds > LONGEST_S
      ? [{ path: `${path}/window`, message: `must be from 10 s to 24 h; it is ${window}` }]
      : []),
  ];
}

export function windowOf({ window, aggregate, coverage = DEFAULT_COVERAGE }: WrittenWindow): { window?: Window } {
  if (window === undefined || aggregate === undefined) return {};
  return { window: { aggregate, seconds: toSeconds(window), coverage: coverage / 100 } };
}

/** The unit of what is judged, where that is not the reading itself. */
export function unitOver(aggregate: Aggregate | undefined, unit: string): string {
  if (aggregate === 'count') return 'count';
  return aggregate === 'rate' ? (PER_SECOND[unit] ?? `${unit}/s`) : unit;
}
