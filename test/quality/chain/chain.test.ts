import { beforeAll, describe, expect, it } from 'vitest';
import { defaultRulePackPath, readRulePack } from '../../../alerting/rules/read-rule-pack.ts';
import { Agenda } from './agenda.ts';
import { type Chain, drawChain, liveChain } from './chain.ts';
import { figuresOf, kindRows } from './figures.ts';
import { due } from './plan.ts';
import type { RunResult } from './run.ts';
import { type Score, score } from './score.ts';
import { figureTable, kindTable } from './table.ts';
import { readTruth } from './truth.ts';

const DAY = 86_400_000;

describe('a small chain over three days, the night of the clocks among them', () => {
  let chain: Chain;
  let run: RunResult;
  let scored: Score;

  beforeAll(() => {
    chain = drawChain({ seed: 3, stores: 60, days: 3 });
    run = liveChain(chain, readRulePack(defaultRulePackPath));
    scored = score(readTruth(JSON.stringify(chain.truth)), run.seen);
  }, 300_000);

  it('is judged within every budget', () => {
    const figures = figuresOf(scored, run.seen, chain.truth);
    const missed = figures.filter(({ isMet }) => isMet === false).map(({ what, value }) => `${what}: ${value}`);
    expect(missed).toEqual([]);
    expect(figures.filter(({ isMet }) => isMet !== undefined)).toHaveLength(9);
  });

  it('has faults of many kinds, common causes and a restart, and its table tells of all', () => {
    const kinds = kindRows(scored);
    expect(kinds.length).toBeGreaterThan(10);
    expect(new Set(chain.truth.faults.map(({ group }) => group)).size).toBe(5);
    expect(chain.noise.restarts.length).toBeGreaterThan(0);
    expect(run.late).toBeGreaterThan(0);
    for (const { kind } of kinds) expect(kindTable(kinds)).toContain(kind);
    expect(figureTable(figuresOf(scored, run.seen, chain.truth))).toContain('held');
  });
});

describe('the truth', () => {
  it('is the same for a seed, another for another, and about stores and devices that are there', () => {
    const { truth, fleet } = drawChain({ seed: 5, stores: 40, days: 5 });
    expect(drawChain({ seed: 5, stores: 40, days: 5 }).truth).toEqual(truth);
    expect(drawChain({ seed: 6, stores: 40, days: 5 }).truth.faults).not.toEqual(truth.faults);
    const keys = new Set<string>(fleet.flatMap(({ key, devices }) => [key, ...devices.map((each) => each.key)]));
    for (const { device, store, target, from, until, tellFrom, touches } of truth.faults) {
      for (const key of [store, target, device ?? store, ...(touches === 'store' ? [] : touches)])
        expect(keys).toContain(key);
      expect(until).toBeGreaterThan(from);
      expect(tellFrom).toBeGreaterThanOrEqual(from);
    }
  });

  it('gives a common cause stores that share its attribute', () => {
    const { truth, fleet } = drawChain({ seed: 5, stores: 100, days: 5 });
    const stores = new Map(fleet.map((each) => [each.key, each.store]));
    const common = truth.faults.filter(({ group }) => group !== undefined);
    expect(common.length).toBeGreaterThan(50);
    for (const { store, attribute, group, from } of common) {
      const shared = truth.shared.find((each) => each.group === group);
      expect(shared?.since[store]).toBeLessThanOrEqual(from);
      if (attribute?.name !== 'software.pos')
        expect(stores.get(store)?.attributes?.[attribute?.name ?? '']).toBe(attribute?.value);
    }
  });

  it('knows opening hours through the night of the clocks', () => {
    const { fleet } = drawChain({ seed: 1, stores: 40, days: 3 });
    const [store] = fleet.filter(({ store: { hours } }) => hours?.mon?.[0] === '08:30-20:00');
    const at = (time: string) => store?.opens.some(([from]) => from === Date.parse(time));
    expect(at('2026-10-24T06:30:00Z')).toBe(true);
    expect(at('2026-10-26T07:30:00Z')).toBe(true);
  });

  it('calls for nobody while a store is closed, and from opening for what lasts', () => {
    const opens = [[DAY, DAY + 3_600_000]] as const;
    const told = (from: number, until: number, hours: 'open' | 'always' = 'open') =>
      due({ hours, matters: [60, 300] }, { opens } as never, from, until);
    expect(told(0, 600_000)).toMatchObject({ expected: 'silent' });
    expect(told(0, 600_000, 'always')).toEqual({ expected: 'told', tellFrom: 0 });
    expect(told(DAY - 600_000, DAY + 900_000)).toEqual({ expected: 'told', tellFrom: DAY });
    expect(told(DAY - 600_000, DAY + 120_000)).toMatchObject({ expected: 'either' });
    expect(told(DAY, DAY + 30_000)).toMatchObject({ expected: 'silent' });
  });

  it('lets the check before the opening tell what it finds, and asks for it only from the opening on', () => {
    const opens = [[DAY, DAY + 3_600_000]] as const;
    const checked = (from: number, until: number) =>
      due({ hours: 'open', matters: [60, 300], checked: 5 }, { opens } as never, from, until);
    const mayTellFrom = DAY - 300_000;
    expect(checked(0, DAY + 900_000)).toEqual({ expected: 'told', tellFrom: DAY, mayTellFrom });
    expect(checked(0, DAY - 60_000)).toEqual({ expected: 'either', tellFrom: mayTellFrom });
    expect(checked(0, DAY - 300_000)).toMatchObject({ expected: 'silent' });
    expect(checked(DAY + 1, DAY + 900_000)).toEqual({ expected: 'told', tellFrom: DAY + 1 });
  });
});

it('an agenda gives what was noted by time, and in order at one time', () => {
  const agenda = new Agenda();
  const done: number[] = [];
  for (const at of [5, 3, 9, 3, 1, 7]) agenda.add(at, () => done.push(at));
  const times: number[] = [];
  while (agenda.nextAt() < Number.POSITIVE_INFINITY) {
    times.push(agenda.nextAt());
    agenda.run();
  }
  expect(times).toEqual([1, 3, 3, 5, 7, 9]);
  expect(done).toEqual(times);
});
