import { findAlert } from './alerts.ts';
import { isHeard } from './presence.ts';
import type { Alert, DeviceEntry } from './state.ts';
import { isProven } from './store-evidence.ts';

/*
 * What the loss of a device comes from, by what else of its store is gone: the mains, every link of the store, or the
 * highest failed thing that it hangs on. All of it is read from what is, not from the order in which it was seen.
 */

/** `source`: what tells of the mains, or feeds what fell. */
export type Blame =
  | { kind: 'power'; source: DeviceEntry }
  | { kind: 'wan' }
  /** The device itself where nothing above it has failed. */
  | { kind: 'device'; device: DeviceEntry };

/**
 * What the losses of a store are seen by. `settleMs`: how far apart what fell together may be seen to fall; `graceMs`: how
 * long before the UPS itself says so.
 */
export interface Sight {
  settleMs: number;
  graceMs: number;
  now: number;
  /** Devices of the store that tell of a battery in use, or lately used. */
  batteries: readonly DeviceEntry[];
}

export const isGone = ({ presence }: DeviceEntry): boolean => presence !== 'online' && presence !== 'unseen';

/** What a device that is gone is lost by. */
export function blameOf(device: DeviceEntry, sight: Sight): Blame {
  const root = rootOf(device, sight.settleMs);
  const source = powerOf(device, sight) ?? (root === device ? undefined : powerOf(root, sight));
  if (source) return { kind: 'power', source };
  return isWanCut(root, sight) ? { kind: 'wan' } : { kind: 'device', device: root };
}

/** The highest failed thing a device that is gone hangs on; itself where there is none. */
export const rootOf = (device: DeviceEntry, settleMs: number): DeviceEntry =>
  failedAbove(device, lossOf(device), settleMs, []) ?? device;

/** The highest failed thing that keeps a fault of a device that is not gone from being a fault of its own. */
export function hiddenBy({ device, faultSince, view }: Alert, settleMs: number): DeviceEntry | undefined {
  const since = faultSince || view.since;
  return failedAbove(device, { since, heardAt: device.heardAt }, settleMs, []);
}

/** Whether something a device hangs on is gone as well, confirmed or not, and may have taken it along. */
export function mayFollow(device: DeviceEntry, settleMs: number): boolean {
  const isTaken = (from: DeviceEntry, passed: readonly DeviceEntry[]): boolean =>
    from.parents.some(
      (parent) =>
        !passed.includes(parent) &&
        (parent.presence === 'unseen'
          ? isTaken(parent, [...passed, parent])
          : isGone(parent) && tookAlong(parent, device, settleMs)),
    );
  return isTaken(device, []);
}

/** Whether one device hangs on another, near or far. */
export function isBeneath(device: DeviceEntry, above: DeviceEntry): boolean {
  const open = [...device.parents];
  const passed = new Set<DeviceEntry>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === above) return true;
    if (passed.has(at)) continue;
    passed.add(at);
    open.push(...at.parents);
  }
  return false;
}

/** Whether a device is gone for good, as far as rules judge it. */
function isFailed(device: DeviceEntry): boolean {
  const { silence } = device.judged;
  return isGone(device) && (!silence || findAlert(device, silence, '')?.view.state === 'firing');
}

interface Loss {
  since: number;
  heardAt: number;
}

/** Of what is switched off and nobody misses yet. */
const UNMISSED: Loss = { since: Number.POSITIVE_INFINITY, heardAt: Number.NEGATIVE_INFINITY };

/**
 * When a device was lost. What is switched off is lost once it is missed, as a till is in the morning: it cannot come back
 * while what it hangs on is gone, whichever of the two went first.
 */
export function lossOf(device: DeviceEntry): Loss {
  if (device.presence !== 'stopped') return device;
  const { silence } = device.judged;
  const told = silence && findAlert(device, silence, '');
  return told?.incident ? { ...UNMISSED, since: told.faultSince } : UNMISSED;
}

/**
 * The child failed neither clearly before its parent was last heard, nor was it heard after the parent was gone: that
 * one would not be its way then.
 */
export const tookAlong = (parent: Loss, child: Loss, settleMs: number): boolean =>
  child.since >= parent.heardAt - settleMs && child.heardAt <= parent.since + settleMs;

/**
 * What has failed above a place of the tree, the highest. Redundant parents hide what hangs on them when all have failed:
 * the last one took it along. One that is never heard, such as a switch that tells nothing, has failed when all that
 * hangs on it fell together.
 */
