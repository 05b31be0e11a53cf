import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import { type DeviceView, type Incident, PIP_OF, type StoreTile } from '../../protocol/views.ts';
import { judgeUsual } from './evaluate-baseline.ts';
import { foreseePoints } from './evaluate-forecast.ts';
import { judgeSales } from './evaluate-sales.ts';
import { judgeStatuses } from './evaluate-status.ts';
import { judgePoints } from './evaluate-threshold.ts';
import { hold, resume } from './hold.ts';
import { defineStore, endStrays, keepUp, observe, removeStore } from './inventory.ts';
import { endFuture, followClock } from './live-instants.ts';
import { planningOf } from './maintenance/cover.ts';
import { hearSales } from './offline-sale.ts';
import { comment, noteAction, noteTicketEnded } from './plan.ts';
import { datePresence, hear, takeEvidence } from './presence.ts';
import { witness } from './proof.ts';
import { merge, split } from './regroup.ts';
import { dropEnded, storeOfIncident } from './reopen.ts';
import { hearReserves } from './reserves.ts';
import { loadStoreEntry, saveStoreEntry } from './saved-store.ts';
import { settleStore, wakeStore } from './settle.ts';
import {
  type DeviceEntry,
  type EngineState,
  newState,
  type OpenIncident,
  type StoreEntry,
  type Turn,
} from './state.ts';
import { linkTree } from './store-layout.ts';
import { swapRules } from './swap-rules.ts';
import { acknowledge, assign, reopen, start } from './take-on.ts';
import { effectsOf, isIdle, newTurn, snapshotOf } from './turn.ts';
import type { EngineEvent, RulePack, StepResult } from './types.ts';
import { viewDevice } from './view.ts';

export type { EngineState } from './state.ts';

/** Judgement that has seen nothing yet. */
export function emptyState(pack: RulePack): EngineState {
  const state = newState(pack);
  state.turn = newTurn(state, 0);
  return state;
}

/**
 * Judges one event at `now` (milliseconds since 1970, by a clock that goes back or leaps only with a `clock-stepped`
 * event, which is the first to be given the new time). Owns the state it is given and may change it in place; the same events at the same times give the same results. Devices and incidents it doesn't know change nothing.
 * What time alone brings happens at a `tick` only, so that what waits to be read can still be heard first.
 */
export function step(state: EngineState, event: EngineEvent, now: number): StepResult<EngineState> {
  const { turn } = state;
  turn.now = now;
  apply(state, event, turn);
  return endTurn(state, turn);
}

/**
 * Judges what arrived together, at one time. Each agent's events come in the order in which it sent them; in which order
 * agents were heard makes no difference: stores are judged by all that was heard, not by who was first.
 */
export function stepAll(state: EngineState, events: readonly EngineEvent[], now: number): StepResult<EngineState> {
  const { turn } = state;
  turn.now = now;
  for (let left = events; left.length > 0; ) left = stepRound(state, left, turn);
  return endTurn(state, turn);
}

/** Takes from each agent as much as its stores can be judged by at once. Returns what is left, in order. */
function stepRound(state: EngineState, events: readonly EngineEvent[], turn: Turn): readonly EngineEvent[] {
  const left: EngineEvent[] = [];
  for (let at = 0; at < events.length; at++) {
    const event = events[at] as EngineEvent;
    const device = event.kind === 'report' || event.kind === 'presence' ? state.devices.get(event.device) : undefined;
    if (device === undefined) {
      // What nobody sent through an agent changes what agents are judged by: it waits for all that came before it.
      settleUnsettled(turn);
      if (left.length > 0) return left.concat(events.slice(at));
      apply(state, event, turn);
      if (turn.stirred) endStir(turn);
    } else if (turn.unsettled.has(device.watcher ?? device)) left.push(event);
    else apply(state, event, turn);
  }
  settleUnsettled(turn);
  return left;
}

function endTurn(state: EngineState, turn: Turn): StepResult<EngineState> {
  settleUnsettled(turn);
  if (isIdle(turn)) return state.idle;
  state.turn = newTurn(state, turn.now);
  return { state, transitions: turn.transitions, effects: effectsOf(turn) };
}

