import { computed } from '@preact/signals';
import type { IncidentView } from '../../../protocol/views.ts';
import { chainOf } from '../keys.ts';
import { chosenChain } from './filter.ts';
import { findMajors } from './major.ts';
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

/** The major incidents of the chosen chain, the widest first. */
export const majors = computed(() => findMajors(openIncidents.value));
