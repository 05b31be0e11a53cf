import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { Attention, machineTime } from '../../../collector/ingest/attention.ts';

const START = 1_790_000_000_000;
const HOUR = 3_600_000;

/** A machine whose clock can be set, and which can sleep. */
let wall: number;
let running: number;
let asleep: number;
let attention: Attention;
let steps: number[];

const passes = (ms: number) => {
  wall += ms;
  running += ms;
};
const sleeps = (ms: number) => {
  wall += ms;
  asleep += ms;
};
const isSet = (byMs: number) => {
  wall += byMs;
};
const look = () => {
  expect(attention.now()).toBe(wall);
  return attention.takeEvents();
};

beforeEach(() => {
  wall = START;
  running = 12_345.678;
  asleep = 777;
  steps = [];
  attention = new Attention(
    // The third is told in hundredths of a second.
    { now: () => wall, monotonicMs: () => running, sinceBootMs: () => Math.floor((running + asleep) / 10) * 10 },
    (byMs) => steps.push(byMs),
  );
});

test('ordinary time is nothing to tell of', () => {
  for (const ms of [0, 4_000, 14_000, 1]) {
    passes(ms);
    expect([look(), attention.noticed]).toEqual([[], false]);
  }
});

test('a process that was stopped, and a machine that slept, are noticed once', () => {
  for (const pause of [passes, sleeps]) {
    pause(40_000);
    expect(look()).toEqual([{ kind: 'started' }]);
    passes(1_000);
    expect(look()).toEqual([]);
  }
  expect(steps).toEqual([]);
});

test('a clock that is set is told from a pause, exactly, forward and back', () => {
  for (const byMs of [2_500, -2_500, 2 * HOUR, -26 * HOUR, 30 * 24 * HOUR + 7]) {
    passes(3_000);
    isSet(byMs);
    expect(look()).toEqual([{ kind: 'clock-stepped', byMs }]);
    passes(3_000);
    expect(look()).toEqual([]);
  }
  expect(steps).toEqual([2_500, -2_500, 2 * HOUR, -26 * HOUR, 30 * 24 * HOUR + 7]);
});

test('a clock that is set while the process was stopped is both, the step first', () => {
  passes(60_000);
  isSet(-HOUR);
  expect(look()).toEqual([{ kind: 'clock-stepped', byMs: -HOUR }, { kind: 'started' }]);
});

test('a clock that is set while the machine slept is both, to the hundredths its sleep is known to', () => {
  sleeps(8 * HOUR);
  isSet(-HOUR);
  const [step, started] = look();
  expect(started).toEqual({ kind: 'started' });
  expect(Math.abs((step?.kind === 'clock-stepped' ? step.byMs : 0) + HOUR)).toBeLessThanOrEqual(10);
});

test('steps too small to be noticed are, once they add up', () => {
  for (let i = 0; i < 4; i++) {
    passes(1_000);
    isSet(600);
    expect(look()).toEqual(i < 3 ? [] : [{ kind: 'clock-stepped', byMs: 2_400 }]);
  }
});

test('naps too short to be noticed are no step once they add up', () => {
  for (let i = 0; i < 10; i++) {
    passes(1_000);
    sleeps(900);
    expect(look()).toEqual([]);
  }
});

test('steps before anyone takes them come as one', () => {
  isSet(HOUR);
  attention.now();
  isSet(-3 * HOUR);
  attention.now();
  expect(attention.noticed).toBe(true);
  expect(attention.takeEvents()).toEqual([{ kind: 'clock-stepped', byMs: -2 * HOUR }]);
});

test('set there and back again, nothing is left to tell', () => {
  isSet(HOUR);
  attention.now();
  isSet(-HOUR);
  attention.now();
  expect([attention.noticed, attention.takeEvents(), steps]).toEqual([false, [], [HOUR, -HOUR]]);
});

test('stopped between looking at two timepieces, it is not taken in', () => {
  let stops = 1;
  const time = {
    now: () => {
      if (stops-- === 0) passes(20_000);
      return wall;
    },
    monotonicMs: () => running,
    sinceBootMs: () => running + asleep,
  };
  attention = new Attention(time, (byMs) => steps.push(byMs));
  expect(attention.now()).toBe(wall);
  expect([attention.takeEvents(), steps]).toEqual([[], []]);
  attention.now();
  expect(attention.takeEvents()).toEqual([{ kind: 'started' }]);
});

test('whatever happens to the clock, time told minus the steps told is the time that has passed', () => {
  const happening = fc.oneof(
    fc.record({ what: fc.constant(passes), ms: fc.nat(60_000) }),
    fc.record({ what: fc.constant(isSet), ms: fc.integer({ min: -90 * HOUR, max: 90 * HOUR }) }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (all) => {
      const [wallBefore, runningBefore, stepsBefore] = [wall, running, steps.length];
      attention.now();
      for (const { what, ms } of all) {
        what(ms);
        attention.now();
      }
      const stepped = steps.slice(stepsBefore).reduce((sum, byMs) => sum + byMs, 0);
      expect(Math.abs(wall - wallBefore - stepped - (running - runningBefore))).toBeLessThanOrEqual(4_001);
    }),
  );
});

test('the machine’s own timepieces tell of nothing when nothing happens', () => {
  const real = new Attention(machineTime, (byMs) => steps.push(byMs));
  expect(Math.abs(real.now() - Date.now())).toBeLessThan(1_000);
  expect([real.takeEvents(), steps]).toEqual([[], []]);
});