function settleUnsettled(turn: Turn): void {
  if (turn.unsettled.size === 0) return;
  const stores = new Set(turn.unsettled.values());
  turn.unsettled.clear();
  for (const store of stores) settleStore(store, turn);
  endStir(turn);
}

/** What was learned is worked in: what stirs from now on is news. */
function endStir(turn: Turn): void {
  turn.stirred = false;
  turn.settled = true;
}

/** Something was learned of a device: its store is settled once all that arrived with it is known too. */
function leaveUnsettled(device: DeviceEntry, turn: Turn): void {
  if (!turn.stirred) return;
  turn.stirred = false;
  turn.unsettled.set(device.watcher ?? device, device.store);
}

/** When the next `tick` is due; undefined when nothing waits. */
export function nextDue(state: EngineState): number | undefined {
  return state.due.nextAt();
}

/** The durable judgement of a store as JSON; undefined when there is nothing to keep. */
export function saveStore(state: EngineState, store: StoreKey): string | undefined {
  const entry = state.stores.get(store);
  return entry && saveStoreEntry(entry);
}

/**
 * Restores what `saveStore` gave. To be called after the inventory's events and before `started`, which ends the alerts
 * whose device, rule or store is no longer there.
 * @throws when the text is not a judgement this version can read.
 */
export function loadStore(state: EngineState, store: StoreKey, saved: string): void {
  loadStoreEntry(state, store, saved);
}

/** After `loadStore`: of the resolved incidents that might open again, only those that are still known do. */
export function keepKnown(state: EngineState, isKnown: (key: string) => boolean): void {
  for (const store of state.stores.values()) dropEnded(store, isKnown);
}

/** The store as the wall shows it, as of the last step, and the key of its most urgent open incident. */
export function tileOf(
  state: EngineState,
  store: StoreKey,
  _now: number,
): { tile: Omit<StoreTile, 'incident'>; incidentKey: string | undefined } | undefined {
  const entry = state.stores.get(store);
  return entry && { tile: entry.tile, incidentKey: mostUrgent(entry) };
}

/** The devices of a store in the inventory's order, as of the last step; empty for a store that isn't there. */
export function devicesOf(state: EngineState, store: StoreKey, _now: number): DeviceView[] {
  return state.stores.get(store)?.devices.map((device) => viewDevice(device, state.turn.now)) ?? [];
}

/** A device that is heard, or is not: since when, ms since 1970. */
export interface DevicePresence {
  device: DeviceKey;
  isHeard: boolean;
  since: number;
}

/** Who of a store is heard, whatever people are shown: a till that is away at night shows as closed, one that is there too. */
export function presencesOf(state: EngineState, store: StoreKey): DevicePresence[] {
  return (state.stores.get(store)?.devices ?? []).map(({ key, presence, unsure, since }) => ({
    device: key,
    isHeard: presence === 'online' && !unsure,
    since,
  }));
}

/** How each lane of a store is seen, with the names of its devices; without lanes nothing was ever heard of. */
export function lanesOf(state: EngineState, store: StoreKey): (readonly [pip: string, ...devices: string[]])[] {
  const entry = state.stores.get(store);
  return (entry?.lanes ?? []).flatMap((devices, at) =>
    devices.some(({ presence }) => presence !== 'unseen')
      ? [[entry?.tile.pips[at] ?? PIP_OF.blind, ...devices.map(({ definition }) => definition.name)] as const]
      : [],
  );
}

/** Seconds between two reports of a device; undefined for one that isn't there. */
export const intervalOf = (state: EngineState, device: DeviceKey): number | undefined =>
  state.devices.get(device)?.intervalS;

/** Checks of which an alert stands, or that have come and gone lately. */
export function* followedChecks(state: EngineState): Iterable<readonly [DeviceKey | StoreKey, string]> {
  for (const { key, alerts, rings } of state.devices.values()) {
    for (const { rule, view } of alerts?.values() ?? []) if (rule.type === 'status') yield [key, view.instance];
    for (const [name, { rule }] of rings ?? []) {
      if (rule.type === 'status') yield [key, name.slice(name.indexOf('#') + 1)];
    }
  }
}

/** Every incident that is not resolved. */
export function* openIncidents(state: EngineState): Iterable<Incident> {
  for (const open of state.incidents.values()) yield snapshotOf(open);
}

export function storeKeys(state: EngineState): Iterable<StoreKey> {
  return state.stores.keys();
}

