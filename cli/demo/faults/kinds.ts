import type { HappeningKind } from '../scenario.ts';
import { diskFills } from './disk-fills.ts';
import type { FaultKind } from './fault.ts';
import { powerFails } from './power-fails.ts';
import { paymentTerminalUnreachable, tillFreezes, tillReboots } from './silenced-device.ts';
import { switchFlaps } from './switch-flaps.ts';
import { tillSellsNothing } from './till-sells-nothing.ts';
import { wanCut } from './wan-cut.ts';

/** How each kind of happening works on a store. */
export const FAULT_KINDS: Record<HappeningKind, FaultKind> = {
  'till-freezes': tillFreezes,
  'till-reboots': tillReboots,
  'till-sells-nothing': tillSellsNothing,
  'payment-terminal-unreachable': paymentTerminalUnreachable,
  'disk-fills': diskFills,
  'switch-flaps': switchFlaps,
  'wan-cut': wanCut,
  'power-fails': powerFails,
  // To each of its stores, a carrier’s outage is a cut like any other.
  'carrier-outage': wanCut,
};
