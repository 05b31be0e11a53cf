import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, nextDue, openIncidents, saveStore } from '../../../alerting/engine/engine.ts';
import { MAX_SAMPLES, Samples } from '../../../alerting/engine/forecast/samples.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import { runs } from '../../support/property-runs.ts';
import { forecast, Lab, packOf, STORE, silence, storeOf, threshold, till } from './lab.ts';

const pack = packOf(
  silence({ intervals: 100, forS: 86_400 }),
  forecast(),
  forecast({ id: 'emptying', direction: 'falling', limit: 5, overS: 5 * 86_400 }),
  threshold({ raise: 95, clear: 92 }),
);
const store = storeOf([till(1), till(2)]);

/** Hours of readings that go from one value to another, with so much flutter, every so many minutes. */
interface Stretch {
  device: 'till-1' | 'till-2';
  hours: number;
  from: number;
  to: number;
  flutter: number;
  everyMin: number;
}
type Deed = ({ do: 'live' } & Stretch) | { do: 'away'; hours: number } | { do: 'set-clock'; seconds: number };

const living: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('live' as const),
  device: fc.constantFrom('till-1' as const, 'till-2' as const),
  hours: fc.constantFrom(3, 9, 30, 50),
  from: fc.integer({ min: 2, max: 70 }),
  to: fc.integer({ min: 2, max: 98 }),
  flutter: fc.constantFrom(0, 0, 0.2, 2),
  everyMin: fc.constantFrom(20, 61),
});
const away: fc.Arbitrary<Deed> = fc.record({ do: fc.constant('away' as const), hours: fc.constantFrom(0.1, 5, 80) });
const setClock: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('set-clock' as const),
  // Told to the minute, so that what is told can be compared.
  seconds: fc.constantFrom(60, -120, 3_600, -86_400, 2_592_000, -2_592_000),
});
const deeds = fc.array(fc.oneof({ weight: 5, arbitrary: living }, away), { maxLength: 6 });
const deedsUnderClocks = fc.array(fc.oneof({ weight: 5, arbitrary: living }, away, setClock), { maxLength: 6 });

function act(lab: Lab, deed: Deed): void {
  if (deed.do === 'set-clock') lab.setClock(deed.seconds);
  else if (deed.do === 'away') lab.pass(deed.hours * 3600);
  else live(lab, deed);
}

function live(lab: Lab, stretch: Stretch): void {
  const { device, hours, from, to, flutter, everyMin } = stretch;
  const steps = Math.ceil((hours * 60) / everyMin);
  for (let step = 0; step < steps; step++) {
    lab.disk(device, from + ((to - from) * step) / steps + flutter * Math.sin(step * 7.3));
    lab.pass(everyMin * 60);
  }
}

function labOf(): Lab {
  const lab = new Lab(pack, store);
  for (const name of ['till-1', 'till-2']) lab.presence(name, 'birth', 86_400);
  return lab;
}

function reborn(lab: Lab): Lab {
  const next = new Lab(pack);
  next.now = lab.now;
  next.steppedMs = lab.steppedMs;
  next.define(store);
  loadStore(next.state, STORE, lab.rows.get(STORE) ?? '');
  next.rows.set(STORE, lab.rows.get(STORE) ?? '');
  return next;
}

/** A reason in the time that has really passed. */
function unset(lab: Lab, { code, params }: Reason): unknown {
  const real = Object.entries(params ?? {}).map(([name, is]) => [
    name,
    name.endsWith('At') ? Number(is) - lab.steppedMs : is,
  ]);
  return [code, Object.fromEntries(real)];
}

fc.configureGlobal({ seed: 20250311 });

