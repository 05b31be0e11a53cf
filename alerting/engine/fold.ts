import type { Reason } from '../../protocol/reasons.ts';
import { flappingRingOf } from './damp.ts';
import { groupIncidentOf, memberIncidents } from './evaluate-composite.ts';
import { gravestFirst, nameGravest } from './gravest.ts';
import { isStoreInMaintenance } from './maintenance/suppress.ts';
import { type Cause, changeCause, joinIncident, mergeIncident, nameCause, openIncident } from './plan.ts';
import { isHeard } from './presence.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { isProven, silenceOf } from './store-evidence.ts';
import { noteChange } from './turn.ts';

/*
 * First form of folding: within one store. A store of which two devices or more are known, and none is heard, is one
 * cause; so are devices that fell silent within the settle window of each other, as when the power or a switch fails.
 * Everything else is one cause per device.
 */

/** Notes whether anything at all is heard from the store. */
export function noteSilence(store: StoreEntry, turn: Turn): void {
  const known = store.devices.filter(({ presence }) => presence !== 'unseen');
  const silent = known.length >= 2 && !known.some(isHeard);
  if (silent === store.silentSince > 0) return;
  store.silentSince = silent ? turn.now : 0;
  store.spokeAt = silent ? 0 : turn.now;
  noteChange(turn, store);
}

/**
 * Until when a silent device waits to see whether the store shares its cause: the first of those that fell together
 * waits for nothing, so that a ticket is never late; the others for the settle window, so that they don't each have one.
 */
export function heldUntil(device: DeviceEntry, settleS: number): number {
  const { store } = device;
  if (store.silentSince > 0) return confirmedAt(store);
  const index = store.devices.indexOf(device);
  const isFirst = !store.devices.some((other, at) => {
    const earlier = other.since < device.since || (other.since === device.since && at < index);
    return isGone(other) && earlier && device.since - other.since <= settleS * 1000;
  });
  return isFirst ? 0 : device.since + settleS * 1000;
}

/** When fold has to look at the store again. */
export function foldDueAt(store: StoreEntry, now: number, graceS: number): number {
  const confirmAt = store.silentSince > 0 ? confirmedAt(store) : Number.POSITIVE_INFINITY;
  const narrowAt =
    store.incidents.has(store.key) && store.spokeAt > 0 ? store.spokeAt + graceS * 1000 : Number.POSITIVE_INFINITY;
  return Math.min(...[confirmAt, narrowAt].filter((at) => at > now), Number.POSITIVE_INFINITY);
}

/** Gives every alert that began to fire its incident, and corrects the causes of those that are open. */
export function foldStore(store: StoreEntry, turn: Turn): void {
  if (!isSilenceConfirmed(store, turn.now)) narrow(store, turn);
  else if (!isStoreInMaintenance(store, turn.now)) widen(store, turn);
  const fired = gravestFirst(turn.fired.splice(0));
  // What stands for several first, so that none of them opens its own.
  for (const alert of fired) if (alert.device === store.whole) placeGroup(store, alert, turn);
  for (const alert of fired) if (alert.device !== store.whole) place(store, alert, turn);
  nameGravest(store, turn);
  explain(store, turn);
}

function place(store: StoreEntry, alert: Alert, turn: Turn): void {
  const isSilence = alert.rule.type === 'silence';
  const isWhole = isSilence && isSilenceConfirmed(store, turn.now);
  const sharing = isWhole
    ? store.incidents.get(store.key)
    : (holderOf(store, alert) ??
      groupIncidentOf(alert) ??
      (isSilence ? companionOf(store, alert, turn) : undefined) ??
      store.incidents.get(alert.device.key));
  if (!sharing) {
    openIncident(store, isWhole ? storeCause(store) : deviceCause(alert), alert, turn);
    return;
  }
  joinIncident(sharing, alert, turn);
  const { kind, target } = sharing.incident.cause;
  const isAnothers = kind === 'device' && target !== alert.device.key;
  if (isSilence && isAnothers && !store.incidents.has(store.key)) {
    changeCause(store, sharing, togetherCause(store, sharing), turn);
  }
}

/**
 * A group is the store's incident, also where that is open already. Its members' own were the same cause: the oldest becomes
 * the group's, the others go into it.
 */
function placeGroup(store: StoreEntry, alert: Alert, turn: Turn): void {
  const own = memberIncidents(store, alert).sort((a, b) => a.order - b.order);
  const known = holderOf(store, alert) ?? store.incidents.get(store.key) ?? own[0];
  if (!known) {
    openIncident(store, groupCause(store, alert), alert, turn);
    return;
  }
  if (known === own[0]) changeCause(store, known, groupCause(store, alert), turn);
  joinIncident(known, alert, turn);
  for (const open of own) if (open !== known) mergeIncident(store, open, known, turn);
}

/** The open incident of a device that fell silent within the settle window of this one, and is still gone. */
function companionOf(store: StoreEntry, { device }: Alert, turn: Turn): OpenIncident | undefined {
  const windowMs = turn.state.pack.settleS * 1000;
  const fellWith = (other: DeviceEntry) =>
    other !== device && isGone(other) && Math.abs(other.since - device.since) <= windowMs;
  for (const other of store.devices) {
    if (!fellWith(other)) continue;
    for (const { rule, incident } of other.alerts?.values() ?? [])
      if (rule.type === 'silence' && incident) return incident;
  }
  return undefined;
}

