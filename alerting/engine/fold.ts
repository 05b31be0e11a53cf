import { findAlert } from './alerts.ts';
import {
  type Blame,
  blameOf,
  hiddenBy,
  isBeneath,
  isGone,
  mayFollow,
  rootOf,
  type Sight,
  takesAlong,
} from './blame.ts';
import { flappingRingOf } from './damp.ts';
import { groupIncidentOf, memberIncidents } from './evaluate-composite.ts';
import { countBeneath, deviceCause, groupCause, sharedCause, storeCause, togetherCause } from './fold-causes.ts';
import { gravestFirst, nameGravest } from './gravest.ts';
import { isStoreWorkedOn, isTakenByWork } from './maintenance/taken.ts';
import {
  type Cause,
  changeCause,
  joinIncident,
  mergeIncident,
  nameCause,
  openIncident,
  releaseAlerts,
} from './plan.ts';
import { isHeard } from './presence.ts';
import { tellsOf } from './reserves.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { isProven } from './store-evidence.ts';
import { noteChange, noteIncident } from './turn.ts';

/*
 * Folding within one store. A store of which two devices or more are known, and none is heard, is one cause. Of a part of
 * it, the cause is the mains or the way out where those have failed, or the highest failed thing of its tree; devices
 * that fell within the settle window of each other, with nothing above them to explain it, are one cause too. Everything
 * else is one cause per device. What is learned later corrects the incidents that are open: same key, same ticket.
 */

const sightOf = (store: StoreEntry, { state: { pack }, now }: Turn): Sight => ({
  settleMs: pack.settleS * 1000,
  graceMs: pack.graceS * 1000,
  now,
  batteries: store.devices.filter(({ battery }) => battery !== undefined),
});

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
    narrow(store, turn);
    raise(store, turn);
  } else if (!isStoreWorkedOn(store, settleMs, turn.now)) widen(store, turn);
  const isPlacing = turn.fired.length > 0;
  const fired = Map.groupBy(gravestFirst(turn.fired.splice(0)), ({ device }) => {
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
    (cause ? undefined : store.incidents.get(alert.device.key));
  if (!sharing) {
    openIncident(store, cause ?? ownCause(store, alert, turn), alert, turn);
    return;
  }
  joinIncident(sharing, alert, turn);
  const { kind, target } = sharing.incident.cause;
  const isAnothers = kind === 'device' && target !== alert.device.key;
  if (sharing === companion && isAnothers && !store.incidents.has(store.key)) {
    changeCause(store, sharing, togetherCause(store, silentOf(store, sharing)), turn);
  }
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
  }
  joinIncident(known, alert, turn);
  for (const open of own) if (open !== known) mergeIncident(store, open, known, turn);
  return true;
}

/** Whether something that fires on a member of the group is part of the incident. */
const holdsMember = (store: StoreEntry, open: OpenIncident, { rule }: Alert): boolean =>
  firingIn(store, open).some(({ device }) => device.judged.rules.has(rule));

/** What an alert comes from, where that is not its own device. */
function higherOf(alert: Alert, turn: Turn): Blame | undefined {
  const { device, rule } = alert;
  const sight = sightOf(device.store, turn);
  if (rule.type === 'silence') return higherBlame(device, sight);
  const above = hiddenBy(alert, sight.settleMs);
  return above && { kind: 'device', device: above };
}

function higherBlame(device: DeviceEntry, sight: Sight): Blame | undefined {
  const blame = blameOf(device, sight);
  return blame.kind === 'device' && blame.device === device ? undefined : blame;
}

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
  for (const { rule, incident } of alerts?.values() ?? []) if (rule.type === 'silence' && incident) return incident;
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

