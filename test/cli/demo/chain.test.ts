import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { demoInventory } from '../../../cli/demo/chain.ts';
import { isOpen } from '../../../cli/demo/opening-hours.ts';
import { Inventory, type Store } from '../../../protocol/inventory.ts';

const NOON = Date.UTC(2026, 2, 10, 11);
const HOUR_MS = 3_600_000;

const storesOf = (options: Parameters<typeof demoInventory>[0]): Store[] =>
  demoInventory(options).chains.flatMap((chain) => chain.stores);
const lanes = (store: Store) => store.devices.filter((device) => device.lane !== undefined);

describe('the demo’s chain', () => {
  const stores = storesOf({ seed: 1, now: NOON });

  test('is one chain, marked simulated, that fits the inventory’s schema', () => {
    const inventory = demoInventory({ seed: 1, now: NOON });
    expect([...Compile(Inventory).Errors(inventory)]).toEqual([]);
    expect(inventory.chains).toMatchObject([{ name: 'demo', simulated: true, locale: 'fr' }]);
  });

  test.each([
    { stores: 500, devices: 8000 },
    { stores: 5, devices: 60 },
    { stores: 40, devices: 640 },
    { stores: 3, devices: 120 },
    { stores: 1200, devices: 20_000 },
  ])('has exactly $stores stores and $devices devices', (size) => {
    const made = storesOf({ seed: 7, now: NOON, ...size });
    expect(made).toHaveLength(size.stores);
    expect(made.flatMap((store) => store.devices)).toHaveLength(size.devices);
    expect(new Set(made.map((store) => store.name)).size).toBe(size.stores);
    expect(new Set(made.map((store) => store.title)).size).toBe(size.stores);
  });

  test('has 500 stores and 8,000 devices when nothing is said', () => {
    expect(stores).toHaveLength(500);
    expect(stores.flatMap((store) => store.devices)).toHaveLength(8000);
  });

  test.each([
    { stores: 10, devices: 99 },
    { stores: 10, devices: 401 },
  ])('says which numbers can be had when $devices devices don’t fit $stores stores', (size) => {
    expect(() => demoInventory({ seed: 1, now: NOON, ...size })).toThrow(/10 stores can have 100 to 400 devices/);
  });

  test('is the same for the same seed and another for another', () => {
    expect(storesOf({ seed: 1, now: NOON })).toEqual(stores);
    expect(storesOf({ seed: 2, now: NOON })).not.toEqual(stores);
  });

  test('gives every store lanes 1 to n, n from 3 to 14, and one gateway that watches all the rest', () => {
    for (const store of stores) {
      const numbers = lanes(store).map((device) => device.lane);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      expect(numbers.length).toBeGreaterThanOrEqual(3);
      expect(numbers.length).toBeLessThanOrEqual(14);
      expect(new Set(store.devices.map((device) => device.name)).size).toBe(store.devices.length);
      const [gateway, ...others] = store.devices;
      expect(gateway).toMatchObject({ kind: 'gateway' });
      expect(gateway).not.toHaveProperty('gateway');
      expect(others.every((device) => device.gateway === gateway?.name)).toBe(true);
    }
  });

  test('has every kind of device a shop has, small stores and big ones', () => {
    expect([...new Set(stores.flatMap((store) => store.devices.map((device) => device.kind)))].sort()).toEqual([
      'access-point',
      'gateway',
      'payment-terminal',
      'printer',
      'router',
      'self-checkout',
      'server',
      'switch',
      'till',
      'ups',
    ]);
    const sizes = stores.map((store) => lanes(store).length);
    expect(Math.min(...sizes)).toBe(3);
    expect(Math.max(...sizes)).toBe(14);
  });

  test('spreads over twelve regions and three carriers, each region with one that is its usual', () => {
    const byRegion = Map.groupBy(stores, (store) => store.region);
    expect(byRegion.size).toBe(12);
    expect(new Set(stores.map((store) => store.attributes?.carrier)).size).toBe(3);
    for (const [, inRegion] of byRegion) {
      const carriers = Map.groupBy(inRegion, (store) => store.attributes?.carrier);
      const usual = Math.max(...[...carriers.values()].map((served) => served.length));
      expect(usual / inRegion.length).toBeGreaterThan(0.6);
    }
    const biggest = Map.groupBy(stores, (store) => `${store.region} ${store.attributes?.carrier}`);
    expect(Math.max(...[...biggest.values()].map((served) => served.length))).toBeGreaterThanOrEqual(40);
  });

  test.each([0, 3, 6, 9, 12, 15, 18, 21, 23])(
    'at %i h UTC, ten stores are closed and the others open for hours',
    (hour) => {
      const now = Date.UTC(2026, 9, 24, hour, 58); // the night after, clocks go back
      const made = storesOf({ seed: 3, now });
      const open = (at: number) => made.filter((store) => isOpen(store.hours, store.timeZone, at)).length;
      expect(open(now)).toBe(490);
      expect(open(now + 2 * HOUR_MS)).toBe(490);
    },
  );
});
