import { withLost } from '../../protocol/counting.ts';
import { type Loss, PIP_OF } from '../../protocol/views.ts';
import type { Sales } from './judgement.ts';
import type { DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteIncident } from './turn.ts';

/** Lanes of a store that are lost by an incident, and those nothing is known of because of it. */
export interface LanesLost {
  lanes: number;
  blind: number;
}

const NONE: LanesLost = { lanes: 0, blind: 0 };

/** Which incident each lane is lost by, one for each lane: what two incidents share is not counted twice. */
export function lanesLost(store: StoreEntry): Map<OpenIncident, LanesLost> {
  const lost = new Map<OpenIncident, LanesLost>();
  for (const [at, devices] of store.lanes.entries()) {
    const pip = store.tile.pips[at];
    if (pip !== PIP_OF.down && pip !== PIP_OF.blind) continue;
    const incident = incidentOf(store, devices);
    if (!incident) continue;
    const { lanes, blind } = lost.get(incident) ?? NONE;
    lost.set(incident, pip === PIP_OF.down ? { lanes: lanes + 1, blind } : { lanes, blind: blind + 1 });
  }
  return lost;
}

/** Counts what the store's incidents cost; outside opening hours nothing is lost. Settled after the view. */
export function countLosses(store: StoreEntry, turn: Turn): void {
  if (store.incidents.size === 0) return;
  const lost = store.open ? lanesLost(store) : new Map<OpenIncident, LanesLost>();
  const sales = turn.state.judgement.salesOf(store);
  for (const open of store.incidents.values()) {
    const now = lost.get(open) ?? NONE;
    const { loss } = open.incident;
    if (!loss && now.lanes + now.blind === 0) continue;
    const rate = perLaneMinute(sales);
    const isAsBefore = loss?.money?.perLaneMinute === rate && loss?.money?.currency === sales?.currency;
    const goesOn = loss?.lanes === now.lanes && loss.blind === now.blind && isAsBefore;
    if (goesOn) continue;
    open.incident.loss = withRate(loss ? countedTo(loss, store, turn, turn.now) : lossFrom(turn.now), now, sales);
    noteIncident(turn, open);
  }
}

/** Brings the figures of an incident up to now. */
export function countLoss(store: StoreEntry, { incident }: OpenIncident, turn: Turn): void {
  if (incident.loss) incident.loss = countedTo(incident.loss, store, turn, turn.now);
}

/** Nothing is lost by it any more. */
export function endLoss({ incident }: OpenIncident): void {
  if (incident.loss) incident.loss = { ...incident.loss, ...NONE };
}

/** Kept by a clock that was ahead of this one: it counts from now at the latest. */
export function endFutureLoss({ incident }: OpenIncident, now: number): void {
  if (incident.loss && incident.loss.at > now) incident.loss = { ...incident.loss, at: now };
}

/** The clock was set: what was lost before stays lost, and counting goes on from the new time. */
export function moveLoss(store: StoreEntry, { incident }: OpenIncident, byMs: number, turn: Turn): void {
  if (incident.loss) incident.loss = { ...countedTo(incident.loss, store, turn, turn.now - byMs), at: turn.now };
}

/**
 * What a lane of the store sells in a minute, as far as it is known. A sales curve, once one is learned, is asked here:
 * whatever changes the answer makes the loss be counted up to then at the old one.
 */
function perLaneMinute(sales: Sales | undefined): number | undefined {
  return sales?.perLaneMinute;
}

const lossFrom = (at: number): Loss => ({ at, laneMs: 0, blindMs: 0, ...NONE });

function withRate(loss: Loss, now: LanesLost, sales: Sales | undefined): Loss {
  const { money: before, ...rest } = loss;
  const rate = perLaneMinute(sales);
  if (!sales || rate === undefined) return { ...rest, ...now };
  // Amounts of two currencies do not add up.
  const { lost, blind } = before?.currency === sales.currency ? before : { lost: 0, blind: 0 };
  return { ...rest, ...now, money: { currency: sales.currency, lost, blind, perLaneMinute: rate } };
}

const countedTo = (loss: Loss, store: StoreEntry, { state }: Turn, at: number): Loss =>
  withLost(loss, state.judgement.openTimeOf(store).elapsed(loss.at, at), Math.max(at, loss.at));

/**
 * The open incident by which a lane is lost: that of the silence of one of its devices, or of who watches them. In a store
 * nothing is heard from it is the store's. A device that was never heard of loses nothing.
 */
function incidentOf(store: StoreEntry, devices: readonly DeviceEntry[]): OpenIncident | undefined {
  const known = devices.filter(({ presence }) => presence !== 'unseen');
  for (const device of known) {
    for (let at: DeviceEntry | undefined = device; at; at = at.watcher) {
      for (const { rule, incident } of at.alerts?.values() ?? [])
        if (rule.type === 'silence' && incident) return incident;
    }
  }
  return known.length > 0 && store.silentSince > 0 ? store.incidents.get(store.key) : undefined;
}