/** Raises open incidents to the higher causes that what is lost now has: what was seen first may not be what failed. */
function raise(store: StoreEntry, turn: Turn): void {
  if (store.incidents.size === 0) return;
  const sight = sightOf(store, turn);
  const lost = store.devices.filter(isLost).map((device) => ({ device, blame: blameOf(device, sight) }));
  const byTarget = Map.groupBy(lost, ({ blame }) => (blame.kind === 'device' ? blame.device.key : store.key));
  for (const [target, members] of byTarget) {
    const [{ blame } = { blame: undefined }] = members;
    const devices = members.map(({ device }) => device);
    if (!blame || (blame.kind === 'device' && devices.every(({ key }) => key === target))) continue;
    const cause = sharedCause(store, blame, devices);
    takeReserves(store, cause, turn);
    gather(store, cause, devices, turn);
  }
}

/** Brings under one cause what is open for the devices that share it. */
function gather(store: StoreEntry, cause: Cause, devices: readonly DeviceEntry[], turn: Turn): void {
  for (const open of byAge(store)) {
    const { cause: named } = open.incident;
    if (named.target === cause.target) {
      if (isShared(open) && cause.kind === 'store' && isWithin(store, open, devices)) {
        nameCause(open, cause, turn);
      }
      continue;
    }
    const silent = silentOf(store, open);
    const mine = silent.filter((device) => devices.includes(device));
    const isItself = named.kind === 'device' && mine.some(({ key }) => key === named.target);
    if (mine.length === 0 || !(isItself || isShared(open))) continue;
    if (isItself || isWithin(store, open, devices)) absorb(store, open, cause, turn);
    else if (isTogether(open)) split(store, open, cause, mine, turn);
  }
}

/** The incident is another sight of the cause: it becomes the cause's, or ends in the one that is open. */
function absorb(store: StoreEntry, open: OpenIncident, cause: Cause, turn: Turn): void {
  const into = store.incidents.get(cause.target);
  if (into) {
    mergeIncident(store, open, into, turn);
    return;
  }
  changeCause(store, open, cause, turn);
  noteIncident(turn, open, cause.fold);
}

/** Some of what fell together has a cause of its own: the incident stays with those that began it. */
function split(store: StoreEntry, open: OpenIncident, cause: Cause, mine: readonly DeviceEntry[], turn: Turn): void {
  const released = mine.flatMap((device) => releaseAlerts(open, device, turn));
  for (const alert of gravestFirst(released)) {
    const into = store.incidents.get(cause.target);
    if (into) joinIncident(into, alert, turn);
    else openIncident(store, cause, alert, turn);
  }
}

/** What only tells that a reserve is used is part of the cause, once that is spent. */
function takeReserves(store: StoreEntry, cause: Cause, turn: Turn): void {
  const { code } = cause.reason;
  const reserve = code === 'store.power-cut' ? 'battery' : code === 'store.wan-cut' ? 'backup' : undefined;
  if (!reserve) return;
  for (const open of byAge(store)) {
    const firing = firingIn(store, open);
    const tells = firing.length > 0 && firing.every((alert) => tellsOf(alert, reserve));
    if (tells && open.incident.cause.target !== cause.target) absorb(store, open, cause, turn);
  }
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
    .map(({ open }) => open as OpenIncident);
  // One that nobody watches is not among those that fell, what hangs on it is.
  const behind = [...store.incidents.values()].filter(
    (open) => open.incident.fold.code === 'fold.behind' && silentOf(store, open).some((one) => together.has(one)),
  );
  for (const sight of [...sights, ...behind].sort((a, b) => a.order - b.order)) {
    const whole = store.incidents.get(store.key);
    if (whole) mergeIncident(store, sight, whole, turn);
    else changeCause(store, sight, storeCause(store), turn);
  }
}

/** All is heard again but for one device, which therefore was, or has become, a cause of its own. */
function narrow(store: StoreEntry, turn: Turn): void {
  for (const open of byAge(store)) {
    const alert = leftOver(store, open);
    if (!alert || alert.clearSince > 0 || turn.now < narrowAt(store, open, turn.state.pack.graceS)) continue;
    if (!higherOf(alert, turn) && !store.incidents.has(alert.device.key))
      changeCause(store, open, deviceCause(alert), turn);
  }
}

