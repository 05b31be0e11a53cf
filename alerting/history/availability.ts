import type { DeviceKey } from '../../protocol/names.ts';
import { PIP_OF, type StoreAvailability, type StoreSegment, type StoreState } from '../../protocol/views.ts';
import type { EvidenceSpan, Standing } from '../ports.ts';

/** States in which a store sells. */
const SELLING: readonly StoreState[] = ['up', 'degraded', 'selling-offline'];
/** States outside the agreed service time. */
const OUTSIDE: readonly StoreState[] = ['closed', 'maintenance'];
/** Pips of lanes that sell, or that nobody expects to. */
const AS_MEANT: readonly string[] = [PIP_OF.up, PIP_OF.closed, PIP_OF.maintenance];

/**
 * What is known of a store between two instants: how it was seen to stand, repaired by what late reports prove. A lane
 * that was not heard counts as selling for the time one of its devices was running; what nothing proves stays as it was.
 * @param standings oldest first, beginning with the one in force at `from`, if there was any.
 */
export function availabilityOf(
  standings: readonly Standing[],
  evidence: readonly EvidenceSpan[],
  from: number,
  to: number,
): StoreAvailability {
  const segments: StoreSegment[] = [];
  for (const [i, standing] of standings.entries()) {
    const begins = Math.max(standing.at, from);
    const ends = Math.min(standings[i + 1]?.at ?? to, to);
    if (begins < ends) for (const piece of repaired(standing, evidence, begins, ends)) append(segments, piece);
  }
  return { segments, ...summed(segments) };
}

function repaired(standing: Standing, evidence: readonly EvidenceSpan[], from: number, to: number): StoreSegment[] {
  const { state, reason } = standing;
  const seen: StoreSegment = { from, to, state, reason };
  const spans = evidence.filter((span) => span.from < to && span.to > from);
  if (OUTSIDE.includes(state) || spans.length === 0) return [seen];
  const cuts = [...new Set(spans.flatMap((span) => [span.from, span.to]))]
    .filter((at) => at > from && at < to)
    .sort((a, b) => a - b);
  return [from, ...cuts].map((begins, i) => {
    const ends = cuts[i] ?? to;
    const running = new Set(spans.filter((span) => span.from <= begins && span.to >= ends).map(({ device }) => device));
    const proven = running.size === 0 ? undefined : provenState(standing, running);
    return proven === undefined
      ? { ...seen, from: begins, to: ends }
      : { from: begins, to: ends, state: proven, reason: { code: 'store.proven' }, proven: true };
  });
}

/** How the store stood, knowing that these devices ran; undefined when that changes nothing. */
function provenState({ store, state, lanes }: Standing, running: ReadonlySet<DeviceKey>): StoreState | undefined {
  // Without lanes there is no more to a store than that it lives.
  if (lanes.length === 0) return state === 'blind' || state === 'down' ? 'up' : undefined;
  let isNews = false;
  const pips = lanes.map(([pip, ...devices]) => {
    const isDark = pip === PIP_OF.blind || pip === PIP_OF.down;
    if (!isDark || !devices.some((device) => running.has(`${store}/${device}`))) return pip;
    isNews = true;
    return PIP_OF.up;
  });
  if (!isNews) return undefined;
  return pips.every((pip) => AS_MEANT.includes(pip)) ? 'up' : 'degraded';
}

function append(segments: StoreSegment[], next: StoreSegment): void {
  const last = segments.at(-1);
  const continues =
    last &&
    last.to === next.from &&
    last.state === next.state &&
    last.proven === next.proven &&
    last.reason.code === next.reason.code;
  if (continues) last.to = next.to;
  else segments.push(next);
}

function summed(segments: readonly StoreSegment[]): Omit<StoreAvailability, 'segments'> {
  const totals: Partial<Record<StoreState, number>> = {};
  for (const { state, from, to } of segments) totals[state] = (totals[state] ?? 0) + to - from;
  const sum = (states: readonly StoreState[]) => states.reduce((ms, state) => ms + (totals[state] ?? 0), 0);
  const selling = sum(SELLING);
  const known = selling + (totals.down ?? 0);
  const open = known + (totals.blind ?? 0);
  return {
    totals,
    ...(known > 0 && { percent: (100 * selling) / known }),
    ...(open > 0 && { knownPercent: (100 * known) / open }),
  };
}
