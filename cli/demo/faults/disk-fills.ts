import type { FaultKind } from './fault.ts';

/** Part of the fault’s time in which the disk fills; then it stays full until someone cleans it. */
const FILLING = 0.4;

/** A log runs wild: the disk fills over minutes, and is cleaned at the end. */
export const diskFills: FaultKind = {
  strikes: ['server'],
  reboots: () => false,
  effect: (fault, device, at) =>
    device.key === fault.device
      ? { diskFill: Math.min(1, (at - fault.from) / ((fault.until - fault.from) * FILLING)) }
      : {},
};
