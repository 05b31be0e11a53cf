import type { Store } from '../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../protocol/names.ts';
import type { Incident, IncidentView } from '../protocol/views.ts';

/** A store as the inventory has it. */
export interface KnownStore {
  definition: Store;
  simulated: boolean;
}

/**
 * An incident with its number, the names people know its store and its cause by, and its ticket. A store or a device
 * that has left the inventory keeps the name it had in `before`, the incident as it was last seen.
 */
export function viewIncident(
  incident: Incident,
  number: number,
  known: KnownStore | undefined,
  before: IncidentView | undefined,
): IncidentView {
  const { kind, target } = incident.cause;
  const storeTitle = known?.definition.title ?? before?.storeTitle ?? lastName(incident.store);
  const titleBefore = before?.cause.target === target ? before.causeTitle : undefined;
  const simulated = known?.simulated ?? before?.simulated ?? false;
  return {
    ...incident,
    number,
    storeTitle,
    causeTitle:
      kind === 'store' ? storeTitle : (deviceTitle(known, lastName(target)) ?? titleBefore ?? lastName(target)),
    region: known?.definition.region ?? before?.region ?? '',
    ...(simulated && { simulated }),
    ...(before?.ticket !== undefined && { ticket: before.ticket }),
    ticketState: before?.ticketState ?? 'none',
  };
}

function deviceTitle(known: KnownStore | undefined, name: string): string | undefined {
  const device = known?.definition.devices.find((candidate) => candidate.name === name);
  return device && (device.title ?? device.name);
}

const lastName = (key: DeviceKey | StoreKey): string => key.slice(key.lastIndexOf('/') + 1);
