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

/** What a ticket needs, with the incident as it was then. */
export interface AskedOfDesks {
  action: TicketAction;
  incident: Incident;
  /** The desk that knows it already: it comes from there. */
  origin?: string;
  /** The one desk that it is for; absent: all of them. */
  only?: string;
}

export interface IncidentChange {
  incident: Incident;
  entries: TimelineEntry[];
  asked: AskedOfDesks[];
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

function gatherIncident(group: EffectGroup, effect: Extract<Effect, { kind: 'incident' }>): void {
  const { incident, entries } = effect;
  const change = group.incidents.get(incident.key) ?? { incident, entries: [], asked: [] };
  change.incident = incident;
  change.entries.push(...entries);
  change.asked.push(...askedBy(effect));
  group.incidents.set(incident.key, change);
}

/** What ends a ticket comes after all there was to say, and what opens it before. */
function askedBy({
  incident,
  desk,
  comments = 0,
  origin,
  reopens = [],
}: Extract<Effect, { kind: 'incident' }>): AskedOfDesks[] {
  const from = origin === undefined ? {} : { origin };
  const all = incident.comments ?? [];
  const told: AskedOfDesks[] = [];
  for (let said = Math.max(1, all.length - comments + 1); said <= all.length && comments > 0; said++) {
    told.push({ action: 'comment', incident: { ...incident, comments: all.slice(0, said) }, ...from });
  }
  if (desk !== 'resolve') {
    for (const only of reopens) told.push({ action: 'reopen', incident, only });
  }
  const action: AskedOfDesks[] = desk === undefined ? [] : [{ action: desk, incident, ...from }];
  return desk === 'resolve' ? [...told, ...action] : [...action, ...told];
}
