import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Outbox } from '../../alerting/outbox.ts';
import type { Collector } from '../../collector/collector.ts';
import type { Devices } from '../../collector/devices.ts';
import { checkInventory } from '../../collector/inventory/check-inventory.ts';
import type { MetricsStore, StateStore } from '../../collector/ports.ts';
import { type AccessPort, type DashboardPorts, InventoryError, type SelfSource } from '../../dashboard/ports.ts';
import type { Live } from './live.ts';

export interface Rooms {
  state: StateStore;
  metrics: MetricsStore;
  devices: Devices;
  collector: Collector;
  outbox: Outbox;
  live: Live;
  access: AccessPort;
  self: SelfSource;
  now: () => number;
}

/** Gives the dashboard what it asks for, out of the rooms that have it. */
export function dashboardPorts(rooms: Rooms): DashboardPorts {
  const { state, metrics, devices, collector, outbox, now } = rooms;

  /** Hands judgement a person's word about an open incident; false when there is no such incident. */
  const tellIncident = async (number: number, by: string, action: string, event: (key: string) => EngineEvent) => {
    const found = state.incident(number)?.incident;
    if (!found || found.state === 'resolved') return false;
    await collector.submit([event(found.key)]);
    state.audit({ at: now(), who: by, action, detail: `#${number}` });
    outbox.wake();
    return true;
  };

  return {
    wall: rooms.live,
    incidents: {
      list: (query) => state.incidents(query),
      get: (number) => state.incident(number),
      acknowledge: (number, by) =>
        tellIncident(number, by, 'incident.acknowledged', (incident) => ({ kind: 'acknowledge', incident, by })),
      comment: (number, by, text) =>
        tellIncident(number, by, 'incident.commented', (incident) => ({ kind: 'comment', incident, by, text })),
    },
    metrics: {
      range: async (request) => metrics.range(request),
      last: async (device) => metrics.last(device),
    },
    inventory: {
      export: () => ({ chains: devices.chains() }),
      async import(inventory, by) {
        const faults = checkInventory(inventory);
        if (faults.length > 0) throw new InventoryError(faults);
        await collector.replaceInventory(inventory.chains, by);
        const stores = inventory.chains.flatMap((chain) => chain.stores);
        return {
          chains: inventory.chains.length,
          stores: stores.length,
          devices: stores.reduce((sum, store) => sum + store.devices.length, 0),
        };
      },
    },
    access: rooms.access,
    tickets: {
      dead: (limit) =>
        state.deadTicketWork(limit).map(({ id, view, desk, action, error, attempts, diedAt }) => ({
          id,
          incident: view.number,
          desk,
          action,
          error,
          attempts,
          diedAt,
        })),
      replay(id, by) {
        if (!state.replayTicketWork(id, now())) return false;
        state.audit({ at: now(), who: by, action: 'ticket.replayed', detail: String(id) });
        outbox.wake();
        return true;
      },
    },
    self: rooms.self,
  };
}
