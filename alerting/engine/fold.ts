import { isBeneath, isGone, mayFollow, rootOf, takesAlong } from './blame.ts';
import { flappingRingOf } from './damp.ts';
import { countingGroupOf, groupIncidentOf, memberIncidents, standingOf } from './evaluate-composite.ts';
import { deadWayOf, takeToBackup } from './fold-backup.ts';
import { countBeneath, deviceCause, groupCause, sharedCause, storeCause, togetherCause } from './fold-causes.ts';
import { explain, leftOver, narrow, narrowAt, raise, takeReserves, widen } from './fold-correct.ts';
import { byAge, firingIn, higherBlame, higherOf, isLost, sightOf, silentOf } from './fold-sight.ts';
import { gravestFirst, nameGravest } from './gravest.ts';
import { isStoreWorkedOn, isTakenByWork } from './maintenance/taken.ts';
import { type Cause, changeCause, joinIncident, mergeIncident, nameCause, openIncident } from './plan.ts';
import { isHeard } from './presence.ts';
import { takeoverMs, tellsOf } from './reserves.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteChange } from './turn.ts';

/*
 * Folding within one store. A store of which two devices or more are known, and none is heard, is one cause. Of a part of
 * it, the cause is the mains or the way out where those have failed, or the highest failed thing of its tree; devices
 * that fell within the settle window of each other, with nothing above them to explain it, are one cause too. Everything
 * else is one cause per device.
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
 * What fell beneath a device does not make that one wait; what may have fallen with something above waits for that.
 * What planned work takes along waits for its end.
 */
export function heldUntil(device: DeviceEntry, settleS: number, now: number): number {
  const { store } = device;
  const settleMs = settleS * 1000;
  if (isTakenByWork(device, settleMs, now)) return Number.POSITIVE_INFINITY;
  if (store.silentSince > 0) return confirmedAt(store);
  if (device.parents.length > 0) {
    if (rootOf(device, settleMs) !== device) return 0;
    if (mayFollow(device, settleMs)) return device.since + settleMs;
  }
  const index = store.devices.indexOf(device);
  const isFirst = !store.devices.some((other, at) => {
    const earlier = other.since < device.since || (other.since === device.since && at < index);
    return (
      isGone(other) &&
      earlier &&
      device.since - other.since <= settleMs &&
      !(device.carries && isBeneath(other, device))
    );
  });
  return isFirst ? 0 : device.since + settleMs;
}

/** When fold has to look at the store again. */
export function foldDueAt(store: StoreEntry, now: number, graceS: number): number {
  const confirmAt = store.silentSince > 0 ? confirmedAt(store) : Number.POSITIVE_INFINITY;
  let dueAt = confirmAt > now ? confirmAt : Number.POSITIVE_INFINITY;
  for (const open of store.incidents.values()) {
    if (!leftOver(store, open)) continue;
    const at = narrowAt(store, open, graceS);
    if (at > now && at < dueAt) dueAt = at;
  }
  return dueAt;
}

/** Gives every alert that began to fire its incident, and corrects the causes of those that are open. */
export function foldStore(store: StoreEntry, turn: Turn): void {
  const { settleMs } = sightOf(store, turn);
  const isWhole = isSilenceConfirmed(store, turn.now);
  if (!isWhole) {
    takeToBackup(store, turn);
    narrow(store, turn);
    raise(store, turn);
  } else if (!isStoreWorkedOn(store, settleMs, turn.now)) widen(store, turn);
  const placing = takeFired(store, turn);
  const isPlacing = placing.length > 0;
  const fired = Map.groupBy(gravestFirst(placing), ({ device }) => {
    if (device === store.whole) return 'group';
    if (rootOf(device, settleMs) !== device) return 'beneath';
    return takesAlong(device, settleMs) ? 'root' : 'alone';
  });
  // What is at the root opens the incident of what hangs on it, and of a group that hangs on it; any other group stands for
  // its members, so that none of them opens its own.
  for (const alert of fired.get('root') ?? []) place(store, alert, turn);
  for (const alert of fired.get('beneath') ?? []) place(store, alert, turn);
  const groups = fired.get('group') ?? [];
  const waiting = groups.filter((alert) => !placeGroup(store, alert, turn));
  for (const alert of fired.get('alone') ?? []) place(store, alert, turn);
  for (const alert of waiting)
    if (!placeGroup(store, alert, turn)) openIncident(store, groupCause(store, alert), alert, turn);
  if (isPlacing && !isWhole) {
    raise(store, turn);
    narrow(store, turn);
  }
  nameGravest(store, turn);
  for (const open of store.incidents.values()) countBeneath(store, open, turn);
  explain(store, turn);
}

