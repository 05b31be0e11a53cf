import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CounterSample, hasRestarted, type InterfaceCounters, ratesBetween } from '../../../agent/snmp/rates.ts';

const DAY_CS = 24 * 3600 * 100;
const GIGABIT = 1e9;

const octets = (value: number | bigint, bits: 32 | 64 = 64, more: Partial<InterfaceCounters> = {}) =>
  new Map<string, InterfaceCounters>([
    ['lan', { counters: { inOctets: { value: BigInt(value), bits } }, speedBps: GIGABIT, ...more }],
  ]);
const sample = (atS: number, interfaces: CounterSample['interfaces'], more: Partial<CounterSample> = {}) => ({
  at: atS * 1000,
  uptimeCs: atS * 100,
  interfaces,
  ...more,
});
const inOctets = (before: CounterSample, after: CounterSample) => ratesBetween(before, after).get('lan')?.inOctets;

describe('a rate', () => {
  test('is what was counted, over the time that has passed', () => {
    expect(inOctets(sample(0, octets(1000)), sample(30, octets(31_000)))).toBe(1000);
  });

  test('of 32 bits is corrected for one wrap', () => {
    expect(inOctets(sample(0, octets(2 ** 32 - 1000, 32)), sample(10, octets(9000, 32)))).toBe(1000);
  });

  test('of 32 bits is not told where the line could have taken it round twice', () => {
    expect(inOctets(sample(0, octets(1000, 32)), sample(60, octets(2000, 32)))).toBeUndefined();
    expect(inOctets(sample(0, octets(1000, 64)), sample(60, octets(61_000, 64)))).toBe(1000);
  });

  test('of 32 bits is not taken for wrapped where nobody knows whether the device was up', () => {
    const [before, after] = [octets(2 ** 32 - 1000, 32), octets(9000, 32)];
    expect(inOctets({ at: 0, interfaces: before }, { at: 10_000, interfaces: after })).toBeUndefined();
    const [last, first] = [{ uptimeCs: 2 ** 32 - 100 }, { uptimeCs: 900 }];
    expect(inOctets(sample(0, before, last), sample(10, after, first))).toBeUndefined();
  });

  test('above 105 % of the line is none; one of a little over the line is', () => {
    const line = GIGABIT / 8;
    expect(inOctets(sample(0, octets(0)), sample(10, octets(line * 10 * 1.04)))).toBe(line * 1.04);
    expect(inOctets(sample(0, octets(0)), sample(10, octets(line * 10 * 1.06)))).toBeUndefined();
  });

  test('is none across a discontinuity, nor where the counter has another size', () => {
    const [then, now] = [octets(0, 64, { discontinuity: 1 }), octets(1000, 64, { discontinuity: 2 })];
    expect(inOctets(sample(0, then), sample(10, now))).toBeUndefined();
    expect(inOctets(sample(0, octets(0, 32)), sample(10, octets(1000, 64)))).toBeUndefined();
  });

  test('follows an interface by what identifies it', () => {
    const before = sample(
      0,
      new Map<string, InterfaceCounters>([...octets(0), ['wan', { counters: { inOctets: { value: 5n, bits: 64 } } }]]),
    );
    expect([...ratesBetween(before, sample(10, octets(1000))).keys()]).toEqual(['lan']);
  });
});

describe('a device has started anew', () => {
  const at = (atS: number, more: Partial<CounterSample>) => sample(atS, new Map(), more);

  test.each([
    ['its uptime fell', { uptimeCs: 10 * DAY_CS }, { uptimeCs: 1000 }, true],
    ['it counted less than has passed, polls were missed', { uptimeCs: 1000 }, { uptimeCs: 20_000 }, true],
    ['its engine booted', { engine: { boots: 3, timeS: 10 } }, { engine: { boots: 4, timeS: 310 } }, true],
    ['its engine’s time fell', { engine: { boots: 3, timeS: 900 } }, { engine: { boots: 3, timeS: 20 } }, true],
    ['nothing happened', { uptimeCs: 1000 }, { uptimeCs: 31_000 }, false],
    ['its clock runs 3 % slow', { uptimeCs: 1000 }, { uptimeCs: 30_100 }, false],
    [
      'its uptime wrapped after 497 days, and its engine went on',
      { uptimeCs: 2 ** 32 - 100, engine: { boots: 3, timeS: 1e6 } },
      { uptimeCs: 29_900, engine: { boots: 3, timeS: 1e6 + 300 } },
      false,
    ],
    ['its uptime wrapped, and it has no engine', { uptimeCs: 2 ** 32 - 100 }, { uptimeCs: 29_900 }, false],
  ])('%s', (_, before, after, restarted) => {
    expect(hasRestarted(at(0, before), at(300, after), 300)).toBe(restarted);
  });
});

