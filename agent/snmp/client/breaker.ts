/** Who is asked at all. Pure: time is an argument, in milliseconds of a clock that never jumps. */

export interface DeviceBreaker {
  /** Polls in a row without an answer. */
  failures: number;
  /** The next small question may be asked; undefined while the device answers. */
  probeAtMs?: number;
}

export interface BreakerRules {
  /** Failures in a row that open it. */
  failures: number;
  /** Between two probes at first; doubled by each that fails. */
  firstPauseMs: number;
  longestPauseMs: number;
}

export const BREAKER_RULES: BreakerRules = { failures: 3, firstPauseMs: 15_000, longestPauseMs: 2 * 60_000 };

export const closedBreaker: DeviceBreaker = { failures: 0 };

/** `poll`: all that is due. `probe`: one small GET. `wait`: nothing yet. */
export type Leave = 'poll' | 'probe' | 'wait';

export function leaveOf({ probeAtMs }: DeviceBreaker, nowMs: number): Leave {
  if (probeAtMs === undefined) return 'poll';
  return nowMs >= probeAtMs ? 'probe' : 'wait';
}

/** After a poll or a probe. Any answer closes it. */
export function afterPoll(
  breaker: DeviceBreaker,
  hasAnswered: boolean,
  nowMs: number,
  rules: BreakerRules = BREAKER_RULES,
): DeviceBreaker {
  if (hasAnswered) return closedBreaker;
  const failures = breaker.failures + 1;
  if (failures < rules.failures) return { failures };
  const pause = Math.min(rules.longestPauseMs, rules.firstPauseMs * 2 ** Math.min(failures - rules.failures, 30));
  return { failures, probeAtMs: nowMs + pause };
}

export interface StoreRules {
  /** Of devices that answered before, this part must have fallen silent. */
  share: number;
  /** Fewer devices than this prove nothing about the link. */
  devicesMin: number;
  /** They fell silent within so long of each other. */
  withinMs: number;
  /** As many are probed while the link is down. */
  probes: number;
}

const STORE_RULES: StoreRules = { share: 0.8, devicesMin: 3, withinMs: 120_000, probes: 3 };

/** One device of the store as the store's breaker sees it. */
export interface StoreDevice {
  name: string;
  /** When it last answered; undefined: never. */
  answeredMs?: number;
  /** When its first poll failed after that; undefined while it answers. */
  silentSinceMs?: number;
}

export interface StoreBreaker {
  /** Most fell silent at once: it is the link between them and us. */
  isLinkDown: boolean;
  silent: number;
  /** Of those that ever answered. */
  known: number;
  /** Who is still asked while the link is down; the others wait until one of them answers. */
  probes: readonly string[];
}

/**
 * Judges the store by its devices; one that never answered is no evidence, and any answer after the silence began proves
 * the link. When the link is back, what devices failed meanwhile was not theirs: their breakers begin anew.
 */
export function judgeStore(devices: readonly StoreDevice[], rules: StoreRules = STORE_RULES): StoreBreaker {
  const known = devices.filter(({ answeredMs }) => answeredMs !== undefined);
  const silent = known.filter(({ silentSinceMs }) => silentSinceMs !== undefined);
  const fall = largestFall(
    silent.map(({ silentSinceMs }) => silentSinceMs as number),
    rules.withinMs,
  );
  const isLinkDown =
    fall.devices >= Math.max(rules.devicesMin, rules.share * known.length) &&
    !known.some(({ answeredMs }) => (answeredMs as number) > fall.lastMs);
  const probes = isLinkDown ? probesOf(silent, rules.probes) : [];
  return { isLinkDown, silent: silent.length, known: known.length, probes };
}

/** The most that fell silent within one span, and when the last of them did. */
function largestFall(moments: readonly number[], spanMs: number): { devices: number; lastMs: number } {
  const sorted = [...moments].sort((a, b) => a - b);
  let largest = { devices: 0, lastMs: Number.NEGATIVE_INFINITY };
  let from = 0;
  for (const [at, lastMs] of sorted.entries()) {
    while (lastMs - (sorted[from] as number) > spanMs) from++;
    if (at - from + 1 >= largest.devices) largest = { devices: at - from + 1, lastMs };
  }
  return largest;
}

/** Those that answered last: the likeliest to be there when the link is back. */
const probesOf = (silent: readonly StoreDevice[], count: number): string[] =>
  [...silent]
    .sort((a, b) => (b.answeredMs ?? 0) - (a.answeredMs ?? 0) || a.name.localeCompare(b.name))
    .slice(0, count)
    .map(({ name }) => name);
