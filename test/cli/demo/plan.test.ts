import { describe, expect, test } from 'vitest';
import { demoInventory } from '../../../cli/demo/chain.ts';
import { isOpen } from '../../../cli/demo/opening-hours.ts';
import { type PlanOptions, plannedFaults, planRounds, strike } from '../../../cli/demo/plan.ts';
import type { Happening } from '../../../cli/demo/scenario.ts';
import { sitesOf } from '../../../cli/demo/sites.ts';

const START = Date.UTC(2026, 2, 10, 9);
const sites = sitesOf(demoInventory({ seed: 1, now: START }));
const siteOf = (key: string) => sites.find((site) => site.key === key);

const planOf = (happenings: (Happening & { atS: number })[], seed = 1): PlanOptions => ({
  day: { calmS: 60, everyS: 600, happenings },
  sites,
  seed,
  startedAt: START,
  speed: 1,
});
const cuts = planOf([{ atS: 10, what: 'wan-cut', where: { count: 20 }, forS: 120 }]);

function strikeNow(happening: Happening, seed = 1, busy = new Map<string, number>()) {
  return strike({
    happening,
    sites,
    seed,
    id: 't',
    at: START,
    lastsMs: happening.forS * 1000,
    restMs: 600_000,
    busy,
  });
}

test('the same seed plans the same day, another seed another', () => {
  expect(plannedFaults(cuts, START + 3_600_000)).toEqual(plannedFaults(cuts, START + 3_600_000));
  expect(plannedFaults({ ...cuts, seed: 2 }, START + 3_600_000)).not.toEqual(plannedFaults(cuts, START + 3_600_000));
});

test('what was planned until a time begins what is planned until a later one', () => {
  const short = plannedFaults(cuts, START + 700_000);
  expect(short).toHaveLength(40);
  expect(plannedFaults(cuts, START + 3_600_000).slice(0, short.length)).toEqual(short);
});

test('each day has its time and other stores', () => {
  const rounds = planRounds(cuts);
  const [first, second] = [rounds.next().value, rounds.next().value];
  expect(first.faults.map((fault) => fault.from)).toEqual(Array(20).fill(START + 70_000));
  expect(second.faults.map((fault) => fault.until)).toEqual(Array(20).fill(START + 790_000));
  const stores = new Set(first.faults.map((fault) => fault.store));
  expect(stores.size).toBe(20);
  expect(second.faults.some((fault) => stores.has(fault.store))).toBe(false);
});

test('a faster day keeps its order and takes less time', () => {
  const [fault] = plannedFaults({ ...cuts, speed: 10 }, START + 60_000);
  expect(fault).toMatchObject({ from: START + 7_000, until: START + 19_000 });
});

test('strikes only stores that are open and have no other trouble', () => {
  const closed = sites.filter(({ store }) => !isOpen(store.hours, store.timeZone, START)).map((site) => site.key);
  const all = strikeNow({ what: 'wan-cut', where: { count: 500 }, forS: 60 });
  expect(closed).toHaveLength(10);
  expect(all).toHaveLength(490);
  expect(all.some((fault) => closed.includes(fault.store))).toBe(false);
  const busy = new Map(all.slice(5).map((fault) => [fault.store as string, fault.until]));
  expect(strikeNow({ what: 'wan-cut', where: { count: 500 }, forS: 60 }, 2, busy)).toHaveLength(5);
});

describe('where', () => {
  test('a store by its name, troubled or not', () => {
    const busy = new Map([['demo/042', Number.POSITIVE_INFINITY]]);
    expect(strikeNow({ what: 'wan-cut', where: { store: '042' }, forS: 60 }, 1, busy)).toMatchObject([
      { store: 'demo/042' },
    ]);
  });

  test('a region and a carrier', () => {
    const faults = strikeNow({
      what: 'wan-cut',
      where: { region: 'Bretagne', carrier: 'Nordfibre', count: 5 },
      forS: 60,
    });
    expect(faults).toHaveLength(5);
    for (const fault of faults) {
      expect(siteOf(fault.store)?.store).toMatchObject({ region: 'Bretagne', attributes: { carrier: 'Nordfibre' } });
    }
  });

  test('nowhere is said so', () => {
    expect(() => strikeNow({ what: 'wan-cut', where: { region: 'Bretange' }, forS: 60 })).toThrow(
      'wan-cut: no store fits {"region":"Bretange"}',
    );
  });
});

test.each([
  ['till-freezes', /till|self-checkout/],
  ['payment-terminal-unreachable', /terminal/],
  ['disk-fills', /server/],
  ['till-sells-nothing', /till/],
  ['switch-flaps', /switch/],
] as const)('%s strikes one device that can have it', (what, device) => {
  const faults = strikeNow({ what, where: { count: 30 }, forS: 60 });
  expect(faults).toHaveLength(30);
  for (const fault of faults) expect(fault.device?.slice(fault.store.length)).toMatch(device);
});

describe('a carrier’s outage', () => {
  const places = (faults: ReturnType<typeof strikeNow>) => ({
    carriers: new Set(faults.map((fault) => siteOf(fault.store)?.store.attributes?.carrier)),
    regions: new Set(faults.map((fault) => siteOf(fault.store)?.store.region)),
  });

  test.each([1, 2, 3, 4, 5])('over 40 stores is one carrier’s in one region, within seconds (seed %i)', (seed) => {
    const faults = strikeNow({ what: 'carrier-outage', where: { count: 40 }, forS: 600 }, seed);
    expect(new Set(faults.map((fault) => fault.store)).size).toBe(40);
    expect(places(faults).carriers.size).toBe(1);
    expect(places(faults).regions.size).toBe(1);
    const from = faults.map((fault) => fault.from);
    expect(Math.max(...from) - START).toBeLessThan(8_000);
    expect(new Set(from).size).toBeGreaterThan(20);
  });

  test('without a number takes all the carrier has there', () => {
    const faults = strikeNow({ what: 'carrier-outage', where: { region: 'Bretagne' }, forS: 600 });
    const served = sites.filter(
      ({ store }) =>
        store.region === 'Bretagne' &&
        store.attributes?.carrier === 'Nordfibre' &&
        isOpen(store.hours, store.timeZone, START),
    );
    expect(faults.map((fault) => fault.store).sort()).toEqual(served.map((site) => site.key).sort());
  });

  test('larger than any region goes on to the carrier’s stores elsewhere', () => {
    const faults = strikeNow({ what: 'carrier-outage', where: { count: 100 }, forS: 600 });
    expect(faults).toHaveLength(100);
    expect(places(faults).carriers.size).toBe(1);
  });
});