// Days of readings each: on a busy machine they take their time.
describe('forecasts, whatever is read', { timeout: 60_000 }, () => {
  it('a restart at any point changes nothing in what follows', () => {
    let raised = 0;
    fc.assert(
      fc.property(deedsUnderClocks, deedsUnderClocks, (before, after) => {
        const steady = labOf();
        for (const deed of before) act(steady, deed);
        const restarted = reborn(steady);
        const from = steady.transitions.length;
        for (const lab of [steady, restarted]) {
          lab.send({ kind: 'started' });
          for (const deed of after) act(lab, deed);
        }
        expect(restarted.transitions).toEqual(steady.transitions.slice(from));
        const kept = (lab: Lab) => JSON.parse(lab.rows.get(STORE) ?? '').watches;
        expect(kept(restarted)).toEqual(kept(steady));
        raised += steady.transitions.filter(({ alert }) => alert.reason.code.startsWith('forecast.')).length;
      }),
      { numRuns: runs(15) },
    );
    // The histories are such that there is something to forget.
    expect(raised).toBeGreaterThan(10);
  });

  it('late data changes nothing at all', () => {
    fc.assert(
      fc.property(deedsUnderClocks, fc.integer({ min: 0, max: 100 }), (all, used_percent) => {
        const lab = labOf();
        for (const deed of all) act(lab, deed);
        lab.pass(86_400);
        const look = () => [saveStore(lab.state, STORE), devicesOf(lab.state, STORE, lab.now), nextDue(lab.state)];
        const before = look();
        const points = [{ m: 'disk', t: { path: '/' }, f: { used_percent } }];
        expect(lab.report('till-1', points, [], true)).toMatchObject({ transitions: [], effects: [] });
        expect(look()).toEqual(before);
      }),
      { numRuns: runs(15) },
    );
  });

  it('a clock that is set moves, loses and doubles nothing', () => {
    fc.assert(
      fc.property(deedsUnderClocks, (all) => {
        const [steady, set] = [labOf(), labOf()];
        for (const deed of all) {
          const from = [steady, set].map(({ transitions }) => transitions.length);
          if (deed.do !== 'set-clock') act(steady, deed);
          act(set, deed);
          for (const lab of [steady, set]) lab.pass(0);
          const [told, toldBySet] = [steady, set].map((lab, index) =>
            lab.transitions
              .slice(from[index])
              .map(({ from: before, alert }) => [before, alert.state, alert.key, unset(lab, alert.reason)]),
          );
          expect(toldBySet).toEqual(told);
        }
      }),
      { numRuns: runs(12) },
    );
  });

  it('one cause has one incident, which ends when the disk is empty again', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const lab = labOf();
        for (const deed of all) {
          act(lab, deed);
          const targets = [...openIncidents(lab.state)].map(({ cause }) => cause.target);
          expect(new Set(targets).size).toBe(targets.length);
        }
        for (const name of ['till-1', 'till-2'] as const) {
          lab.presence(name, 'online', 86_400);
          live(lab, { device: name, hours: 50, from: 50, to: 50, flutter: 0, everyMin: 30 });
        }
        for (const name of ['till-1', 'till-2'] as const) lab.disk(name, 50);
        lab.pass(60);
        expect([...openIncidents(lab.state)].filter(({ cause }) => cause.rule !== 'silent')).toEqual([]);
      }),
      { numRuns: runs(12) },
    );
  });

  it('keeps a bounded number of samples that cover all of the past it is asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.double({ min: -1e12, max: 1e12, noNaN: true })), {
          minLength: 1,
          maxLength: 400,
        }),
        fc.integer({ min: 600, max: 40_000 }),
        (readings, keepMin) => {
          const samples = new Samples();
          for (const [minutes, value] of readings) samples.add(minutes, value, keepMin);
          expect(samples.count).toBeLessThanOrEqual(MAX_SAMPLES);
          const last = samples.count - 1;
          expect(samples.valueAt(last)).toBe(Math.fround(Number(readings.at(-1)?.[1].toPrecision(6))));
          for (let index = 1; index <= last; index++) {
            expect(samples.minuteAt(index)).toBeGreaterThan(samples.minuteAt(index - 1));
          }
          const span = samples.minuteAt(last) - samples.minuteAt(0);
          const lived = readings.slice(1).reduce((sum, [minutes]) => sum + minutes, 0);
          expect(span).toBeLessThanOrEqual(keepMin);
          // What is dropped as too old is replaced by the next that is kept, not so far from it.
          if (lived <= keepMin) expect(span).toBe(lived);
          expect(Samples.load(samples.save()).save()).toEqual(samples.save());
        },
      ),
      { numRuns: runs(100) },
    );
  });
});
