import type { EngineEvent, RulePack } from '../../alerting/engine/types.ts';
import { availabilityOf } from '../../alerting/history/availability.ts';
import type { Devices } from '../../collector/devices.ts';
import { checkInventory } from '../../collector/inventory/check-inventory.ts';
import type { MetricsStore, StateStore } from '../../collector/ports.ts';
import type { ActionPort } from '../../dashboard/ports/actions.ts';
import type { BacktestPort } from '../../dashboard/ports/backtests.ts';
import type { MaintenancePort } from '../../dashboard/ports/maintenance.ts';
import type { ReleasesPort } from '../../dashboard/ports/releases.ts';
import type { RuleRevisionsPort } from '../../dashboard/ports/rule-revisions.ts';
import {
  type AccessPort,
  type AgentConfigsPort,
  type AgentsPort,
  type DashboardPorts,
  InventoryError,
  type SelfSource,
} from '../../dashboard/ports.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { deviceAdder } from './add-device.ts';
import type { Assets } from './assets.ts';
import { createDeviceRules } from './device-rules.ts';
import { createDiscovery } from './discovery.ts';
import type { Live } from './live.ts';
import { withoutSelf } from './self-watch.ts';
import type { Served } from './served.ts';
import { createTopology } from './topology.ts';

export interface Rooms {
  state: StateStore;
  metrics: MetricsStore;
  devices: Devices;
  served: Served;
  live: Live;
  access: AccessPort;
  actions: ActionPort;
  agents: AgentsPort | undefined;
  agentConfigs: AgentConfigsPort;
  releases: ReleasesPort;
  maintenance: MaintenancePort;
  rules: RuleRevisionsPort;
  backtests: BacktestPort;
  assets: Assets;
  /** The rules that hold now. */
  pack: () => RulePack;
  self: SelfSource;
  now: () => number;
}

/** Incidents beneath a major one that its page gets. */
const CHILDREN_SHOWN = 200;

/** Replaces the chains named, keeps them, and resolves when what is served here has judged it. */
export async function importChains(
  { state, served, now }: Pick<Rooms, 'state' | 'served' | 'now'>,
  chains: readonly Chain[],
  by: string,
): Promise<void> {
  await state.saveInventory(chains, by, now());
  await served.redefine(chains);
}

/** Gives the dashboard what it asks for, out of the rooms that have it. */
export function dashboardPorts(rooms: Rooms): DashboardPorts {
  const { state, metrics, devices, served, now } = rooms;

  /** Hands judgement a person's word about an open incident; false when there is no such incident. */
  const tellIncident = async (number: number, by: string, action: string, event: (key: string) => EngineEvent) => {
    const found = (await state.incident(number))?.incident;
    if (!found || found.state === 'resolved') return false;
    await served.submit(found.store, event(found.key));
    await state.audit({ at: now(), who: by, action, detail: `#${number}` });
    served.wakeOutbox(found.store);
    return true;
  };

  /** The same about an open major incident. */
  const tellMajor = async (number: number, by: string, action: string, event: (key: string) => EngineEvent) => {
    const major = (await state.major(number))?.major;
    if (!major || major.state === 'resolved') return false;
    await served.submitToFirst(event(major.key));
    await state.audit({ at: now(), who: by, action, detail: `#${number}` });
    served.wakeOutbox(major.chain);
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
      hold: (number, by, why, until) =>
        tellIncident(number, by, 'incident.on-hold', (incident) => ({
          ...{ kind: 'hold', incident, by, why },
          ...(until !== undefined && { until }),
        })),
      resume: (number, by) =>
        tellIncident(number, by, 'incident.resumed', (incident) => ({ kind: 'resume', incident, by })),
    },
    majors: {
      list: (query) => state.majors(query),
      async get(number) {
        const found = await state.major(number);
        if (!found) return undefined;
        const beneath = await Promise.all(
          found.major.children.slice(0, CHILDREN_SHOWN).map((child) => state.incident(child.number)),
        );
        return { ...found, incidents: beneath.flatMap((child) => (child ? [child.incident] : [])) };
      },
      acknowledge: (number, by) =>
        tellMajor(number, by, 'incident.acknowledged', (incident) => ({ kind: 'acknowledge', incident, by })),
      comment: (number, by, text) =>
        tellMajor(number, by, 'incident.commented', (incident) => ({ kind: 'comment', incident, by, text })),
    },
    metrics: {
      range: async (request) => metrics.range(request),
      last: async (device) => metrics.last(device),
    },
    inventory: {
      export: () => ({ chains: withoutSelf(devices.chains()) }),
      async import(inventory, by) {
        const faults = checkInventory(inventory);
        if (faults.length > 0) throw new InventoryError(faults);
        await importChains(rooms, inventory.chains, by);
        const stores = inventory.chains.flatMap((chain) => chain.stores);
        return {
          chains: inventory.chains.length,
          stores: stores.length,
          devices: stores.reduce((sum, store) => sum + store.devices.length, 0),
        };
      },
    },
    access: rooms.access,
    agents: rooms.agents,
    agentConfigs: rooms.agentConfigs,
    releases: rooms.releases,
    maintenance: rooms.maintenance,
    rules: rooms.rules,
    backtests: rooms.backtests,
    assets: rooms.assets,
    topology: createTopology(devices, rooms.assets),
    deviceRules: createDeviceRules(rooms),
    discovery: createDiscovery({
      state,
      devices,
      assets: rooms.assets,
      agentConfigs: rooms.agentConfigs,
      devicesIn: (store) => rooms.live.devices({ store }),
      addDevice: deviceAdder(devices, (chains, by) => importChains(rooms, chains, by)),
      now,
    }),
    actions: rooms.actions,
    events: state.events,
    availability: {
      async store(store, from, to) {
        const until = Math.min(to, now());
        const { availability } = state;
        const [standings, evidence] = await Promise.all([
          availability.standings(store, from, until),
          availability.evidence(store, from, until),
        ]);
        return availabilityOf(standings, evidence, from, until);
      },
    },
    tickets: {
      dead: async (limit) =>
        (await state.deadTicketWork(limit)).map(({ id, view, desk, action, error, attempts, diedAt }) => ({
          id,
          incident: view.number,
          desk,
          action,
          error,
          attempts,
          diedAt,
        })),
      async replay(id, by) {
        const store = await state.replayTicketWork(id, now());
        if (store === undefined) return false;
        await state.audit({ at: now(), who: by, action: 'ticket.replayed', detail: String(id) });
        served.wakeOutbox(store);
        return true;
      },
    },
    self: rooms.self,
  };
}