/** What still fires of an incident whose cause is something else, if it is of one device. */
function leftOver(store: StoreEntry, open: OpenIncident): Alert | undefined {
  let only: string | undefined;
  for (const { state, device } of open.alerts.values()) {
    if (state !== 'firing' || device === only) continue;
    if (only !== undefined || device === open.incident.cause.target) return undefined;
    only = device;
  }
  return only === undefined ? undefined : firingIn(store, open)[0];
}

/** Until when what is left of an incident may still come back; Infinity while its cause lasts. */
function narrowAt(store: StoreEntry, open: OpenIncident, graceS: number): number {
  const { cause, fold } = open.incident;
  if (cause.kind === 'store') {
    if (store.silentSince > 0) return Number.POSITIVE_INFINITY;
    const isPart = fold.code === 'fold.power' || fold.code === 'fold.power-group' || fold.code === 'fold.wan';
    return Math.max(store.spokeAt, isPart ? Math.max(backAt(store, open), mainsBackAt(store)) : 0) + graceS * 1000;
  }
  const parent = store.devices.find(({ key }) => key === cause.target);
  return parent && isGone(parent) ? Number.POSITIVE_INFINITY : backAt(store, open) + graceS * 1000;
}

/** When the last of the devices of an incident that are back came back. */
function backAt(store: StoreEntry, { alerts }: OpenIncident): number {
  const told = new Set([...alerts.values()].map(({ device }) => device));
  const back = store.devices.filter(({ key, presence }) => told.has(key) && presence === 'online');
  return Math.max(0, ...back.map(({ since }) => since));
}

const mainsBackAt = ({ devices }: StoreEntry): number =>
  Math.max(0, ...devices.map(({ battery }) => battery?.until ?? 0));

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

/** What a gateway saw may come after the incident opened: it names its cause, once, and the ticket is told. */
function explain(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const { cause } = open.incident;
    if (cause.reason.code === 'presence.flapping') continue;
    if (isTogether(open)) {
      const { reason, fold } = togetherCause(store, silentOf(store, open));
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

/** Everything that fires as part of the incident. */
const firingIn = (store: StoreEntry, open: OpenIncident): Alert[] =>
  store.devices.flatMap((device) =>
    device.alerts === undefined ? [] : [...device.alerts.values()].filter(({ incident }) => incident === open),
  );

/** Whether a device is gone, and its silence fires. */
const isLost = (device: DeviceEntry): boolean => {
  const { silence } = device.judged;
  if (device.alerts === undefined || !silence || !isGone(device)) return false;
  return findAlert(device, silence, '')?.view.state === 'firing';
};

const byAge = (store: StoreEntry): OpenIncident[] => [...store.incidents.values()].sort((a, b) => a.order - b.order);

const isTogether = ({ incident: { fold } }: OpenIncident): boolean =>
  fold.code === 'fold.fell-together' || fold.code === 'fold.off-lan-together';

/** Whether several share the cause of an incident, and nothing told until now what that is. */
const isShared = (open: OpenIncident): boolean => isTogether(open) || open.incident.fold.code === 'fold.group';

/** Whether all that an incident holds, but for what stands for a group, is of these devices. */
const isWithin = (store: StoreEntry, open: OpenIncident, devices: readonly DeviceEntry[]): boolean =>
  isTogether(open)
    ? silentOf(store, open).every((device) => devices.includes(device))
    : firingIn(store, open).every(({ device }) => devices.includes(device)) && silentOf(store, open).length > 0;

/** The open incident this very alert belonged to before it cleared. */
function holderOf(store: StoreEntry, alert: Alert): OpenIncident | undefined {
  for (const open of store.incidents.values()) if (open.alerts.has(alert.view.key)) return open;
  return undefined;
}

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