function failedAbove(
  at: DeviceEntry,
  child: Loss,
  settleMs: number,
  passed: readonly DeviceEntry[],
): DeviceEntry | undefined {
  if (at.parents.length === 0 || passed.includes(at)) return undefined;
  const below = [...passed, at];
  let last: DeviceEntry | undefined;
  for (const parent of at.parents) {
    let failed: DeviceEntry | undefined;
    if (parent.presence === 'unseen') {
      failed = failedAbove(parent, child, settleMs, below) ?? (isDark(parent, settleMs) ? parent : undefined);
    } else if (isFailed(parent)) failed = parent;
    if (!failed) return undefined;
    if (!last || failed.since > last.since) last = failed;
  }
  if (!last || (last.presence !== 'unseen' && !tookAlong(last, child, settleMs))) return undefined;
  if (last.presence === 'unseen') return last;
  return failedAbove(last, last, settleMs, below) ?? last;
}

/** What tells that a device that is gone has lost its power. */
const powerOf = (device: DeviceEntry, sight: Sight): DeviceEntry | undefined =>
  mainsOf(device, sight) ?? groupOf(device, sight);

/** Whether all that hangs on a device nobody watches fell together, while the store is heard elsewhere. */
function isDark(device: DeviceEntry, settleMs: number): boolean {
  const known = device.store.devices.filter((other) => other.presence !== 'unseen' && other !== device);
  const beneath = known.filter((other) => isBeneath(other, device));
  const elsewhere = known.some((other) => !beneath.includes(other) && isHeard(other));
  return elsewhere && beneath.length >= 2 && beneath.every(isFailed) && fellAtOnce(beneath, settleMs);
}

/** Whether there is a moment at which all of them can have failed. */
function fellAtOnce(devices: readonly Loss[], settleMs: number): boolean {
  const heardAt = Math.max(...devices.map((device) => device.heardAt));
  return heardAt <= Math.min(...devices.map(({ since }) => since)) + settleMs;
}

/** The UPS that was on its battery when the device fell, or was seen to be soon after. */
function mainsOf(device: DeviceEntry, { settleMs, graceMs, now, batteries }: Sight): DeviceEntry | undefined {
  if (!isGone(device) || isRunning(device)) return undefined;
  const { since } = lossOf(device);
  return batteries.find(({ battery }) => {
    if (!battery || since < battery.from - graceMs) return false;
    // What is still gone some time after the mains are back has another reason for it.
    return battery.until === 0 || (since <= battery.until + settleMs && now < battery.until + graceMs);
  });
}

/** What was seen in the store to run without its agent, or beyond its link, has its power. */
const isRunning = ({ reason }: DeviceEntry): boolean => isProven(reason) && reason.code !== 'presence.off-lan';

/** What feeds a device that fell together with all else it feeds. */
function groupOf(device: DeviceEntry, { settleMs }: Sight): DeviceEntry | undefined {
  const { store, definition } = device;
  const isSource = definition.kind === 'ups' || definition.kind === 'pdu';
  const name = definition.attributes?.power ?? (isSource ? definition.name : undefined);
  if (name === undefined) return undefined;
  const source = store.devices.find((other) => other.definition.name === name);
  if (!source) return undefined;
  const fed = store.devices.filter(
    (other) => other.definition.attributes?.power === name && other.presence !== 'unseen' && other !== source,
  );
  const isCut = fed.length >= 2 && fed.every((other) => isGone(other) && !isRunning(other));
  // The source goes with what it feeds, or stands there and tells that it does not.
  const all = source === device ? [...fed, source] : fed;
  return isCut && fellAtOnce(all, settleMs) ? source : undefined;
}

/** Whether a link of the store went together with all its others. */
function isWanCut({ store, definition }: DeviceEntry, { settleMs }: Sight): boolean {
  if (definition.attributes?.wan === undefined) return false;
  const links = store.devices.filter((other) => other.definition.attributes?.wan !== undefined);
  return links.length >= 2 && links.every(isFailed) && fellAtOnce(links, settleMs);
}

/** Whether other devices are lost by it. */
export const takesAlong = (device: DeviceEntry, settleMs: number): boolean =>
  device.carries &&
  device.store.devices.some((other) => other !== device && isGone(other) && rootOf(other, settleMs) === device);