/** The store's alerts that began to fire, in its inventory's order: in which order they were heard decides nothing. */
function takeFired(store: StoreEntry, { fired }: Turn): Alert[] {
  const all = fired.splice(0);
  fired.push(...all.filter(({ device }) => device.store !== store));
  const mine = all.filter(({ device }) => device.store === store);
  return mine.length < 2
    ? mine
    : mine.sort((a, b) => store.devices.indexOf(a.device) - store.devices.indexOf(b.device));
}

function place(store: StoreEntry, alert: Alert, turn: Turn): void {
  const isSilence = alert.rule.type === 'silence';
  if (isSilence && isSilenceConfirmed(store, turn.now)) {
    const cause = storeCause(store);
    takeReserves(store, cause, turn);
    const whole = store.incidents.get(store.key);
    if (whole) joinIncident(whole, alert, turn);
    else openIncident(store, cause, alert, turn);
    return;
  }
  const higher = higherOf(alert, turn);
  const cause = higher && sharedCause(store, higher, [alert.device]);
  const companion = isSilence && !cause ? companionOf(store, alert, turn) : undefined;
  const sharing =
    holderOf(store, alert) ??
    groupOf(alert) ??
    (cause && store.incidents.get(cause.target)) ??
    companion ??
    reserveOf(store, alert) ??
    deadWayOf(store, alert) ??
    (cause ? undefined : (store.incidents.get(alert.device.key) ?? peerOf(store, alert)));
  if (!sharing) {
    openIncident(store, cause ?? ownCause(store, alert, turn), alert, turn);
    return;
  }
  joinIncident(sharing, alert, turn);
  const { kind, target } = sharing.incident.cause;
  const isAnothers = kind === 'device' && target !== alert.device.key;
  if (sharing === companion && isAnothers && !store.incidents.has(store.key)) {
    changeCause(store, sharing, togetherCause(store, silentOf(store, sharing)), turn);
  } else if (isAnothers && !isSilence && !cause) shareWithGroup(store, sharing, alert, turn);
}

/**
 * The open incident of another member of the alert's group on which the same check or reading fails: what fails on two of those
 * that a rule sees as a group is what they share, long before there are enough of them to raise it.
 */
function peerOf(store: StoreEntry, alert: Alert): OpenIncident | undefined {
  if (!countingGroupOf(alert)) return undefined;
  const { rule, instance } = alert.view;
  const isSame = ({ device, view }: Alert) =>
    device !== alert.device && view.rule === rule && view.instance === instance;
  return byAge(store).find(
    (open) =>
      (open.incident.cause.rule === rule || open.incident.fold.code === 'fold.group') &&
      firingIn(store, open).some(isSame),
  );
}

/** A second member has joined the incident of the first: it is the group's, unless the store has another one. */
function shareWithGroup(store: StoreEntry, open: OpenIncident, alert: Alert, turn: Turn): void {
  const group = countingGroupOf(alert);
  if (!group || open.incident.cause.rule !== alert.rule.id || store.incidents.has(store.key)) return;
  const reason = standingOf(store, group, turn);
  const fold = { ...reason, code: 'fold.group' } as const;
  changeCause(store, open, { kind: 'store', target: store.key, rule: group.id, reason, fold }, turn);
}

/** The incident of a group the alert is a part of, where that has no higher cause, which need not be the alert's. */
function groupOf(alert: Alert): OpenIncident | undefined {
  const group = groupIncidentOf(alert);
  return group?.incident.cause.kind === 'store' || group?.incident.fold.code === 'fold.group' ? group : undefined;
}

/** The open incident of what all members of a group that are gone hang on. */
function incidentAbove(store: StoreEntry, { rule }: Alert, turn: Turn): OpenIncident | undefined {
  const { settleMs } = sightOf(store, turn);
  const roots = new Set<DeviceEntry>();
  for (const device of store.devices) {
    if (!device.judged.rules.has(rule) || !isGone(device)) continue;
    const root = rootOf(device, settleMs);
    if (root === device) return undefined;
    roots.add(root);
  }
  return byAge(store).find(({ incident }) => [...roots].some(({ key }) => key === incident.cause.target));
}

/**
 * A group is the store's incident, also where one of its members is part of that already. Its members' own were the same
 * cause: the oldest becomes the group's, the others go into it. Where all of them are beneath something else that failed, so
 * is the group; where the store has another incident, it is named in that of its oldest member.
 * @returns false where the store's incident is another cause, and no member has one yet.
 */
