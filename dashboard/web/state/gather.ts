import type { IncidentView } from '../../../protocol/views.ts';

/** An incident, and how many of its store stand behind it. */
export interface Gathered {
  incident: IncidentView;
  others: number;
}

/** A store with more incidents than this would push all the others off the screen. */
const APART_AT_MOST = 2;

/**
 * The same incidents, in order, with those of a store that has more than two told by the first of them: the one about the
 * whole store if there is one.
 */
export function gatherByStore(sorted: readonly IncidentView[]): Gathered[] {
  const byStore = Map.groupBy(sorted, ({ store }) => store);
  const told = new Set<string>();
  return sorted.flatMap((incident) => {
    const all = byStore.get(incident.store) ?? [];
    if (all.length <= APART_AT_MOST) return [{ incident, others: 0 }];
    if (told.has(incident.store)) return [];
    told.add(incident.store);
    const whole = all.find(({ cause, priority }) => cause.kind === 'store' && priority === incident.priority);
    return [{ incident: whole ?? incident, others: all.length - 1 }];
  });
}
