import type { EngineEvent, RulePack } from '../../alerting/engine/types.ts';
import { availabilityOf } from '../../alerting/history/availability.ts';
import type { Desk } from '../../alerting/ports.ts';
import { exampleIncident } from '../../alerting/tickets/example-incident.ts';
import type { TicketContext } from '../../alerting/tickets/ticket-context.ts';
import { ticketSubject } from '../../alerting/tickets/ticket-text.ts';
import { wordTicket } from '../../alerting/tickets/word-ticket.ts';
import type { Devices } from '../../collector/devices.ts';
import { checkInventory } from '../../collector/inventory/check-inventory.ts';
import type { MetricsStore, StateStore } from '../../collector/ports.ts';
import type { ActionPort } from '../../dashboard/ports/actions.ts';
import type { BacktestPort } from '../../dashboard/ports/backtests.ts';
import type { MaintenancePort } from '../../dashboard/ports/maintenance.ts';
import type { OnCallPort } from '../../dashboard/ports/on-call.ts';
import type { OutsideAlertPort } from '../../dashboard/ports/outside-alerts.ts';
import type { ReleasesPort } from '../../dashboard/ports/releases.ts';
import type { RuleRevisionsPort } from '../../dashboard/ports/rule-revisions.ts';
import type { StorePagePort } from '../../dashboard/ports/store-pages.ts';
import {
  type AccessPort,
  type AgentConfigsPort,
  type AgentsPort,
  type DashboardPorts,
  InventoryError,
  type SelfSource,
} from '../../dashboard/ports.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { chainOf } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { deviceAdder } from './add-device.ts';
import type { Assets } from './assets.ts';
import { createDeviceRules } from './device-rules.ts';
import { createDiscovery } from './discovery.ts';
import { hearDesk } from './hear-desk.ts';
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
  onCall: OnCallPort;
  outsideAlerts: OutsideAlertPort;
  rules: RuleRevisionsPort;
  backtests: BacktestPort;
  assets: Assets;
  desks: Readonly<Record<string, Desk>>;
  /** What the tickets of a desk tell; undefined: there is none of this name. */
  ticketContextOf: (desk: string) => TicketContext | undefined;
  storePages: StorePagePort;
  /** The rules that hold now. */
  pack: () => RulePack;
  self: SelfSource;
  now: () => number;
}

