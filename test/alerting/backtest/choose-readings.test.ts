import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Inquiry } from '../../../alerting/backtest/asked.ts';
import { ReadingChooser } from '../../../alerting/backtest/choose-readings.ts';
import type { DevicePast } from '../../../alerting/backtest/ports.ts';
import { emptyState, openIncidents, step } from '../../../alerting/engine/engine.ts';
import type { RulePack, Transition } from '../../../alerting/engine/types.ts';
import { parseRulePack } from '../../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath } from '../../../alerting/rules/read-rule-pack.ts';
import type { Store } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { threshold } from '../engine/lab.ts';

const T0 = 1_700_000_000_000;
const STEP = 30_000;
const DEVICE = { name: 'till', kind: 'till' } as const;
const STORE: Store = { name: 's', title: 'S', timeZone: 'UTC', devices: [DEVICE] };

const packOf = (...rules: RulePack['rules']): RulePack => ({ rules, settleS: 10, quietS: 30, graceS: 60 });

const pastOf = (values: readonly number[], at = T0): DevicePast => {
  const times = Float64Array.from(values, (_, i) => at + i * STEP);
  const series = { measurement: 'disk', tags: { path: '/' }, field: 'used_percent' };
  return { heard: times, series: [{ ...series, times, values: Float64Array.from(values) }], rollups: [] };
};

/** The transitions of the store's alerts, when each reading is judged, or only those that were chosen. */
function judged(
  pack: RulePack,
  times: Float64Array,
  pointsAt: (at: number) => { m: string; f: Record<string, number> }[],
) {
  const state = emptyState(pack);
  const transitions: Transition[] = [];
  step(state, { kind: 'inventory', store: 'c/s', simulated: false, definition: STORE }, T0 - 1000);
  for (const at of times) {
    const points = pointsAt(at);
    const report = { kind: 'report', device: 'c/s/till', at, late: false, points, statuses: [] } as const;
    transitions.push(...step(state, report, at).transitions);
    transitions.push(...step(state, { kind: 'tick' }, at).transitions);
  }
  const told = transitions.map(({ alert, from, at }) => `${at - T0} ${alert.rule} ${from} ${alert.state}`);
  return { told, open: [...openIncidents(state)].map(({ key }) => key) };
}

const walk = fc
  .array(fc.record({ level: fc.constantFrom(20, 70, 82, 85, 91, 99), length: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((stretches) => stretches.flatMap(({ level, length }) => Array.from({ length }, (_, i) => level + (i % 3) / 10)));

describe('readings that may matter', () => {
  const pack = packOf(
    threshold({ forS: 60, clearForS: 90 }),
    threshold({ id: 'low', direction: 'below', raise: 25, clear: 60, forS: 120, clearForS: 30 }),
  );

  test('judged alone, they give the same alerts at the same times as all of them, whatever stretch they come in', () => {
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 200 }), (values, cut) => {
        const chooser = new ReadingChooser(new Inquiry([pack]).of(STORE, DEVICE, 'c/s/till', undefined).asked);
        const fed = [
          ...chooser.choose(pastOf(values.slice(0, cut))),
          ...chooser.choose(pastOf(values.slice(cut), T0 + cut * STEP)),
        ];
        const { heard, series } = pastOf(values);
        const chosen = new Map(fed.map(({ at, point }) => [at, [point]]));
        const dense = new Map(
          Array.from(heard, (at, i) => [
            at,
            [{ m: 'disk', t: { path: '/' }, f: { used_percent: series[0]?.values[i] as number } }],
          ]),
        );
        expect(judged(pack, heard, (at) => chosen.get(at) ?? [])).toEqual(
          judged(pack, heard, (at) => dense.get(at) ?? []),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('of a day on which all is well there are none', () => {
    const chooser = new ReadingChooser(new Inquiry([pack]).of(STORE, DEVICE, 'c/s/till', undefined).asked);
    expect(chooser.choose(pastOf(Array.from({ length: 2880 }, (_, i) => 62 + (i % 15))))).toEqual([]);
  });

  test('an override that judges this device sooner has more of them chosen', () => {
    const written = readFileSync(defaultRulePackPath, 'utf8');
    const sooner = `${written}\noverrides:\n  - { at: { device: c/s/till }, rule: disk-filling, set: { raise: 50, clear: 40 } }\n`;
    const aboveFor = (rules: string, key: DeviceKey) =>
      new Inquiry([parseRulePack(rules, 'rules')])
        .of(STORE, DEVICE, key, undefined)
        .asked.get('disk')
        ?.get('used_percent')?.above;
    expect(aboveFor(written, 'c/s/till')).toBe(80);
    expect(aboveFor(sooner, 'c/s/till')).toBe(40);
    expect(aboveFor(sooner, 'c/s/other')).toBe(80);
  });

  test('a rule with a window gets all of them', () => {
    const window = { aggregate: 'avg', seconds: 600, coverage: 0.9 } as const;
    const chooser = new ReadingChooser(
      new Inquiry([packOf(threshold({ window }))]).of(STORE, DEVICE, 'c/s/till', undefined).asked,
    );
    expect(chooser.choose(pastOf([1, 2, 3]))).toHaveLength(3);
  });

  test('of a roll-up the worst and the last are judged', () => {
    const chooser = new ReadingChooser(
      new Inquiry([packOf(threshold())]).of(STORE, DEVICE, 'c/s/till', undefined).asked,
    );
    const rolled = {
      ...{ measurement: 'disk', tags: { path: '/' }, field: 'used_percent', widthMs: 300_000 },
      times: Float64Array.of(T0, T0 + 300_000),
      min: Float64Array.of(10, 10),
      max: Float64Array.of(20, 95),
      last: Float64Array.of(20, 30),
    };
    const fed = chooser.choose({ heard: new Float64Array(), series: [], rollups: [rolled] });
    expect(fed.map(({ at, point }) => [at - T0, point.f.used_percent])).toEqual([
      [300_000, 95],
      [599_000, 30],
    ]);
  });
});
