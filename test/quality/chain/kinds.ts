import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { CauseName } from './truth.ts';

/** A kind of fault that strikes one store, or one device of it. */
export interface FaultKind {
  name: string;
  /** The devices it may strike; `store`: the store as a whole. */
  strikes: readonly DeviceKind[] | 'store';
  /** Faults per device, or per store, in 30 days. */
  rate: number;
  /** Minutes at least and at most, the short ones as likely as the long ones by octave. */
  lasts: readonly [number, number];
  cause: CauseName;
  seenBy: 'close' | 'silence' | 'check';
  /** `open`: nobody’s business while the store is closed; it begins in opening hours mostly. */
  hours: 'open' | 'always';
  /** Seconds: shorter than the first nobody should be called for it, longer than the second somebody must be. */
  matters: readonly [number, number];
  /** Minutes before the opening from which it may be told, as by the check of what is to open; 0: from the opening on. */
  checked: number;
}

/** Before the opening, minutes: what must be well on a lane, and that it is switched on. */
const MUST_BE_WELL = 45;
const MUST_BE_ON = 5;
/** A memory that is full is no emptier in the morning: whoever looks at night may tell it. */
const AT_ANY_HOUR = Number.POSITIVE_INFINITY;

const LANES: readonly DeviceKind[] = ['till', 'self-checkout'];

/*
 * How often things fail. What is known of tills from those who keep them: most of what stops one is software, about once in three
 * months each; the machine hangs or is switched off and on by its cashier once in nine; a cable is pulled once in four
 * years. A line of a store is cut twice a year or so, its mains once. A roll of paper runs out with nobody noticing twice a year.
 */
export const FAULT_KINDS: readonly FaultKind[] = [
  kind('till-killed', LANES, 0.22, [1.5, 25], 'software-died', 'close', 'open', [5, 20], MUST_BE_ON),
  kind('till-crashed', LANES, 0.08, [1.5, 25], 'device-gone', 'close', 'open', [5, 20], MUST_BE_ON),
  kind('till-hung', LANES, 0.05, [4, 45], 'device-gone', 'silence', 'open', [20, 60], MUST_BE_ON),
  kind('till-power-cycled', LANES, 0.06, [1.5, 3.5], 'device-gone', 'silence', 'open', [20, 60], MUST_BE_ON),
  kind('till-unplugged', LANES, 0.02, [10, 180], 'device-gone', 'silence', 'open', [20, 60], MUST_BE_ON),
  kind('till-cable-loose', LANES, 0.012, [10, 40], 'device-gone', 'silence', 'open', [60, 300], MUST_BE_ON),
  kind('till-program-down', LANES, 0.06, [4, 60], 'program', 'check', 'open', [40, 150], MUST_BE_WELL),
  kind('till-paper-out', LANES, 0.15, [6, 40], 'paper', 'check', 'open', [180, 300], MUST_BE_WELL),
  kind('till-cpu', LANES, 0.01, [25, 120], 'cpu', 'check', 'open', [600, 1200]),
  kind('till-memory', LANES, 0.01, [30, 300], 'memory', 'check', 'open', [300, 1200], AT_ANY_HOUR),
  kind('till-disk-fast', LANES, 0.005, [180, 600], 'disk', 'check', 'open', [60, 600]),
  kind('terminal-lost', ['payment-terminal'], 0.06, [3, 60], 'device-gone', 'silence', 'open', [30, 120], MUST_BE_ON),
  kind('printer-lost', ['printer'], 0.05, [10, 240], 'device-gone', 'silence', 'open', [60, 240]),
  kind('access-point-dead', ['access-point'], 0.02, [30, 600], 'device-gone', 'silence', 'open', [60, 240]),
  kind('switch-dead', ['switch'], 0.03, [15, 180], 'device-gone', 'silence', 'always', [10, 60]),
  kind('router-dead', ['router'], 0.02, [15, 180], 'way-out', 'silence', 'always', [20, 60]),
  kind('server-crashed', ['server'], 0.08, [3, 40], 'device-gone', 'close', 'always', [5, 20]),
  kind('server-hung', ['server'], 0.04, [5, 120], 'device-gone', 'silence', 'always', [20, 60]),
  kind('server-program-down', ['server'], 0.15, [5, 120], 'program', 'check', 'always', [40, 150]),
  kind('server-disk-fast', ['server'], 0.04, [180, 720], 'disk', 'check', 'always', [60, 600]),
  kind('server-disk-slow', ['server'], 0.03, [7 * 1440, 14 * 1440], 'disk', 'check', 'always', [60, 600]),
  kind('server-certificate', ['server'], 0.03, [2 * 1440, 6 * 1440], 'certificate', 'check', 'open', [60, 1200]),
  kind('server-cpu', ['server'], 0.06, [25, 180], 'cpu', 'check', 'open', [600, 1200]),
  kind('server-memory', ['server'], 0.04, [30, 600], 'memory', 'check', 'always', [300, 1200]),
  kind('gateway-dead', ['gateway'], 0.02, [5, 120], 'way-out', 'silence', 'always', [20, 60]),
  kind('line-cut', 'store', 0.2, [2, 240], 'way-out', 'silence', 'always', [20, 60]),
  kind('mains-cut', 'store', 0.08, [1, 180], 'power', 'silence', 'always', [30, 90]),
  kind('sales-offline', 'store', 0.05, [10, 60], 'sales-wait', 'check', 'open', [60, 600]),
];

function kind(
  name: string,
  strikes: FaultKind['strikes'],
  rate: number,
  lasts: FaultKind['lasts'],
  cause: CauseName,
  seenBy: FaultKind['seenBy'],
  hours: FaultKind['hours'],
  matters: FaultKind['matters'],
  checked = 0,
): FaultKind {
  return { name, strikes, rate, lasts, cause, seenBy, hours, matters, checked };
}

/** What strikes many stores at once: how often in a chain of 500 in 30 days. */
export const COMMON_KINDS = [
  { name: 'carrier-outage', times: 3, attribute: 'carrier' },
  // A version that comes to one store after the other, and breaks most of them some minutes later.
  { name: 'version-rollout', times: 2, attribute: 'software.pos' },
  // A fault that a version has had for long, and that comes out in one store after the other.
  { name: 'version-defect', times: 2, attribute: 'posVersion' },
  { name: 'acquirer-outage', times: 1, attribute: 'acquirer' },
] as const;
/** Tills of a store fail by their version one after the other within so long, milliseconds. */
export const REACHES_STORE_MS = 4 * 60_000;

export type CommonName = (typeof COMMON_KINDS)[number]['name'];
