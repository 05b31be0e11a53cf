import type { DeviceKind } from '../../../protocol/inventory.ts';
import { type FaultKind, silence } from './fault.ts';

/** What hangs on the mains alone. The rest lives on the UPS while its battery lasts. */
const UNPROTECTED: ReadonlySet<DeviceKind> = new Set(['till', 'self-checkout', 'printer', 'payment-terminal']);
/** The UPS reports the mains before the tills are missed. */
const TILLS_OUT_AFTER_MS = 3_000;
const BATTERY_MS = 45_000;

/** Mains fail: the UPS says so, the tills go dark, and when the battery is empty so does everything else. */
export const powerFails: FaultKind = {
  reboots: (_fault, device) => device.kind !== 'ups',
  effect(fault, device, at) {
    const lasts = fault.until - fault.from;
    const empty = fault.from + Math.min(BATTERY_MS, lasts * 0.4);
    if (at >= empty) return { linkCut: true, silent: true, unreachable: true };
    if (device.kind === 'ups') return { onBattery: true };
    if (!UNPROTECTED.has(device.kind)) return {};
    return silence(fault, device, fault.from + Math.min(TILLS_OUT_AFTER_MS, lasts * 0.1), at);
  },
};
