import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState, loadStore, saveStore, step } from '../../../alerting/engine/engine.ts';
import type { BaselineRule } from '../../../alerting/engine/types.ts';
import { Lab, packOf, STORE, storeOf } from './lab.ts';
import { randomOf } from './shop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTES = 10;

const baseline = (over: Partial<BaselineRule> = {}): BaselineRule => ({
  id: 'slower',
  title: { fr: 'règle', en: 'rule' },
  scope: {},
  severity: 'warning',
  urgency: 3,
  hours: 'always',
  forS: 1200,
  clearForS: 1200,
  type: 'baseline',
  measurement: 'ping',
  field: 'average_response_ms',
  tags: {},
  by: ['url'],
  direction: 'above',
  raise: 6,
  clear: 3,
  least: 20,
  adaptS: 3 * 86_400,
  unit: 'milliseconds',
  ...over,
});

const server = { name: 'server', kind: 'server' } as const;

/** A line that is slower by day, and never twice the same. */
class Line {
  readonly lab: Lab;
  readonly #random: () => number;
  /** Added to what is usual. */
  extra = 0;

  constructor(rule: BaselineRule, seed = 1) {
    this.lab = new Lab(packOf(rule), storeOf([server]));
    this.lab.presence('server', 'birth', MINUTES * 60);
    this.#random = randomOf(seed);
  }

  usual(): number {
    const hour = (this.lab.now / HOUR + 1) % 24;
    const day = 30 + 60 * Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI));
    return day * (0.9 + 0.2 * this.#random());
  }

  run(ms: number): void {
    for (const until = this.lab.now + ms; this.lab.now < until; ) {
      this.lab.pass(MINUTES * 60);
      this.lab.report('server', [
        { m: 'ping', t: { url: '10.0.0.1' }, f: { average_response_ms: this.usual() + this.extra } },
      ]);
    }
  }

  get told() {
    return this.lab.transitions.map(({ alert }) => `${alert.state} ${alert.reason.code}`);
  }
}