function placeGroup(store: StoreEntry, alert: Alert, turn: Turn): boolean {
  const own = memberIncidents(store, alert).sort((a, b) => a.order - b.order);
  const whole = store.incidents.get(store.key);
  const isOurs = whole !== undefined && holdsMember(store, whole, alert);
  const known = holderOf(store, alert) ?? (isOurs ? whole : undefined) ?? own[0] ?? incidentAbove(store, alert, turn);
  if (!known && whole) return false;
  if (!known) {
    openIncident(store, groupCause(store, alert), alert, turn);
    return true;
  }
  if (known === own[0]) {
    const cause = groupCause(store, alert);
    if (whole && whole !== known) nameCause(known, cause, turn);
    else changeCause(store, known, cause, turn);
  } else if (known === whole && known.incident.cause.rule === alert.rule.id) {
    // Its first members had opened it, before there were enough of them.
    nameCause(known, groupCause(store, alert), turn);
  }
  joinIncident(known, alert, turn);
  for (const open of own) if (open !== known) mergeIncident(store, open, known, turn);
  return true;
}

/** Whether something that fires on a member of the group is part of the incident. */
const holdsMember = (store: StoreEntry, open: OpenIncident, { rule }: Alert): boolean =>
  firingIn(store, open).some(({ device }) => device.judged.rules.has(rule));

/** The device itself, with what it has taken along already. */
function ownCause(store: StoreEntry, alert: Alert, turn: Turn): Cause {
  const { device, rule } = alert;
  const { settleMs } = sightOf(store, turn);
  const taken =
    rule.type === 'silence' ? store.devices.filter((one) => isLost(one) && rootOf(one, settleMs) === device) : [];
  return taken.length > 1 ? sharedCause(store, { kind: 'device', device }, taken) : deviceCause(alert);
}

/**
 * The open incident of a device that fell silent within the settle window of this one, and is still gone. What took
 * others along is a cause of its own, and so is each of two devices that hang on nothing in common.
 */
function companionOf(store: StoreEntry, { device }: Alert, turn: Turn): OpenIncident | undefined {
  const sight = sightOf(store, turn);
  const isLeaf = (other: DeviceEntry) => !higherBlame(other, sight) && !takesAlong(other, sight.settleMs);
  if (!isLeaf(device)) return undefined;
  let first: DeviceEntry | undefined;
  let sharing: OpenIncident | undefined;
  for (const other of store.devices) {
    const fell = isGone(other) && Math.abs(other.since - device.since) <= sight.settleMs;
    if (other === device || !fell || !isLeaf(other)) continue;
    const isPair = first === undefined && areApart(device, other);
    first ??= other;
    sharing ??= silenceIncidentOf(other);
    if (sharing && !isPair) return sharing;
  }
  return undefined;
}

function silenceIncidentOf({ alerts }: DeviceEntry): OpenIncident | undefined {
  for (const { rule, incident } of alerts?.values() ?? [])
    if (rule.type === 'silence' && incident && !incident.split) return incident;
  return undefined;
}

/** Whether two devices are known to hang on different things. */
const areApart = (one: DeviceEntry, two: DeviceEntry): boolean =>
  one.parents.length > 0 && two.parents.length > 0 && !one.parents.some((parent) => two.parents.includes(parent));

/** That a UPS runs on its battery, or the store on its backup link, is part of the outage it has become. */
function reserveOf(store: StoreEntry, alert: Alert): OpenIncident | undefined {
  const whole = store.incidents.get(store.key);
  if (!whole) return undefined;
  const { code } = whole.incident.cause.reason;
  if (code === 'store.power-cut' && tellsOf(alert, 'battery')) return whole;
  return code === 'store.wan-cut' && tellsOf(alert, 'backup') ? whole : undefined;
}

/** The open incident this very alert belonged to before it cleared. */
function holderOf(store: StoreEntry, alert: Alert): OpenIncident | undefined {
  for (const open of store.incidents.values()) if (open.alerts.has(alert.view.key)) return open;
  return undefined;
}

/**
 * A blip of everything at once is no cause yet: the silence has to last as long as the most impatient rule asks. Blip after
 * blip of everything is one. Where there is a backup link, it has the time to take over.
 */
function confirmedAt(store: StoreEntry): number {
  const judged = store.devices.filter(({ presence, judged }) => presence !== 'unseen' && judged.silence);
  if (judged.length > 0 && judged.every(flappingRingOf)) return store.silentSince;
  let forS = Number.POSITIVE_INFINITY;
  for (const { judged } of store.devices) if (judged.silence) forS = Math.min(forS, judged.silence.forS);
  return store.silentSince + Math.max(forS === Number.POSITIVE_INFINITY ? 0 : forS * 1000, takeoverMs(store));
}

function isSilenceConfirmed(store: StoreEntry, now: number): boolean {
  return store.silentSince > 0 && now >= confirmedAt(store);
}
