import { findAlert } from './alerts.ts';
import { type Blame, blameOf, hiddenBy, isGone, type Sight } from './blame.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';

export const sightOf = (store: StoreEntry, { state: { pack }, now }: Turn): Sight => ({
  settleMs: pack.settleS * 1000,
  graceMs: pack.graceS * 1000,
  now,
  batteries: store.devices.filter(({ battery }) => battery !== undefined),
});

/** What an alert comes from, where that is not its own device. */
export function higherOf(alert: Alert, turn: Turn): Blame | undefined {
  const { device, rule } = alert;
  const sight = sightOf(device.store, turn);
  if (rule.type === 'silence') return higherBlame(device, sight);
  const above = hiddenBy(alert, sight.settleMs);
  return above && { kind: 'device', device: above };
}

export function higherBlame(device: DeviceEntry, sight: Sight): Blame | undefined {
  const blame = blameOf(device, sight);
  return blame.kind === 'device' && blame.device === device ? undefined : blame;
}

/** The devices whose silence is part of the incident. */
export function silentOf(store: StoreEntry, open: OpenIncident): DeviceEntry[] {
  return store.devices.filter(({ alerts }) => {
    for (const { rule, incident } of alerts?.values() ?? [])
      if (rule.type === 'silence' && incident === open) return true;
    return false;
  });
}

/** Everything that fires as part of the incident. */
export const firingIn = (store: StoreEntry, open: OpenIncident): Alert[] =>
  store.devices.flatMap((device) =>
    device.alerts === undefined ? [] : [...device.alerts.values()].filter(({ incident }) => incident === open),
  );

/** Whether a device is gone, and its silence fires. */
export const isLost = (device: DeviceEntry): boolean => {
  const { silence } = device.judged;
  if (device.alerts === undefined || !silence || !isGone(device)) return false;
  return findAlert(device, silence, '')?.view.state === 'firing';
};

/** Those that folding may correct: what people took apart is not among them. */
export const byAge = (store: StoreEntry): OpenIncident[] =>
  [...store.incidents.values()].filter(({ split }) => !split).sort((a, b) => a.order - b.order);

export const isTogether = ({ incident: { fold } }: OpenIncident): boolean =>
  fold.code === 'fold.fell-together' || fold.code === 'fold.off-lan-together';

/** Whether several share the cause of an incident, and nothing told until now what that is. */
export const isShared = (open: OpenIncident): boolean => isTogether(open) || open.incident.fold.code === 'fold.group';

/** Whether all that an incident holds, but for what stands for a group, is of these devices. */
export const isWithin = (store: StoreEntry, open: OpenIncident, devices: readonly DeviceEntry[]): boolean =>
  isTogether(open)
    ? silentOf(store, open).every((device) => devices.includes(device))
    : firingIn(store, open).every(({ device }) => devices.includes(device)) && silentOf(store, open).length > 0;
