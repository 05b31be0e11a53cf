import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReplayedIncident } from '../../../protocol/backtest.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { DEVICES, type Episode, PastWorld } from './past-world.ts';

const episode: fc.Arbitrary<Episode> = fc.record({
  device: fc.constantFrom(...DEVICES),
  kind: fc.constantFrom<Episode['kind']>(
    ...(['killed', 'stopped', 'silent', 'cut', 'disk', 'cpu', 'check', 'flapping-check', 'restart'] as const),
  ),
  at: fc.integer({ min: 1, max: 45 }),
  minutes: fc.integer({ min: 1, max: 14 }),
});

/** Reports are heard when they were made, statuses to within one of the agent's rounds. */
const TOLERANCE_MS = 35_000;

type Seen = Pick<IncidentView, 'cause' | 'openedAt'> & { resolvedAt?: number };

const told = ({ cause, openedAt, resolvedAt }: Seen): string =>
  `${cause.target} ${cause.rule} ${cause.reason.code} ${openedAt}–${resolvedAt ?? ''}`;

function isAlike(live: Seen, replayed: ReplayedIncident): boolean {
  const near = (a: number | undefined, b: number | undefined): boolean =>
    a === b || (a !== undefined && b !== undefined && Math.abs(a - b) <= TOLERANCE_MS);
  return (
    live.cause.target === replayed.target &&
    live.cause.rule === replayed.rule &&
    live.cause.reason.code === replayed.reason.code &&
    near(live.openedAt, replayed.openedAt) &&
    near(live.resolvedAt, replayed.resolvedAt)
  );
}

describe('a past that was recorded', () => {
  it('gives the incidents it gave live, by cause and time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(episode, { maxLength: 5 }), async (episodes) => {
        const world = await PastWorld.live(episodes);
        try {
          const [replayed] = await world.replay();
          const live = world.opened;
          const left = [...(replayed?.incidents ?? [])];
          const missed = live.filter((one) => {
            const at = left.findIndex((other) => isAlike(one, other));
            if (at >= 0) left.splice(at, 1);
            return at < 0;
          });
          const extra = left.map((one) => told({ ...one, cause: { ...one, kind: one.kind } }));
          expect({ missed: missed.map(told), extra }).toEqual({ missed: [], extra: [] });
        } finally {
          await world.close();
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
