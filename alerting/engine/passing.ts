import type { Alert, OpenIncident } from './state.ts';
import type { RulePack } from './types.ts';

/*
 * What is silent for some seconds and speaks again was mended by nobody: a plug that does not hold, a radio link at its limit.
 * It is likely to go again before it has gone often enough to count as flapping, so its incident waits for that.
 */

/** Nobody is there within so long, and no machine starts anew. */
const PASSING_MS = 60_000;
/** It has to be quiet so many times as long as others. */
const PATIENCE = 4;

/** An alert of the incident ends: notes whether that came about by itself. */
export function notePassing(open: OpenIncident, { rule, faultSince, clearSince }: Alert): void {
  const lastedMs = clearSince - faultSince;
  if (rule.type === 'silence' && lastedMs > 0 && lastedMs < PASSING_MS) open.passed = true;
  else delete open.passed;
}

/** How long an incident has to be quiet until it is over, in seconds. */
export function quietOf({ passed, lingers }: OpenIncident, { quietS, reopenS = 0 }: RulePack): number {
  const needS = passed ? PATIENCE * quietS : quietS;
  return lingers ? Math.max(needS, reopenS) : needS;
}
