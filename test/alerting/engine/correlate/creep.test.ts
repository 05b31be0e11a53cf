import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainOf, Stores } from './bench.ts';

/** A hundred stores, of which every second has a version for long. */
const halves = () =>
  new Stores(
    chainOf(100, (at) => ({
      attributes: { posVersion: at % 2 === 0 ? '7.5' : '7.4' },
      devices: [{ name: 'till-1', kind: 'till', lane: 1 }],
    })),
  );
const fail = (stores: Stores, store: number) => stores.check(`${store}`, 'till-1', 'process:pos');

describe('a version that comes to one store after the other', () => {
  it('is named at the third that it breaks, however long after the first', () => {
    const stores = halves();
    for (const store of [10, 21, 32]) {
      expect(stores.told()).toEqual([]);
      stores.deploy(`${store}`, '8.0');
      stores.pass(300);
      fail(stores, store);
      stores.pass(1_500);
    }
    expect(stores.told()).toEqual(['new deployed.software.pos=8.0 3/3']);
  });

  it('counts where it is told a little after the store failed, and joins what is open', () => {
    const stores = halves();
    for (const store of [10, 21, 32, 43]) {
      fail(stores, store);
      stores.pass(120);
      stores.deploy(`${store}`, '8.0');
      stores.pass(900);
    }
    expect(stores.told()).toEqual(['new deployed.software.pos=8.0 4/4']);
  });

  it('is not why a store failed that got it to be mended', () => {
    const stores = halves();
    for (const store of [10, 21, 32, 43, 54]) fail(stores, store);
    stores.pass(1_200);
    for (const store of [10, 21, 32, 43, 54]) stores.deploy(`${store}`, '8.0');
    fail(stores, 65);
    expect(stores.told()).toEqual([]);
  });

  it('is new for a day', () => {
    const stores = halves();
    for (const store of [10, 21, 32]) stores.deploy(`${store}`, '8.0');
    stores.pass(25 * 3_600);
    for (const store of [10, 21, 32]) fail(stores, store);
    // It sets them apart all the same, as what they have for long.
    expect(stores.told()).toEqual(['new observed.software.pos=8.0 3/3']);
  });
});

describe('a defect that comes out in one store after the other', () => {
  /** A store that has the version, after every so many seconds. */
  const strike = (stores: Stores, from: number, to: number, everyS: number) => {
    for (let i = from; i < to; i++) {
      fail(stores, 1 + 2 * ((7 * i) % 50));
      stores.pass(everyS);
    }
  };

  it('is named when so many have failed that it is no coincidence any more, and not before', () => {
    const stores = halves();
    strike(stores, 0, 12, 300);
    expect(stores.told()).toEqual([]);
    strike(stores, 12, 24, 300);
    expect(stores.told()).toEqual(['new store.posVersion=7.5 24/24']);
    expect(stores.changes[0]?.major.evidence?.p).toBeLessThan(0.001);
  });

  it('is what is usual where as many have stood for longer', () => {
    const stores = halves();
    strike(stores, 0, 8, 2 * 3_600);
    strike(stores, 8, 28, 300);
    expect(stores.told()).toEqual([]);
    // So many are news all the same.
    strike(stores, 28, 36, 300);
    expect(stores.told()).toHaveLength(1);
  });
});

it('a restart at any point changes nothing of what creeps', () => {
  type Act = { kind: 'break' | 'fail' | 'deploy' | 'back'; store: number; waitS: number };
  const act: fc.Arbitrary<Act> = fc.record({
    kind: fc.constantFrom('break', 'break', 'break', 'fail', 'deploy', 'back'),
    store: fc.integer({ min: 1, max: 40 }),
    waitS: fc.integer({ min: 1, max: 900 }),
  });
  const live = (acts: readonly Act[], restarts: boolean) => {
    const stores = new Stores(chainOf(60));
    const failing = new Map<number, string>();
    for (const { kind, store, waitS } of acts) {
      if (restarts) stores.restart();
      const key = failing.get(store);
      if (kind === 'deploy' || kind === 'break') stores.deploy(`${store}`, '8.0');
      if ((kind === 'fail' || kind === 'break') && key === undefined) failing.set(store, fail(stores, store));
      else if (kind === 'back' && key !== undefined) {
        stores.back(key);
        failing.delete(store);
      }
      stores.pass(waitS);
    }
    return stores.changes;
  };
  let named = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), (acts) => {
      const told = live(acts, false);
      if (told.length > 0) named++;
      expect(live(acts, true)).toEqual(told);
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(named).toBeGreaterThan(5);
});