/** Dead work of a desk that one word brings back. */
const REPLAYED_AT_ONCE = 10_000;
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
    if (!found || isOver(found.state)) return false;
    await say(found, by, action, event(found.key));
    return true;
  };

  const say = async ({ store, number }: IncidentView, by: string, action: string, event: EngineEvent) => {
    await served.submit(store, event);
    await state.audit({ at: now(), who: by, action, detail: `#${number}` });
    served.wakeOutbox(store);
  };

  const incidentOf = async (number: number) => (await state.incident(number))?.incident;

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
      start: (number, by) =>
        tellIncident(number, by, 'incident.started', (incident) => ({ kind: 'start', incident, by })),
      assign: (number, by, to) =>
        tellIncident(number, by, 'incident.assigned', (incident) => ({ kind: 'assign', incident, by, ...to })),
      async merge(number, by, other) {
        const [from, into] = [await incidentOf(number), await incidentOf(other)];
        if (!from || !into || isOver(from.state) || isOver(into.state)) return false;
        if (from.key === into.key || from.store !== into.store) return false;
        await say(from, by, 'incident.merged', { kind: 'merge', incident: from.key, into: into.key, by });
        return (await incidentOf(number))?.mergedInto === into.key;
      },
      async split(number, by, alerts) {
        const found = await incidentOf(number);
        const firing = found?.alerts.filter((alert) => alert.state === 'firing').map(({ key }) => key) ?? [];
        const named = new Set(alerts);
        if (!found || isOver(found.state) || named.size >= firing.length) return false;
        if (alerts.some((key) => !firing.includes(key))) return false;
        await say(found, by, 'incident.split', { kind: 'split', incident: found.key, alerts: [...named], by });
        return !(await incidentOf(number))?.alerts.some(({ key }) => named.has(key));
      },
      async reopen(number, by, why) {
        const found = await incidentOf(number);
        if (found?.state !== 'resolved') return false;
        const event = { kind: 'reopen', incident: found.key, by, ...(why !== undefined && { why }) } as const;
        await say(found, by, 'incident.reopened', event);
        return (await incidentOf(number))?.state === 'new';
      },
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
    onCall: rooms.onCall,
    outsideAlerts: rooms.outsideAlerts,
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
      async desks() {
        const queues = await state.ticketQueues();
        const away = served.partitions.flatMap(({ outbox }) => outbox.away());
        const names = new Set([...Object.keys(rooms.desks), ...queues.map(({ desk }) => desk)]);
        return [...names].sort().map((desk) => {
          const since = away.filter((one) => one.desk === desk).map((one) => one.since);
          const { waiting = 0, dead = 0, oldestAt } = queues.find((queue) => queue.desk === desk) ?? {};
          return {
            ...{ desk, waiting, dead },
            ...(oldestAt !== undefined && { oldestAt }),
            ...(since.length > 0 && { awaySince: Math.min(...since) }),
          };
        });
      },
      hear: (desk, post) => hearDesk({ desks: rooms.desks, served }, desk, post),
      async preview(desk, { incident, locale }) {
        const context = rooms.ticketContextOf(desk);
        const found = incident === undefined ? undefined : await state.incident(incident);
        const view =
          incident === undefined ? exampleIncident(now()) : (found?.incident ?? (await state.major(incident))?.major);
        if (!context || !view) return undefined;
        const named = 'chain' in view ? view.chain : chainOf(view.store);
        const said = locale ?? devices.chain(named)?.locale ?? 'fr';
        const { key } = view;
        const action = isOver(view.state) ? 'resolve' : 'open';
        const work = {
          incident: key,
          desk,
          action,
          view,
          locale: said,
          at: now(),
          id: 0,
          attempts: 0,
          notBefore: now(),
        } as const;
        return wordTicket(work, context);
      },
      dead: async (limit) =>
        (await state.deadTicketWork(limit)).map((work) => {
          const { id, view, desk, action, error, attempts, at, diedAt } = work;
          const subject = ticketSubject(view, work.locale);
          return {
            id,
            incident: view.number,
            major: 'chain' in view,
            desk,
            action,
            subject,
            error,
            attempts,
            at,
            diedAt,
          };
        }),
      async replayAll(desk, by) {
        const dead = (await state.deadTicketWork(REPLAYED_AT_ONCE)).filter((work) => work.desk === desk);
        const stores = new Set<string>();
        for (const { id } of dead) {
          const store = await state.replayTicketWork(id, now());
          if (store !== undefined) stores.add(store);
        }
        if (dead.length > 0) {
          await state.audit({ at: now(), who: by, action: 'ticket.replayed', detail: `${desk}: ${dead.length}` });
        }
        for (const store of stores) served.wakeOutbox(store);
        return dead.length;
      },
      async discard(id, by, why) {
        const store = await state.discardTicketWork(id, { at: now(), by, why });
        if (store === undefined) return false;
        await state.audit({ at: now(), who: by, action: 'ticket.discarded', detail: `${id}: ${why}` });
        served.wakeOutbox(store);
        return true;
      },
      async replay(id, by) {
        const store = await state.replayTicketWork(id, now());
        if (store === undefined) return false;
        await state.audit({ at: now(), who: by, action: 'ticket.replayed', detail: String(id) });
        served.wakeOutbox(store);
        return true;
      },
    },
    reviews: {
      notes: (number) => state.reviews.notes(number),
      async write(number, text, read, by) {
        const written = await state.reviews.write(number, { text, by, at: now() }, read);
        if (written) await state.audit({ at: now(), who: by, action: 'review.written', detail: `#${number}` });
        return written;
      },
    },
    storePages: rooms.storePages,
    self: rooms.self,
  };
}