/** A device as it really is: what passes, in octets per second, and what its agent says when it is asked. */
interface Step {
  /** Seconds since the step before: polls were missed, or not. */
  afterS: number;
  /** Shares of the line that pass meanwhile, of the interfaces. */
  load: number[];
  happens: 'nothing' | 'reboot' | 'renumbering' | 'discontinuity';
  /** The answer takes so long: the counters are of then, not of when it was asked. */
  lateS: number;
}

test('10,000 histories of wraps, reboots, renumbering, discontinuities and missed polls show no false spike', () => {
  let told = 0;
  const step: fc.Arbitrary<Step> = fc.record({
    afterS: fc.constantFrom(30, 30, 30, 60, 90, 300, 3600),
    load: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    happens: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'reboot', 'renumbering', 'discontinuity'),
    lateS: fc.double({ min: 0, max: 0.3, noNaN: true }),
  });
  const history = fc.record({
    bits: fc.constantFrom<32 | 64>(32, 64),
    speedBps: fc.constantFrom(10e6, 100e6, 1e9, 10e9),
    tellsSpeed: fc.boolean(),
    tellsEngine: fc.boolean(),
    /** Of its clock, beside ours. */
    pace: fc.double({ min: 0.98, max: 1.02, noNaN: true }),
    uptimeS: fc.constantFrom(5, 3600, (2 ** 32 - 5000) / 100),
    start: fc.array(fc.bigInt({ min: 0n, max: 2n ** 40n }), { minLength: 3, maxLength: 3 }),
    steps: fc.array(step, { minLength: 2, maxLength: 12 }),
  });
  fc.assert(
    fc.property(history, ({ bits, speedBps, tellsSpeed, tellsEngine, pace, start, steps, ...device }) => {
      const line = speedBps / 8;
      const counted = start.map((value) => value % 2n ** BigInt(bits));
      const discontinuity = [0, 0, 0];
      let { uptimeS } = device;
      let boots = 7;
      let engineS = uptimeS;
      let now = 1000;
      let before: CounterSample | undefined;
      for (const { afterS, load, happens, lateS } of steps) {
        now += afterS;
        uptimeS += afterS * pace;
        engineS += afterS * pace;
        counted.forEach((value, i) => {
          const passed = BigInt(Math.round(line * (load[i] as number) * (afterS + lateS)));
          counted[i] = (value + passed) % 2n ** BigInt(bits);
        });
        if (happens === 'reboot') {
          boots += 1;
          // Somewhere in between.
          uptimeS = (load[0] as number) * Math.max(0, afterS - 15);
          engineS = uptimeS;
          counted.forEach((_, i) => {
            counted[i] = BigInt(Math.round(line * (load[i] as number) * uptimeS));
          });
        }
        if (happens === 'discontinuity') {
          discontinuity[1] = Math.round(uptimeS * 100);
          counted[1] = 0n;
        }
        const order = happens === 'renumbering' ? [2, 0, 1] : [0, 1, 2];
        const after: CounterSample = {
          at: now * 1000,
          uptimeCs: Math.round(uptimeS * 100) % 2 ** 32,
          ...(tellsEngine && { engine: { boots, timeS: Math.floor(engineS) } }),
          interfaces: new Map(
            order.map((i) => [
              `port${i}`,
              {
                counters: { inOctets: { value: counted[i] as bigint, bits } },
                speedBps: tellsSpeed ? speedBps : 0,
                discontinuity: discontinuity[i] as number,
              },
            ]),
          ),
        };
        if (before) {
          for (const [port, { inOctets: rate = 0 }] of ratesBetween(before, after)) {
            const truth = line * (load[Number(port.slice(-1))] as number);
            told += 1;
            // Counters are read a little later than asked; nothing else may add to what really passed.
            expect(rate).toBeLessThanOrEqual(truth * 1.03 + 1);
          }
        }
        before = after;
      }
    }),
    { numRuns: 10_000 },
  );
  expect(told).toBeGreaterThan(50_000);
}, 120_000);