/** The silence turned out to be the whole store's: what opened for single devices meanwhile was the same cause. */
function widen(store: StoreEntry, turn: Turn): void {
  const partial = store.incidents.get(store.key);
  if (partial && (isTogether(partial) || partial.incident.fold.code === 'fold.group'))
    changeCause(store, partial, storeCause(store), turn);
  const together = fellTogether(store, turn.state.pack.settleS);
  const sights = store.devices
    .filter((device) => together.has(device))
    .map((device) => ({ device, open: store.incidents.get(device.key) }))
    .filter(({ device, open }) => open && open.incident.cause.rule === device.judged.silence?.id)
    .map(({ open }) => open as OpenIncident)
    .sort((a, b) => a.order - b.order);
  for (const sight of sights) {
    const whole = store.incidents.get(store.key);
    if (whole) mergeIncident(store, sight, whole, turn);
    else changeCause(store, sight, storeCause(store), turn);
  }
}

/** The store is heard again but for one device, which therefore was, or has become, a cause of its own. */
function narrow(store: StoreEntry, turn: Turn): void {
  const whole = store.incidents.get(store.key);
  const isGroup = [...(store.whole?.alerts?.values() ?? [])].some(({ incident }) => incident === whole);
  if (!whole || isGroup || store.silentSince > 0 || turn.now < store.spokeAt + turn.state.pack.graceS * 1000) return;
  const firing = store.devices
    .flatMap((device) => [...(device.alerts?.values() ?? [])])
    .filter((alert) => alert.incident === whole);
  const [alert] = firing;
  if (!alert || alert.clearSince > 0 || firing.some(({ device }) => device !== alert.device)) return;
  if (!store.incidents.has(alert.device.key)) changeCause(store, whole, deviceCause(alert), turn);
}

/** Devices that fell silent one after the other, never more than the settle window apart, up to the last that did. */
function fellTogether(store: StoreEntry, settleS: number): Set<DeviceEntry> {
  const gone = store.devices.filter(isGone).sort((a, b) => b.since - a.since);
  const together = new Set<DeviceEntry>();
  let since = gone[0]?.since ?? 0;
  for (const device of gone) {
    if (since - device.since > settleS * 1000) break;
    together.add(device);
    since = device.since;
  }
  return together;
}

function storeCause(store: StoreEntry): Cause {
  const devices = store.devices.filter(({ presence }) => presence !== 'unseen').length;
  return {
    kind: 'store',
    target: store.key,
    reason: silenceOf(store),
    fold: { code: 'fold.store-silent', params: { devices } },
  };
}

/** Where the gateway saw each of them leave the store's network, they share what leads to it. */
function togetherCause(store: StoreEntry, open: OpenIncident): Cause {
  const lost = silentOf(store, open);
  const isOffLan = lost.length >= 2 && lost.every(({ reason }) => reason.code === 'presence.off-lan');
  const reason: Reason = { code: isOffLan ? 'fold.off-lan-together' : 'fold.fell-together' };
  return { kind: 'store', target: store.key, reason, fold: reason };
}

function groupCause(store: StoreEntry, { view: { reason } }: Alert): Cause {
  return { kind: 'store', target: store.key, reason, fold: { ...reason, code: 'fold.group' } };
}

function deviceCause({ device, view }: Alert): Cause {
  return { kind: 'device', target: device.key, reason: view.reason, fold: { code: 'fold.alone' } };
}

/** What a gateway saw may come after the incident opened: it names its cause, once, and the ticket is told. */
function explain(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const { cause } = open.incident;
    if (cause.reason.code === 'presence.flapping') continue;
    if (isTogether(open)) {
      const { reason, fold } = togetherCause(store, open);
      const isNews = reason.code === 'fold.off-lan-together' && cause.reason.code !== reason.code;
      if (isNews) nameCause(open, { reason, fold }, turn);
      continue;
    }
    const device = silentOf(store, open).find(
      ({ key, judged }) => key === cause.target && judged.silence?.id === cause.rule,
    );
    if (!device || !isGone(device) || !isProven(device.reason) || device.reason.code === cause.reason.code) continue;
    nameCause(open, { reason: device.reason, fold: open.incident.fold }, turn);
  }
}

/** The devices whose silence is part of the incident. */
function silentOf(store: StoreEntry, open: OpenIncident): DeviceEntry[] {
  return store.devices.filter(({ alerts }) => {
    for (const { rule, incident } of alerts?.values() ?? [])
      if (rule.type === 'silence' && incident === open) return true;
    return false;
  });
}

const isTogether = ({ incident: { fold } }: OpenIncident): boolean =>
  fold.code === 'fold.fell-together' || fold.code === 'fold.off-lan-together';

/** The open incident this very alert belonged to before it cleared. */
function holderOf(store: StoreEntry, alert: Alert): OpenIncident | undefined {
  for (const open of store.incidents.values()) if (open.alerts.has(alert.view.key)) return open;
  return undefined;
}

const isGone = ({ presence }: DeviceEntry): boolean => presence !== 'online' && presence !== 'unseen';

/**
 * A blip of everything at once is no cause yet: the silence has to last as long as the most impatient rule asks. Blip after
 * blip of everything is one.
 */
function confirmedAt(store: StoreEntry): number {
  const judged = store.devices.filter(({ presence, judged }) => presence !== 'unseen' && judged.silence);
  if (judged.length > 0 && judged.every(flappingRingOf)) return store.silentSince;
  let forS = Number.POSITIVE_INFINITY;
  for (const { judged } of store.devices) if (judged.silence) forS = Math.min(forS, judged.silence.forS);
  return store.silentSince + (forS === Number.POSITIVE_INFINITY ? 0 : forS * 1000);
}

function isSilenceConfirmed(store: StoreEntry, now: number): boolean {
  return store.silentSince > 0 && now >= confirmedAt(store);
}
