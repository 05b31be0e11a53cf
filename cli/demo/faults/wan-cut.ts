import type { FaultKind } from './fault.ts';

/** The store’s link carries nothing more, without a word; inside, all goes on. */
export const wanCut: FaultKind = {
  reboots: () => false,
  effect: () => ({ linkCut: true }),
};
