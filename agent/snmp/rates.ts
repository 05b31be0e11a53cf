/** A counter as a device gives it. */
export interface Counter {
  value: bigint;
  bits: 32 | 64;
}

/** What is counted of one interface. */
const COUNTED = [
  'inOctets',
  'outOctets',
  'inPackets',
  'outPackets',
  'inErrors',
  'outErrors',
  'inDiscards',
  'outDiscards',
] as const;
export type Counted = (typeof COUNTED)[number];

/** The counters of one interface, under what identifies it: never its index. */
export interface InterfaceCounters {
  counters: Partial<Record<Counted, Counter>>;
  /** Bits per second; undefined or 0 where the device does not know. */
  speedBps?: number;
  /** ifCounterDiscontinuityTime: another value means that counting began anew. */
  discontinuity?: number;
}

/** One look at a device. */
export interface CounterSample {
  /** Milliseconds of a clock that never jumps. */
  at: number;
  /** sysUpTime, hundredths of a second; begins anew after 497 days. */
  uptimeCs?: number;
  /** snmpEngineBoots and snmpEngineTime (seconds), which do not wrap. */
  engine?: { boots: number; timeS: number };
  interfaces: ReadonlyMap<string, InterfaceCounters>;
}

/** Per second. A rate that cannot be told for sure is left out. */
export type Rates = Partial<Record<Counted, number>>;

const WRAP_32 = 1n << 32n;
const UPTIME_WRAP_CS = 2 ** 32;
/** Clocks of small devices run a little fast or slow. */
const CLOCK_TOLERANCE = 0.05;
const CLOCK_TOLERANCE_S = 10;
/** What a counter may show above the speed of its line: the two ends of the time are not looked at in one instant. */
const LINE_MARGIN = 1.05;
/** Where no speed is told: nothing in a store is faster. */
const FASTEST_BPS = 100e9;
/** Octets of the smallest Ethernet frame on the wire, its gap included. */
const SMALLEST_FRAME = 84;

/**
 * Rates of all interfaces that were there at both looks. None after a restart of the device, across a discontinuity, or
 * above 105 % of the line; a 32-bit counter may have wrapped once, and where it could have wrapped twice it tells nothing.
 */
export function ratesBetween(before: CounterSample, after: CounterSample): Map<string, Rates> {
  const rates = new Map<string, Rates>();
  const seconds = (after.at - before.at) / 1000;
  if (seconds <= 0 || hasRestarted(before, after, seconds)) return rates;
  // A sysUpTime that begins anew after 497 days may also be a restart at that very time.
  const isSurelyUp =
    (before.engine !== undefined && after.engine !== undefined) || Number(after.uptimeCs) > Number(before.uptimeCs);
  for (const [identity, now] of after.interfaces) {
    const then = before.interfaces.get(identity);
    if (!then || then.discontinuity !== now.discontinuity) continue;
    const told = ratesOf(then, now, seconds, isSurelyUp);
    if (Object.keys(told).length > 0) rates.set(identity, told);
  }
  return rates;
}

/** Whether the device started anew between two looks: counters then begin at nought. */
export function hasRestarted(before: CounterSample, after: CounterSample, seconds: number): boolean {
  if (before.engine && after.engine) {
    if (before.engine.boots !== after.engine.boots) return true;
    // Where the engine went on, a sysUpTime that fell has only wrapped.
    return isShort(after.engine.timeS - before.engine.timeS, seconds);
  }
  if (before.uptimeCs === undefined || after.uptimeCs === undefined) return false;
  const passed = (after.uptimeCs - before.uptimeCs) / 100;
  if (!isShort(passed, seconds)) return false;
  // After 497 days it begins anew by itself, and is where it would be.
  return Math.abs(passed + UPTIME_WRAP_CS / 100 - seconds) > tolerance(seconds);
}

/** A device that was up all the time has counted it: one that counted less was away, however long it is up again. */
const isShort = (passedS: number, seconds: number): boolean => passedS < seconds - tolerance(seconds);
const tolerance = (seconds: number): number => seconds * CLOCK_TOLERANCE + CLOCK_TOLERANCE_S;

function ratesOf(then: InterfaceCounters, now: InterfaceCounters, seconds: number, mayWrap: boolean): Rates {
  const speed = Math.max(then.speedBps ?? 0, now.speedBps ?? 0) || FASTEST_BPS;
  const told: Rates = {};
  for (const what of COUNTED) {
    const [from, to] = [then.counters[what], now.counters[what]];
    if (!from || !to || from.bits !== to.bits) continue;
    const most = (what.endsWith('Octets') ? speed / 8 : speed / 8 / SMALLEST_FRAME) * LINE_MARGIN;
    const rate = rateOf(from, to, seconds, most, mayWrap);
    if (rate !== undefined) told[what] = rate;
  }
  return told;
}

/**
 * Undefined where it cannot be told. `most` per second is what the line can carry; `mayWrap`: the device is known to have
 * been up all the time, so that a smaller number is a wrap and no new beginning.
 */
function rateOf(from: Counter, to: Counter, seconds: number, most: number, mayWrap: boolean): number | undefined {
  // So fast a line takes a counter of this size round more than once in the time.
  if (from.bits === 32 && most * seconds >= Number(WRAP_32)) return undefined;
  let counted = to.value - from.value;
  if (counted < 0n && from.bits === 32 && mayWrap) counted += WRAP_32;
  if (counted < 0n) return undefined;
  const rate = Number(counted) / seconds;
  return rate <= most ? rate : undefined;
}
