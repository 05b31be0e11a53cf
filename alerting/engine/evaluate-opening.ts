import type { Reason } from '../../protocol/reasons.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteIncident } from './turn.ts';
import type { OpeningRule, Rule } from './types.ts';

/*
 * Before a store opens its lanes are looked at: what stands against one of them, and would wait for the opening, fires
 * now. It is the ordinary rule's own alert, so that there is one incident for it, and the opening adds nothing. A till
 * that is switched off at night is called only once it should be on.
 */

/** Whether what a rule says of a device may fire now: the store is open, about to open, or that does not matter. */
export const mayFire = (device: DeviceEntry, rule: Rule, now: number): boolean =>
  rule.hours === 'always' || device.store.open || isChecked(device, rule, now);

function isChecked({ judged, store }: DeviceEntry, rule: Rule, now: number): boolean {
  const { opening } = judged;
  if (!opening || !isGrave(rule.severity, opening)) return false;
  return opensInMs(store, now) <= 1000 * (rule.type === 'silence' ? opening.onBeforeS : opening.beforeS);
}

/** How long a store that is closed remains so; Infinity for one that is open, and where no opening is in sight. */
const opensInMs = ({ open, calendar }: StoreEntry, now: number): number =>
  open || !calendar ? Number.POSITIVE_INFINITY : calendar.opensAt(now) - now;

/** When the check of a store begins, and when its devices should be on. */
export function openingDueAt(store: StoreEntry, now: number): number {
  const opensAt = now + opensInMs(store, now);
  let dueAt = Number.POSITIVE_INFINITY;
  if (opensAt === dueAt) return dueAt;
  for (const { judged } of store.devices) {
    if (!judged.opening) continue;
    for (const beforeS of [judged.opening.beforeS, judged.opening.onBeforeS]) {
      const at = opensAt - beforeS * 1000;
      if (at > now) dueAt = Math.min(dueAt, at);
    }
  }
  return dueAt;
}

/** How many lanes are ready while the store is being checked; undefined at any other time. */
export function openingReason(store: StoreEntry, now: number): Reason | undefined {
  const opensIn = opensInMs(store, now);
  const isBeing = ({ judged: { opening } }: DeviceEntry) => opening !== undefined && opensIn <= opening.beforeS * 1000;
  const lanes = store.lanes.map((lane) => lane.filter(isBeing)).filter((lane) => lane.some(isKnown));
  if (lanes.length === 0) return undefined;
  const ready = lanes.filter((lane) => lane.filter(isKnown).every(isReady)).length;
  return { code: 'store.opening', params: { ready, total: lanes.length } };
}

/** What begins to fire because the store is about to open. */
export const checkedOf = ({ fired, now }: Turn): Alert[] =>
  fired.filter(({ device, rule }) => !device.store.open && rule.hours === 'open' && isChecked(device, rule, now));

/** Says of their incidents that the opening check found them. */
export function noteChecked(store: StoreEntry, alerts: readonly Alert[], turn: Turn): void {
  const told = new Set<OpenIncident>();
  for (const { incident, device } of alerts) {
    if (!incident || told.has(incident)) continue;
    told.add(incident);
    const minutes = Math.ceil(opensInMs(store, turn.now) / 60_000);
    const params = { ...openingReason(store, turn.now)?.params, minutes, device: device.key };
    noteIncident(turn, incident, { code: 'opening.not-ready', params });
  }
}

const isKnown = ({ presence }: DeviceEntry): boolean => presence !== 'unseen';

function isReady(device: DeviceEntry): boolean {
  const { opening } = device.judged;
  if (device.presence !== 'online' || device.unsure) return false;
  for (const { view } of device.alerts?.values() ?? []) {
    if (view.state === 'firing' && (!opening || isGrave(view.severity, opening))) return false;
  }
  return true;
}

const isGrave = (severity: Rule['severity'], opening: OpeningRule): boolean =>
  severity === 'critical' || opening.severity === 'warning';
