import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { availabilityOf } from '../../../alerting/history/availability.ts';
import type { EvidenceSpan, Lane, Standing } from '../../../alerting/ports.ts';
import type { StoreState } from '../../../protocol/views.ts';

const STORE = 'demo/001';
const standing = (at: number, state: StoreState, pips: string): Standing => ({
  store: STORE,
  at,
  state,
  reason: { code: state === 'blind' ? 'store.silent' : 'store.up' },
  lanes: [...pips].map((pip, i): Lane => [pip, `till-${i + 1}`]),
});
const ran = (device: string, from: number, to: number): EvidenceSpan => ({ device: `${STORE}/${device}`, from, to });
const told = (standings: Standing[], evidence: EvidenceSpan[], from: number, to: number) =>
  availabilityOf(standings, evidence, from, to).segments.map((segment) =>
    [segment.from, segment.to, segment.state, ...(segment.proven ? ['proven'] : [])].join(' '),
  );

describe('what was seen', () => {
  const days = [
    standing(0, 'up', 'uu'),
    standing(10, 'down', 'dd'),
    standing(20, 'up', 'uu'),
    standing(30, 'closed', 'cc'),
  ];

  test('stands as it was, cut to the time asked for', () => {
    expect(told(days, [], 5, 40)).toEqual(['5 10 up', '10 20 down', '20 30 up', '30 40 closed']);
    expect(told(days, [], 12, 15)).toEqual(['12 15 down']);
    expect(told([], [], 0, 10)).toEqual([]);
    expect(told([standing(50, 'up', 'u')], [], 0, 100)).toEqual(['50 100 up']);
  });

  test('is summed up: what is closed or blind counts neither way', () => {
    expect(availabilityOf(days, [], 0, 40)).toMatchObject({
      totals: { up: 20, down: 10, closed: 10 },
      percent: (100 * 20) / 30,
      knownPercent: 100,
    });
    const blind = availabilityOf([standing(0, 'up', 'u'), standing(10, 'blind', 'b')], [], 0, 40);
    expect(blind).toMatchObject({ totals: { up: 10, blind: 30 }, percent: 100, knownPercent: 25 });
    expect(availabilityOf([standing(0, 'closed', 'c')], [], 0, 10)).toEqual({
      segments: [{ from: 0, to: 10, state: 'closed', reason: { code: 'store.up' } }],
      totals: { closed: 10 },
    });
  });
});

describe('what late reports prove', () => {
  const cut = [standing(0, 'up', 'uu'), standing(10, 'blind', 'bb'), standing(100, 'up', 'uu')];

  test('a lane that is worked on takes nothing from one that is proven', () => {
    expect(told([standing(10, 'blind', 'bm')], [ran('till-1', 10, 60)], 0, 100)).toEqual([
      '10 60 up proven',
      '60 100 blind',
    ]);
  });

  test('a blind store sold for the time its tills ran, and for no longer', () => {
    expect(told(cut, [ran('till-1', 10, 60), ran('till-2', 5, 60)], 0, 120)).toEqual([
      '0 10 up',
      '10 60 up proven',
      '60 100 blind',
      '100 120 up',
    ]);
  });

  test('with some of its lanes proven it was degraded', () => {
    expect(told(cut, [ran('till-1', 0, 100), ran('till-2', 40, 50)], 0, 100)).toEqual([
      '0 10 up',
      '10 40 degraded proven',
      '40 50 up proven',
      '50 100 degraded proven',
    ]);
  });

  test('a lane that showed red for its silence was selling after all', () => {
    const red = [standing(0, 'degraded', 'ud'), standing(50, 'up', 'uu')];
    expect(told(red, [ran('till-2', 0, 20)], 0, 60)).toEqual(['0 20 up proven', '20 50 degraded', '50 60 up']);
  });

  test('says nothing of a device that bears no dark lane, nor of a closed store', () => {
    expect(told(cut, [ran('printer', 0, 100)], 0, 20)).toEqual(['0 10 up', '10 20 blind']);
    expect(told([standing(0, 'closed', 'cc')], [ran('till-1', 0, 10)], 0, 10)).toEqual(['0 10 closed']);
  });

  test('a store without lanes lived when anything of it did', () => {
    expect(told([standing(0, 'blind', '')], [ran('server', 2, 4)], 0, 10)).toEqual([
      '0 2 blind',
      '2 4 up proven',
      '4 10 blind',
    ]);
  });
});

test('whatever was seen and proven: segments follow each other without a gap, and evidence never makes it worse', () => {
  const state = fc.constantFrom<StoreState>('up', 'degraded', 'down', 'blind', 'closed');
  const letters = fc.stringMatching(/^[ugdbc]{0,3}$/);
  const arb = fc.record({
    standings: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 50 }), state, letters), { selector: ([at]) => at }),
    evidence: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 50 }), fc.nat(30)), {
      maxLength: 8,
    }),
    to: fc.integer({ min: 1, max: 80 }),
  });
  fc.assert(
    fc.property(arb, ({ standings, evidence, to }) => {
      const seen = standings.sort(([a], [b]) => a - b).map(([at, is, pips]) => standing(at, is, pips));
      const spans = evidence.map(([till, from, length]) => ran(`till-${till}`, from, from + length));
      const { segments, percent = 100, totals } = availabilityOf(seen, spans, 0, to);
      for (const [i, { from, to: end }] of segments.entries()) {
        expect(end).toBeGreaterThan(from);
        expect(from).toBe(segments[i - 1]?.to ?? Math.max(seen[0]?.at ?? 0, 0));
      }
      const before = availabilityOf(seen, [], 0, to);
      expect(percent + 1e-9).toBeGreaterThanOrEqual(Math.min(before.percent ?? 100, 100));
      expect(totals.blind ?? 0).toBeLessThanOrEqual(before.totals.blind ?? 0);
      expect(totals.closed ?? 0).toBe(before.totals.closed ?? 0);
    }),
  );
});
