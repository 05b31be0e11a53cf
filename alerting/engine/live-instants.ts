import { endFutureLoss, moveLoss } from './impact-loss.ts';
import { endFutureClocks, moveClocks } from './sla-clocks.ts';
import type { Alert, DeviceEntry, OpenIncident, Spell, StoreEntry, Turn } from './state.ts';
import { noteChange, noteIncident } from './turn.ts';
import { moveSamples } from './window.ts';

/*
 * The instants that durations count from. What people and desks have been told, such as when an incident opened, is not
 * among them: it stays as it was told, and nothing is measured or ordered by it.
 */

type Move = (at: number) => number;

/**
 * The clock was set, forward or back, by so much: every instant moves with it, so that what has lasted ten seconds has
 * still lasted ten seconds. Opening hours are the new clock's. All is looked at again at the next tick, and not before:
 * what waits to be read is heard first.
 */
export function followClock(byMs: number, turn: Turn): void {
  for (const store of turn.state.stores.values()) {
    moveStore(store, (at) => at + byMs);
    for (const open of store.incidents.values()) moveFigures(store, open, byMs, turn);
    store.open = store.calendar?.isOpen(turn.now) ?? true;
    store.calmUntil = 0;
    turn.state.due.set(store, turn.now);
    noteChange(turn, store);
  }
}

/** What was kept by a clock that was ahead of this one began now at the latest: it lasts too long by that, not for ever. */
export function endFuture(turn: Turn): void {
  for (const store of turn.state.stores.values()) {
    moveStore(store, (at) => Math.min(at, turn.now));
    for (const open of store.incidents.values()) {
      endFutureLoss(open, turn.now);
      endFutureClocks(open, turn.now);
    }
  }
}

/** What is counted goes on from the new time, and whoever counts along is told so. */
function moveFigures(store: StoreEntry, open: OpenIncident, byMs: number, turn: Turn): void {
  const { loss, clocks } = open.incident;
  moveLoss(store, open, byMs, turn);
  moveClocks(store, open, byMs, turn);
  if (loss || clocks) noteIncident(turn, open);
}

function moveStore(store: StoreEntry, move: Move): void {
  store.silentSince = moved(store.silentSince, move);
  store.spokeAt = moved(store.spokeAt, move);
  store.windowsSavedAt = moved(store.windowsSavedAt, move);
  store.learntSavedAt = moved(store.learntSavedAt, move);
  if (store.quiet) store.quiet.soldAt = moved(store.quiet.soldAt, move);
  const since = moved(store.tile.since, move);
  if (since !== store.tile.since) store.tile = { ...store.tile, since };
  for (const device of store.devices) moveDevice(device, move);
  if (store.whole) moveDevice(store.whole, move);
  for (const open of store.incidents.values()) moveIncident(open, move);
  for (const open of store.ended.values()) moveIncident(open, move);
}

function moveDevice(device: DeviceEntry, move: Move): void {
  device.since = moved(device.since, move);
  device.heardAt = moved(device.heardAt, move);
  device.reportAt = moved(device.reportAt, move);
  device.confirmBy = moved(device.confirmBy, move);
  device.offlineAt = moved(device.offlineAt, move);
  device.shownSince = moved(device.shownSince, move);
  if (device.battery) device.battery = movedSpell(device.battery, move);
  if (device.backup) device.backup = movedSpell(device.backup, move);
  for (const alert of device.alerts?.values() ?? []) moveAlert(alert, move);
  for (const ring of device.rings?.values() ?? []) ring.changedAt = moved(ring.changedAt, move);
  for (const series of device.series ?? []) {
    series.heardAt = moved(series.heardAt, move);
    if (series.samples) moveSamples(series.samples, (at) => moved(at, move));
  }
  for (const watch of device.watches ?? []) watch.sampledAt = moved(watch.sampledAt, move);
  for (const usual of device.usuals ?? []) {
    usual.heardAt = moved(usual.heardAt, move);
    if (usual.samples) moveSamples(usual.samples, (at) => moved(at, move));
  }
  if (device.sales) {
    device.sales.heardAt = moved(device.sales.heardAt, move);
    device.sales.soldAt = moved(device.sales.soldAt, move);
  }
}

const movedSpell = (spell: Spell, move: Move): Spell => ({
  ...spell,
  from: moved(spell.from, move),
  until: moved(spell.until, move),
  saidAt: moved(spell.saidAt, move),
});

function moveAlert(alert: Alert, move: Move): void {
  alert.faultSince = moved(alert.faultSince, move);
  alert.clearSince = moved(alert.clearSince, move);
  // From the moment it fires, its incident has told since when.
  if (alert.view.state !== 'pending') return;
  const since = moved(alert.view.since, move);
  if (since !== alert.view.since) alert.view = { ...alert.view, since };
}

function moveIncident(open: OpenIncident, move: Move): void {
  open.quietSince = moved(open.quietSince, move);
  open.lostAt = moved(open.lostAt, move);
  if (open.endedAt !== undefined) open.endedAt = moved(open.endedAt, move);
  const { proof } = open;
  if (proof) open.proof = { ...proof, from: moved(proof.from, move), to: moved(proof.to, move) };
}

/** 0 says that nothing is counted, and goes on saying so; nothing else becomes it. */
const moved = (at: number, move: Move): number => (at === 0 ? 0 : Math.max(1, move(at)));
