import type { Reason } from '../../protocol/reasons.ts';
import type { DeviceEntry, OpenIncident, Turn } from './state.ts';

/** A kept report came in: where it was made during a cut, it is held in its favour. */
export function witness(device: DeviceEntry, at: number, turn: Turn): void {
  for (const open of device.store.incidents.values()) {
    if (at < open.lostAt || !isProvenBy(open, device)) continue;
    const { reports, from, to } = open.proof ?? { reports: 0, from: at, to: at };
    open.proof = { reports: reports + 1, from: Math.min(from, at), to: Math.max(to, at) };
    // Durable, though nothing has to be judged for it.
    turn.saves.add(device.store.key);
  }
}

/** What kept reports have shown of an incident's cause, to be told when it ends. */
export function proofOf({ incident, proof }: OpenIncident): Reason | undefined {
  if (!proof) return undefined;
  const params = { reports: proof.reports, seconds: Math.round((proof.to - proof.from) / 1000) };
  const { code } = incident.cause.reason;
  const isStore = code === 'store.cut-off' || code === 'store.wan-cut';
  return { code: isStore ? 'store.was-cut-off' : 'presence.was-off-lan', params };
}

/** Whether a sign of life of this device, from the time of the incident, speaks of its cause. */
function isProvenBy({ incident, alerts }: OpenIncident, device: DeviceEntry): boolean {
  switch (incident.cause.reason.code) {
    case 'store.cut-off':
    case 'store.wan-cut':
      return true;
    case 'presence.off-lan':
    case 'presence.off-gateway':
      return incident.cause.target === device.key;
    case 'fold.off-lan-together':
      for (const alert of alerts.values()) if (alert.device === device.key) return true;
      return false;
    default:
      return false;
  }
}
