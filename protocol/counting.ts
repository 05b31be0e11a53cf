import type { Incident, Loss, SlaClock, SlaClockName } from './views.ts';

/*
 * An incident tells what its clocks and its losses came to at an instant, and at what rate they go on: whoever shows them
 * counts along without asking again.
 */

const MINUTE_MS = 60_000;

/** Service time a clock has burnt by `now`, milliseconds. */
export const burntMsOf = ({ burntMs, at, runs }: SlaClock, now: number): number =>
  burntMs + (runs ? Math.max(0, now - at) : 0);

/** What was lost by `now`. */
export const lossAt = (loss: Loss, now: number): Loss =>
  withLost(loss, Math.max(0, now - loss.at), Math.max(now, loss.at));

/** The loss after so many milliseconds more of opening time, counted up to `at`. */
export function withLost(loss: Loss, ms: number, at: number): Loss {
  const { lanes, blind, money } = loss;
  const worth = (count: number) => ((count * ms) / MINUTE_MS) * (money?.perLaneMinute ?? 0);
  return {
    ...loss,
    at,
    laneMs: loss.laneMs + lanes * ms,
    blindMs: loss.blindMs + blind * ms,
    ...(money && { money: { ...money, lost: money.lost + worth(lanes), blind: money.blind + worth(blind) } }),
  };
}

/** The clock that matters: until somebody answers that of answering, unless restoring is due first. */
export function clockThatMatters(
  incident: Pick<Incident, 'clocks' | 'respondBy' | 'restoreBy'>,
): { name: SlaClockName; clock: SlaClock; targetMs: number; by: number | undefined } | undefined {
  const { clocks, respondBy, restoreBy } = incident;
  if (!clocks) return undefined;
  const { respond } = clocks;
  const answerIsFirst =
    respond.targetMs !== undefined && respond.stoppedAt === undefined && !((restoreBy ?? 0) < (respondBy ?? 0));
  const name = answerIsFirst ? 'respond' : 'restore';
  const clock = clocks[name];
  const { targetMs } = clock;
  return targetMs === undefined ? undefined : { name, clock, targetMs, by: name === 'respond' ? respondBy : restoreBy };
}
