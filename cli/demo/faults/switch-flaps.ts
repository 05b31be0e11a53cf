import type { FaultKind } from './fault.ts';

/** Out of step with any usual reporting interval, so that reports see both sides. */
const SWING_MS = 40_000;

/** A worn cable: the switch’s uplink goes and comes. */
export const switchFlaps: FaultKind = {
  strikes: ['switch'],
  reboots: () => false,
  effect: (fault, device, at) =>
    device.key === fault.device && Math.floor((at - fault.from) / SWING_MS) % 2 === 0 ? { uplinkDown: true } : {},
};
