import { computed } from '@preact/signals';
import type { MajorView } from '../../../protocol/majors.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';
import { chainOf } from '../keys.ts';
import { chosenChain } from './filter.ts';
import { incidents, majorViews } from './wall.ts';

const inChain = computed(() =>
  [...incidents.value.values()].filter(
    (incident) => chosenChain.value === '' || chainOf(incident.store) === chosenChain.value,
  ),
);

/** Most urgent first, and of those the newest: what just happened is at the top of its kind. */
export const openIncidents = computed<readonly IncidentView[]>(() =>
  inChain.value
    .filter((incident) => !isOver(incident.state))
    .sort((a, b) => a.priority - b.priority || b.since - a.since || b.number - a.number),
);

/** Newest resolution first. */
export const resolvedIncidents = computed<readonly IncidentView[]>(() =>
  inChain.value.filter((incident) => isOver(incident.state)).sort((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0)),
);

/** The open major incidents of the chosen chain, the most urgent first, then the widest. */
export const majors = computed<readonly MajorView[]>(() =>
  [...majorViews.value.values()]
    .filter(({ state, chain }) => state !== 'resolved' && (chosenChain.value === '' || chain === chosenChain.value))
    .sort((a, b) => a.priority - b.priority || b.storesOpen - a.storesOpen || a.number - b.number),
);

/** What no open major incident tells already. */
export const apart = computed<readonly IncidentView[]>(() => {
  const told = new Set(majors.value.map(({ key }) => key));
  return openIncidents.value.filter(({ parent }) => parent === undefined || !told.has(parent.key));
});
