import { isDeepStrictEqual } from 'node:util';
import type { Chain, Locale, Store } from '../protocol/inventory.ts';
import type { MaintenanceWindow } from '../protocol/maintenance.ts';
import { type DeviceKey, type StoreKey, storeKey, storeOf } from '../protocol/names.ts';
import type { Incident, IncidentView, StoreTile } from '../protocol/views.ts';
import { type EffectGroup, emptyGroup, gatherEffects } from './effect-group.ts';
import {
  devicesOf,
  emptyState,
  intervalOf,
  lanesOf,
  loadStore,
  nextDue,
  presencesOf,
  saveStore,
  step,
  stepAll,
  storeKeys,
  tileOf,
} from './engine/engine.ts';
import type { ToldTree } from './engine/tree.ts';
import type { EngineEvent, RulePack } from './engine/types.ts';
import { Historian } from './history/historian.ts';
import { type KnownStore, viewIncident } from './incident-view.ts';
import type { Judge, Judgement, NewTicketWork } from './ports.ts';
import type { StoreLook } from './store-look.ts';
import { planTickets, visible } from './tickets/ticket-plan.ts';

export interface JudgeOptions {
  pack: RulePack;
  /** What the store kept of this partition. */
  kept: KeptJudgement;
  inventory: readonly Chain[];
  /** What agents told of their devices, as far as rules may ask for it. */
  observed?: Iterable<readonly [DeviceKey, Readonly<Record<string, string>>]>;
  /** Maintenance windows and changes, as they are known now. */
  maintenance?: readonly MaintenanceWindow[];
  /** What the devices of stores tell of one another. */
  topologies?: Iterable<readonly [StoreKey, ToldTree]>;
  /** Judges of several partitions share the incident numbers: this one gives those that leave `index` over when divided by `of`. */
  numbers?: { index: number; of: number };
  /** Names of the service desks that get every ticket. */
  desks: readonly string[];
  /** The language of a store's tickets. */
  localeOf: (store: StoreKey) => Locale;
  /** Milliseconds since 1970: for the restart, and for whoever looks. Judging is told the time with its events. */
  now: () => number;
}

export interface KeptJudgement {
  judgement: Iterable<{ store: StoreKey; state: string }>;
  incidents: { open: readonly IncidentView[]; lastNumber: number };
  /** Incidents resolved in the last hour, for the snapshot after a restart. */
  recentlyResolved: readonly IncidentView[];
  /** Until when the partition was watched before; undefined when it never was. */
  watchedUntil: number | undefined;
}

/** The judge, and what it knows by heart for those who look. */
export interface LiveJudge extends Judge, StoreLook {
  tile(key: StoreKey): StoreTile | undefined;
  /** Somebody else has given this incident number: the next one given here is higher. */
  numberGiven(number: number): void;
  /**
   * Takes in what a desk did, already stored. Returns the incident to show, its store's `tile` having changed with it;
   * undefined for an incident that is no longer shown.
   */
  ticketChanged(
    incidentKey: string,
    change: { ticket?: string; ticketState: IncidentView['ticketState'] },
  ): IncidentView | undefined;
}

interface Known {
  view: IncidentView;
  /** What its tickets told last; undefined when none was asked for. */
  told: string | undefined;
}

const RECENT_MS = 3_600_000;

/**
 * The judge around the pure engine: remembers, numbers, and makes of the engine's effects what has to be written and
 * shown. Starts from what the store kept; the first judgement carries what the restart itself brought about.
 *
 * @throws Error naming the store whose kept judgement can't be read.
 */
