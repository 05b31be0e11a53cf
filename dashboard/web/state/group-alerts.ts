import type { StoreKey } from '../../../protocol/names.ts';
import type { AlertView, IncidentView } from '../../../protocol/views.ts';

/** What fires on the store itself, for groups of its devices: no device tells of it, its incidents do. */
export const groupAlerts = (incidents: Iterable<IncidentView>, store: StoreKey): AlertView[] =>
  [...incidents]
    .filter((incident) => incident.store === store)
    .flatMap(({ alerts }) => alerts)
    .filter(({ device, state }) => device === store && state === 'firing');
