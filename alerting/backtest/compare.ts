import type { ReplayedIncident } from '../../protocol/backtest.ts';

export interface Difference {
  gained: ReplayedIncident[];
  lost: ReplayedIncident[];
  changed: { before: ReplayedIncident; after: ReplayedIncident }[];
}

/** Something that was open for a time on a target. */
interface Spell {
  target: string;
  openedAt: number;
  resolvedAt?: number;
}

/** An incident that was closed as another was about to open is the same trouble. */
const NEAR_MS = 5 * 60_000;

/** What other rules make of the same past of a store. Incidents are one where they have the same target at the same time. */
export function compareIncidents(before: readonly ReplayedIncident[], after: readonly ReplayedIncident[]): Difference {
  const pairs = pairUp(before, after, 0);
  const matched = new Set(pairs.map(([, one]) => one));
  const known = new Set(pairs.map(([one]) => one));
  return {
    gained: after.filter((one) => !matched.has(one)),
    lost: before.filter((one) => !known.has(one)),
    changed: pairs.flatMap(([was, is]) => (isSame(was, is) ? [] : [{ before: was, after: is }])),
  };
}

/** How many of the incidents that were really opened a replay finds, within five minutes. */
export const countFound = (opened: readonly Spell[], replayed: readonly Spell[]): number =>
  pairUp(opened, replayed, NEAR_MS).length;

/** Each with at most one other: the first that overlaps, in order of opening. */
function pairUp<A extends Spell, B extends Spell>(some: readonly A[], others: readonly B[], slackMs: number): [A, B][] {
  const byTarget = Map.groupBy(inOrder(others), ({ target }) => target);
  return inOrder(some).flatMap((one): [A, B][] => {
    const list = byTarget.get(one.target) ?? [];
    const at = list.findIndex((other) => overlaps(one, other, slackMs));
    return at < 0 ? [] : [[one, list.splice(at, 1)[0] as B]];
  });
}

const inOrder = <S extends Spell>(spells: readonly S[]): S[] => spells.toSorted((a, b) => a.openedAt - b.openedAt);

const overlaps = (a: Spell, b: Spell, slackMs: number): boolean =>
  a.openedAt <= (b.resolvedAt ?? Number.POSITIVE_INFINITY) + slackMs &&
  b.openedAt <= (a.resolvedAt ?? Number.POSITIVE_INFINITY) + slackMs;

const isSame = (a: ReplayedIncident, b: ReplayedIncident): boolean =>
  a.priority === b.priority && a.kind === b.kind && a.rule === b.rule && a.reason.code === b.reason.code;
