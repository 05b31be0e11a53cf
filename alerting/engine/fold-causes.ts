import type { Reason } from '../../protocol/reasons.ts';
import { type Blame, isBeneath } from './blame.ts';
import type { Cause } from './plan.ts';
import { onReserve } from './reserves.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { silenceOf } from './store-evidence.ts';
import { noteIncident } from './turn.ts';

/** The causes that folding names, with the evidence for each. */

/** Why nothing is heard from a store: what it had in reserve is spent, or what its gateway told last. */
export function darknessOf(store: StoreEntry): Reason {
  const ups = onReserve(store, 'battery');
  if (ups) return { code: 'store.power-cut', params: { source: ups.key } };
  const host = onReserve(store, 'backup');
  if (host) return { code: 'store.wan-cut', params: { device: host.key } };
  return silenceOf(store);
}

export function storeCause(store: StoreEntry): Cause {
  const reason = darknessOf(store);
  const devices = store.devices.filter(({ presence }) => presence !== 'unseen').length;
  const base = { kind: 'store', target: store.key, reason } as const;
  if (reason.code === 'store.power-cut') {
    const ups = onReserve(store, 'battery') as DeviceEntry;
    return { ...base, fold: powerFold(ups, devices, store.silentSince) };
  }
  if (reason.code === 'store.wan-cut') {
    const link = onReserve(store, 'backup')?.backup?.name;
    return { ...base, fold: { code: 'fold.wan', params: { devices, ...(link !== undefined && { link }) } } };
  }
  return { ...base, fold: { code: 'fold.store-silent', params: { devices } } };
}

/** Where the gateway saw each of them leave the store's network, they share what leads to it. */
export function togetherCause(store: StoreEntry, lost: readonly DeviceEntry[]): Cause {
  const isOffLan = lost.length >= 2 && lost.every(({ reason }) => reason.code === 'presence.off-lan');
  const reason: Reason = { code: isOffLan ? 'fold.off-lan-together' : 'fold.fell-together' };
  return { kind: 'store', target: store.key, reason, fold: reason };
}

export function deviceCause({ device, view }: Alert): Cause {
  return { kind: 'device', target: device.key, rule: view.rule, reason: view.reason, fold: { code: 'fold.alone' } };
}

export function groupCause(store: StoreEntry, { view: { reason } }: Alert): Cause {
  return { kind: 'store', target: store.key, reason, fold: { ...reason, code: 'fold.group' } };
}

/** The cause of devices that are lost by something else than themselves. */
export function sharedCause(store: StoreEntry, blame: Blame, lost: readonly DeviceEntry[]): Cause {
  const devices = lost.length;
  if (blame.kind === 'device') {
    const { device } = blame;
    const others = lost.filter((other) => other !== device);
    const fold = parentFold(device, others.length);
    // Of one that nobody watches, only what hangs on it tells.
    const reason = device.presence === 'unseen' ? fold : device.reason;
    const rule = device.presence === 'unseen' ? undefined : device.judged.silence?.id;
    return { kind: 'device', target: device.key, ...(rule !== undefined && { rule }), reason, fold };
  }
  const base = { kind: 'store', target: store.key } as const;
  if (blame.kind === 'wan') {
    return { ...base, reason: { code: 'store.wan-cut', params: {} }, fold: { code: 'fold.wan', params: { devices } } };
  }
  const { source } = blame;
  const reason: Reason = { code: 'store.power-cut', params: { source: source.key } };
  if (!source.battery)
    return { ...base, reason, fold: { code: 'fold.power-group', params: { source: source.key, devices } } };
  const since = Math.min(...lost.map((device) => device.since));
  return { ...base, reason, fold: powerFold(source, devices, since) };
}

/** Minutes on battery when the first of them fell. */
function powerFold({ key, battery }: DeviceEntry, devices: number, since: number): Reason {
  const minutes = Math.max(0, Math.floor((since - (battery?.from ?? since)) / 60_000));
  return { code: 'fold.power', params: { ups: key, minutes, devices } };
}

/** The parent, what fell with it, and where it hangs itself, where somebody will have to look. */
function parentFold(parent: DeviceEntry, devices: number): Reason {
  if (devices === 0) return { code: 'fold.alone' };
  const params: Record<string, string | number> = { parent: parent.key, devices };
  if (parent.presence === 'unseen') return { code: 'fold.behind', params };
  const [uplink] = parent.parents;
  if (uplink && parent.parentPort !== undefined) Object.assign(params, { uplink: uplink.key, port: parent.parentPort });
  return { code: parent.definition.kind === 'switch' ? 'fold.switch' : 'fold.parent', params };
}

const PARENT_FOLDS: ReadonlySet<string> = new Set(['fold.alone', 'fold.switch', 'fold.parent', 'fold.behind']);
const COUNTED_FOLDS: ReadonlySet<string> = new Set(['fold.power', 'fold.power-group', 'fold.wan']);

/** Says of an incident what has joined it: another kind of evidence is news, one device more is not. */
export function countBeneath(store: StoreEntry, open: OpenIncident, turn: Turn): void {
  const { cause, fold } = open.incident;
  const next = cause.kind === 'device' ? foldOfParent(store, open) : foldOfAll(open);
  if (!next || sameReason(next, fold)) return;
  open.incident.fold = next;
  if (next.code === fold.code) noteIncident(turn, open);
  else noteIncident(turn, open, next, 'update');
}

function foldOfParent(store: StoreEntry, { incident, alerts }: OpenIncident): Reason | undefined {
  const isAlone = ({ device }: { device: string }) => device === incident.cause.target;
  if (!PARENT_FOLDS.has(incident.fold.code) || [...alerts.values()].every(isAlone)) return undefined;
  const parent = store.devices.find(({ key }) => key === incident.cause.target);
  if (!parent) return undefined;
  const told = new Set([...alerts.values()].map(({ device }) => device));
  const beneath = store.devices.filter((device) => told.has(device.key) && isBeneath(device, parent));
  const fold = parentFold(parent, beneath.length);
  // What a switch took along stays told, also when the tree has changed since.
  return fold.code === 'fold.alone' ? undefined : fold;
}

function foldOfAll({ incident: { fold }, alerts }: OpenIncident): Reason | undefined {
  if (!COUNTED_FOLDS.has(fold.code)) return undefined;
  const devices = new Set([...alerts.values()].map(({ device }) => device)).size;
  if (devices <= Number(fold.params?.devices ?? 0)) return undefined;
  return { code: fold.code, params: { ...fold.params, devices } };
}

const sameReason = (a: Reason, b: Reason): boolean =>
  a.code === b.code && JSON.stringify(a.params ?? {}) === JSON.stringify(b.params ?? {});
