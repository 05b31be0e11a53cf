import type { StoreKey } from '../protocol/names.ts';
import type { Incident, TimelineEntry } from '../protocol/views.ts';
import type { Effect } from './engine/types.ts';
import type { TicketAction } from './ports.ts';

/** All the effects of one group of events, each thing once. */
export interface EffectGroup {
  saves: Set<StoreKey>;
  shows: Set<StoreKey>;
  /** By the incident's key: as it is at the end, with everything that befell it on the way. */
  incidents: Map<string, IncidentChange>;
}

export interface IncidentChange {
  incident: Incident;
  entries: TimelineEntry[];
  /** What its ticket needs, with the incident as it was then. */
  asked: { action: TicketAction; incident: Incident }[];
}

export const emptyGroup = (): EffectGroup => ({ saves: new Set(), shows: new Set(), incidents: new Map() });

/** Adds effects to a group, in order. */
export function gatherEffects(group: EffectGroup, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'save') group.saves.add(effect.store);
    else if (effect.kind === 'show') group.shows.add(effect.store);
    else gatherIncident(group, effect);
  }
}

function gatherIncident(group: EffectGroup, { incident, entries, desk }: Extract<Effect, { kind: 'incident' }>): void {
  const change = group.incidents.get(incident.key) ?? { incident, entries: [], asked: [] };
  change.incident = incident;
  change.entries.push(...entries);
  if (desk) change.asked.push({ action: desk, incident });
  group.incidents.set(incident.key, change);
}