function apply(state: EngineState, event: EngineEvent, turn: Turn): void {
  turn.origin = 'desk' in event ? event.desk : undefined;
  applyEvent(state, event, turn);
  turn.origin = undefined;
}

function applyEvent(state: EngineState, event: EngineEvent, turn: Turn): void {
  switch (event.kind) {
    case 'report': {
      const device = state.devices.get(event.device);
      if (!device) return;
      if (event.late) {
        if (!event.isHearsay) witness(device, event.at, turn);
        return;
      }
      keepUp(device.store, turn);
      if (!event.isHearsay) {
        device.reportAt = turn.now;
        hear(device, turn);
      } else if (device.watcher && !event.isFromElsewhere) hear(device.watcher, turn);
      hearSales(device, event.points, turn);
      hearReserves(device, event.points, turn);
      judgePoints(device, event.points, turn);
      foreseePoints(device, event.points, turn);
      judgeUsual(device, event.points, turn);
      judgeSales(device, event.points, turn);
      judgeStatuses(device, event.statuses, turn);
      leaveUnsettled(device, turn);
      return;
    }
    case 'presence': {
      const device = state.devices.get(event.device);
      if (!device) return;
      keepUp(device.store, turn);
      takeEvidence(device, event.evidence, event, turn);
      leaveUnsettled(device, turn);
      return;
    }
    case 'inventory':
      if (event.definition) settleStore(defineStore(event.store, event.definition, event.simulated, turn), turn);
      else removeStore(event.store, turn);
      return;
    case 'observed': {
      const device = observe(event.device, event.attributes, turn);
      if (device) settleStore(device.store, turn);
      return;
    }
    case 'rules':
      swapRules(event.pack, turn);
      return;
    case 'maintenance':
      state.planning = planningOf(event.windows);
      for (const store of state.stores.values()) if (state.planning.cover(store)) settleStore(store, turn);
      return;
    case 'topology': {
      const store = state.stores.get(event.store);
      if (!store) return;
      store.told = event.parents;
      linkTree(store);
      settleStore(store, turn);
      return;
    }
    case 'started':
      endStrays(turn);
      endFuture(turn);
      for (const store of state.stores.values()) {
        datePresence(store, turn);
        settleStore(store, turn);
      }
      return;
    case 'clock-stepped':
      followClock(event.byMs, turn);
      return;
    case 'acknowledge':
      acknowledge(turn, event.incident, event.by);
      return;
    case 'assign':
      assign(turn, event.incident, event);
      return;
    case 'start':
    case 'hold':
    case 'resume':
    case 'merge':
    case 'split':
    case 'reopen': {
      const store = storeOfIncident(event.incident);
      regard(event, turn);
      const entry = state.stores.get(store);
      // What follows from it for the store is our own judgement.
      turn.origin = undefined;
      if (entry && turn.stirred) settleStore(entry, turn);
      return;
    }
    case 'comment':
      comment(turn, event.incident, event);
      return;
    case 'ticket-ended':
      noteTicketEnded(turn, event.incident, event);
      return;
    case 'action':
      noteAction(turn, event.incident, event.reason);
      return;
    case 'tick':
      for (const store of state.due.takeDue(turn.now)) wakeStore(store, turn);
  }
}

/** What people do that bears on how their incident, and its store, stand. */
function regard(
  event: Extract<EngineEvent, { kind: 'start' | 'hold' | 'resume' | 'merge' | 'split' | 'reopen' }>,
  turn: Turn,
): void {
  const { kind, incident } = event;
  if (kind === 'start') start(turn, incident, event.by);
  else if (kind === 'hold') hold(turn, incident, event);
  else if (kind === 'resume') resume(turn, incident, event.by);
  else if (kind === 'merge') merge(turn, incident, event);
  else if (kind === 'split') split(turn, incident, event);
  else reopen(turn, incident, event);
}

/** The first by priority, then the oldest. */
function mostUrgent({ incidents }: StoreEntry): string | undefined {
  let first: OpenIncident | undefined;
  for (const open of incidents.values()) {
    const { priority } = open.incident;
    const isFirst =
      !first ||
      priority < first.incident.priority ||
      (priority === first.incident.priority && open.order < first.order);
    if (isFirst) first = open;
  }
  return first?.incident.key;
}