export function createJudge(options: JudgeOptions): LiveJudge {
  const { desks, localeOf, now: clock } = options;
  const definitions = new Map<StoreKey, KnownStore>();
  const open = new Map<string, Known>();
  const recent = new Map<string, IncidentView>();
  const shown = new Map<StoreKey, StoreTile>();
  let state = emptyState(options.pack);
  const { index, of } = options.numbers ?? { index: 0, of: 1 };
  let lastNumber = 0;
  let held = emptyGroup();
  const startedAt = clock();
  const history = new Historian(options.kept.watchedUntil, startedAt);

  restore();

  function restore(): void {
    const absorb = (event: EngineEvent) => {
      const result = step(state, event, startedAt);
      state = result.state;
      return result.effects;
    };
    for (const [device, attributes] of options.observed ?? []) absorb({ kind: 'observed', device, attributes });
    if (options.maintenance) absorb({ kind: 'maintenance', windows: options.maintenance });
    for (const chain of options.inventory) {
      for (const definition of chain.stores) {
        const event = inventoryEvent(chain, definition);
        remember(event);
        absorb(event);
      }
    }
    for (const [store, parents] of options.topologies ?? []) absorb({ kind: 'topology', store, parents });
    const { kept } = options;
    for (const row of kept.judgement) restoreStore(row.store, row.state);
    lastNumber = kept.incidents.lastNumber;
    for (const view of kept.incidents.open) {
      open.set(view.key, { view, told: view.ticketState === 'none' ? undefined : visible(view) });
    }
    for (const view of kept.recentlyResolved) recent.set(view.key, view);
    gatherEffects(held, absorb({ kind: 'started' }));
    for (const key of storeKeys(state)) {
      const tile = makeTile(key, startedAt);
      if (!tile) continue;
      shown.set(key, tile);
      history.begin(tile, lanesOf(state, key), startedAt);
    }
  }

  function restoreStore(store: StoreKey, saved: string): void {
    try {
      loadStore(state, store, saved);
    } catch (cause) {
      throw new Error(`the judgement kept for store ${store} cannot be read`, { cause });
    }
  }

  function remember(event: Extract<EngineEvent, { kind: 'inventory' }>): void {
    const { store, definition, simulated } = event;
    if (definition) definitions.set(store, { definition, simulated });
    else definitions.delete(store);
    history.forget(store);
  }

  function nextNumber(): number {
    const next = lastNumber + 1;
    lastNumber = next + ((((index - next) % of) + of) % of);
    return lastNumber;
  }

  function judge(events: readonly EngineEvent[], now: number): Judgement {
    const group = held;
    held = emptyGroup();
    for (const event of events) if (event.kind === 'inventory') remember(event);
    const result = stepAll(state, events, now);
    state = result.state;
    for (const event of events) if (event.kind === 'report' && event.late && !event.isHearsay) prove(event, now);
    gatherEffects(group, result.effects);
    const judgement = tell(group, now);
    const past = history.take(now);
    if (past) judgement.writes.history = past;
    return judgement;
  }

  function prove({ device, at }: Extract<EngineEvent, { kind: 'report' }>, now: number): void {
    const intervalS = intervalOf(state, device);
    if (intervalS !== undefined) history.prove(device, at, intervalS, now);
  }

  function tell(group: EffectGroup, now: number): Judgement {
    const judgement: Judgement = {
      writes: { stores: [], incidents: [], tickets: [] },
      stores: [],
      gone: [],
      incidents: [],
    };
    const { writes } = judgement;
    for (const store of group.saves) writes.stores.push({ store, state: saveStore(state, store) });
    for (const [key, change] of group.incidents) {
      group.shows.add(change.incident.store);
      const before = open.get(key);
      const past = before?.view ?? recent.get(key);
      const number = past?.number ?? nextNumber();
      const known = definitions.get(change.incident.store);
      const view = (incident: Incident) => viewIncident(incident, number, known, past);
      const plan = planTickets(
        desks.length === 0 ? [] : change.asked.map(({ action, incident }) => ({ action, view: view(incident) })),
        before?.told,
      );
      const latest = view(change.incident);
      if (plan.work.length > 0 && latest.ticketState !== 'failed') latest.ticketState = 'waiting';
      keep(latest, plan.told);
      writes.incidents.push({ incident: latest, entries: change.entries });
      for (const work of plan.work) writes.tickets.push(...addressed(work, now));
      judgement.incidents.push(latest);
    }
    for (const store of group.shows) show(store, now, judgement);
    return judgement;
  }

  const addressed = ({ action, view }: Pick<NewTicketWork, 'action' | 'view'>, at: number): NewTicketWork[] =>
    desks.map((desk) => ({ incident: view.key, desk, action, view, locale: localeOf(view.store), at }));

  function keep(view: IncidentView, told: string | undefined): void {
    if (view.state !== 'resolved') {
      open.set(view.key, { view, told });
      return;
    }
    open.delete(view.key);
    recent.set(view.key, view);
  }

  function show(store: StoreKey, now: number, judgement: Judgement): void {
    const tile = makeTile(store, now);
    if (!tile) {
      if (shown.delete(store)) judgement.gone.push(store);
    } else if (!isDeepStrictEqual(tile, shown.get(store))) {
      shown.set(store, tile);
      history.note(tile, lanesOf(state, store), now);
      judgement.stores.push(tile);
    }
  }

  function makeTile(store: StoreKey, now: number): StoreTile | undefined {
    const told = tileOf(state, store, now);
    if (!told) return undefined;
    const incident = told.incidentKey === undefined ? undefined : open.get(told.incidentKey)?.view;
    if (!incident) return told.tile;
    const { number, priority, ticket } = incident;
    return { ...told.tile, incident: { number, priority, ...(ticket !== undefined && { ticket }) } };
  }

  function forgetOld(): void {
    const before = clock() - RECENT_MS;
    for (const view of recent.values()) if ((view.resolvedAt ?? 0) < before) recent.delete(view.key);
  }

  function snapshot() {
    forgetOld();
    const incidents = [...Array.from(open.values(), (known) => known.view), ...recent.values()];
    return { stores: [...shown.values()], incidents };
  }

  function store(key: StoreKey) {
    const tile = shown.get(key);
    const definition = definitions.get(key)?.definition;
    return tile && definition ? { tile, definition, devices: devicesOf(state, key, clock()) } : undefined;
  }

  function ticketChanged(
    key: string,
    { ticket, ticketState }: { ticket?: string; ticketState: IncidentView['ticketState'] },
  ): IncidentView | undefined {
    const known = open.get(key);
    const before = known?.view ?? recent.get(key);
    if (!before) return undefined;
    const name = before.ticket ?? ticket;
    const view: IncidentView = { ...before, ticketState, ...(name !== undefined && { ticket: name }) };
    keep(view, known?.told);
    const tile = shown.has(view.store) && makeTile(view.store, clock());
    if (tile) shown.set(view.store, tile);
    return view;
  }

  return {
    judge,
    nextDue: () => (held.saves.size + held.shows.size + held.incidents.size > 0 ? 0 : nextDue(state)),
    snapshot,
    tile: (key) => shown.get(key),
    store,
    devices: ({ store: only }) =>
      (only === undefined ? [...storeKeys(state)] : [only]).flatMap((key) => devicesOf(state, key, clock())),
    device: (key) => devicesOf(state, storeOf(key), clock()).find((view) => view.key === key),
    presences: (key) => presencesOf(state, key),
    numberGiven: (number) => {
      lastNumber = Math.max(lastNumber, number);
    },
    ticketChanged,
  };
}

const inventoryEvent = (chain: Chain, definition: Store): Extract<EngineEvent, { kind: 'inventory' }> => ({
  kind: 'inventory',
  store: storeKey(chain.name, definition.name),
  simulated: chain.simulated === true,
  definition,
});