describe('what is usual', () => {
  it('is known after three days by the hour of the day: until then nothing is raised', () => {
    const line = new Line(baseline());
    line.run(2 * DAY);
    line.extra = 500;
    line.run(6 * HOUR);
    expect(line.told).toEqual([]);
  });

  it('a reading far above it for its hour is raised, and clears once it is near again', () => {
    const line = new Line(baseline());
    line.run(15 * DAY);
    expect(line.told).toEqual([]);
    // At 10:00 some 75 ms are usual: 90 ms more is far off, and what a night shows is told from what a day does.
    line.extra = 120;
    line.run(HOUR);
    expect(line.told).toEqual(['pending baseline.above', 'firing baseline.above']);
    const { expected = 0, limit = 0, value = 0 } = line.lab.transitions.at(-1)?.alert.reason.params ?? {};
    expect(Number(expected)).toBeGreaterThan(60);
    expect(Number(expected)).toBeLessThan(90);
    expect(Number(limit)).toBeGreaterThan(Number(expected));
    expect(Number(value)).toBeGreaterThan(Number(limit));
    line.extra = 0;
    line.run(HOUR);
    expect(line.told.at(-1)).toBe('resolved baseline.cleared');
  });

  it('a value that is usual at noon is raised at night', () => {
    const line = new Line(baseline({ least: 10 }));
    line.run(15 * DAY + 16 * HOUR);
    line.extra = 50;
    line.run(2 * HOUR);
    expect(line.told.at(-1)).toBe('firing baseline.above');
  });

  it('is not what a fault makes it: after two days of one it is raised again at the same value', () => {
    const line = new Line(baseline());
    line.run(15 * DAY);
    line.extra = 200;
    line.run(2 * DAY);
    line.extra = 0;
    line.run(2 * HOUR);
    expect(line.told.at(-1)).toBe('resolved baseline.cleared');
    line.extra = 200;
    line.run(HOUR);
    expect(line.told.at(-1)).toBe('firing baseline.above');
  });

  it('is what has lasted for longer than the rule adapts', () => {
    const line = new Line(baseline());
    line.run(15 * DAY);
    line.extra = 200;
    line.run(3 * DAY);
    expect(line.told.at(-1)).toBe('firing baseline.above');
    line.run(9 * DAY);
    expect(line.told.at(-1)).toMatch('resolved');
  });

  it('of a flat line, is left only by as much as the rule asks', () => {
    const lab = new Lab(packOf(baseline()), storeOf([server]));
    lab.presence('server', 'birth', 600);
    const say = (value: number) => lab.report('server', [{ m: 'ping', f: { average_response_ms: value } }]);
    for (let row = 0; row < 6 * 24 * 6; row++) {
      lab.pass(600);
      say(30);
    }
    for (const value of [49, 31, 12, 49]) {
      lab.pass(600);
      say(value);
    }
    expect(lab.transitions).toEqual([]);
    for (let row = 0; row < 4; row++) {
      lab.pass(600);
      say(51);
    }
    expect(lab.transitions.at(-1)?.alert.state).toBe('firing');
  });

  it('a rule may look below, or at a counter’s rate over a while', () => {
    const rule = baseline({
      ...{
        measurement: 'last_sale',
        field: 'sales_total',
        by: [],
        direction: 'below',
        least: 0.002,
        unit: 'per-second',
      },
      window: { aggregate: 'rate', seconds: 3600, coverage: 0.8 },
    });
    const lab = new Lab(packOf(rule), storeOf([server]));
    lab.presence('server', 'birth', 600);
    let total = 0;
    const sell = (rows: number, each: number) => {
      for (let row = 0; row < rows; row++) {
        lab.pass(600);
        total += each;
        lab.report('server', [{ m: 'last_sale', f: { sales_total: total } }]);
      }
    };
    sell(6 * 24 * 5, 5);
    expect(lab.transitions).toEqual([]);
    sell(9, 1);
    expect(lab.transitions.at(-1)?.alert).toMatchObject({ state: 'firing', reason: { code: 'baseline.below' } });
  });

  it('whose reading is told no more ends its alert', () => {
    const line = new Line(baseline());
    line.run(15 * DAY);
    line.extra = 200;
    line.run(HOUR);
    for (let hour = 0; hour < 4 * 24 * 6; hour++) {
      line.lab.pass(600);
      line.lab.report('server');
    }
    expect(line.told.at(-1)).toBe('resolved no-longer-watched');
  });

  it('raises nothing on a healthy line for two months', () => {
    const line = new Line(baseline({ least: 0 }), 7);
    line.run(60 * DAY);
    expect(line.told.filter((told) => told.startsWith('firing'))).toEqual([]);
  });
});

it('a restart at any point and late data change nothing', () => {
  const known = new Line(baseline());
  known.run(8 * DAY);
  const row = saveStore(known.lab.state, STORE) ?? '';
  const load = (saved: string, at: number) => {
    const state = emptyState(packOf(baseline()));
    step(state, { kind: 'inventory', store: STORE, simulated: false, definition: storeOf([server]) }, at);
    loadStore(state, STORE, saved);
    return state;
  };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 900, noNaN: true }), fc.boolean()), { maxLength: 60 }),
      (rows) => {
        const lab = new Lab(packOf(baseline()), storeOf([server]));
        lab.now = known.lab.now;
        loadStore(lab.state, STORE, row);
        for (const [value, isLate] of rows) {
          lab.pass(600);
          const before = saveStore(lab.state, STORE);
          lab.report('server', [{ m: 'ping', t: { url: '10.0.0.1' }, f: { average_response_ms: value } }], [], isLate);
          if (isLate) expect(saveStore(lab.state, STORE)).toBe(before);
          const saved = saveStore(lab.state, STORE) ?? '';
          expect(saveStore(load(saved, lab.now), STORE)).toBe(saved);
        }
      },
    ),
    { numRuns: 30 },
  );
}, 30_000);
