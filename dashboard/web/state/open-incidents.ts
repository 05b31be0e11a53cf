import { computed } from '@preact/signals';
import type { IncidentView } from '../../../protocol/views.ts';
import { chainOf } from '../keys.ts';
import { chosenChain } from './filter.ts';
import { incidents } from './wall.ts';

const inChain = computed(() =>
  [...incidents.value.values()].filter(
    (incident) => chosenChain.value === '' || chainOf(incident.store) === chosenChain.value,
  ),
);

/** Most urgent first, and of those the newest: what just happened is at the top of its kind. */
export const openIncidents = computed<readonly IncidentView[]>(() =>
  inChain.value
    .filter((incident) => incident.state !== 'resolved')
    .sort((a, b) => a.priority - b.priority || b.since - a.since || b.number - a.number),
);

/** Newest resolution first. */
export const resolvedIncidents = computed<readonly IncidentView[]>(() =>
  inChain.value
    .filter((incident) => incident.state === 'resolved')
    .sort((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0)),
);

/** Major incidents that share a region and a kind of cause, told as one. */
export interface Major {
  incidents: readonly IncidentView[];
  /** Incidents that are major too, but for another cause. */
  others: number;
}

/** The widest major trouble there is; undefined when there is none. */
export const major = computed<Major | undefined>(() => {
  const urgent = openIncidents.value.filter((incident) => incident.priority === 1);
  const groups = Map.groupBy(
    urgent,
    ({ region, fold, cause }) => `${region}\n${fold.code === 'fold.alone' ? cause.reason.code : fold.code}`,
  );
  let widest: IncidentView[] = [];
  for (const group of groups.values()) if (group.length > widest.length) widest = group;
  return widest.length === 0 ? undefined : { incidents: widest, others: urgent.length - widest.length };
});
