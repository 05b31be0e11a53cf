import type { FaultKind } from './fault.ts';

/** All is green, and nothing sells: prices that did not load, a payment nobody gets through. */
export const tillSellsNothing: FaultKind = {
  strikes: ['till'],
  reboots: () => false,
  effect: (fault, device) => (device.key === fault.device ? { unsoldSince: fault.from } : {}),
};
