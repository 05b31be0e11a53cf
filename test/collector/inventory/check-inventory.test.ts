import { describe, expect, test } from 'vitest';
import { checkInventory } from '../../../collector/inventory/check-inventory.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';

const withStore = (changes: Partial<Store>) => ({
  chains: [
    {
      name: 'brico',
      title: 'Brico',
      stores: [{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', devices: [], ...changes }],
    },
  ],
});
const paths = (inventory: unknown) => checkInventory(inventory).map(({ path }) => path);
const till = (name: string, changes: Partial<Device> = {}): Device => ({ name, kind: 'till', ...changes });

describe('checking an inventory', () => {
  test('a fault is told by its path, and by whom it is about', () => {
    const faults = checkInventory(withStore({ devices: [till('till-01'), till('till-02', { gateway: 'router' })] }));
    expect(faults).toEqual([
      {
        path: 'chains[0].stores[0].devices[1].gateway (brico/lyon/till-02)',
        message: 'no device of this store is called “router”; expected the name of its gateway',
      },
    ]);
  });

  test('the language can be chosen', () => {
    const [fault] = checkInventory(withStore({ timeZone: 'Europe/Lyon' }), 'fr');
    expect(fault?.message).toBe(
      '«\u202fEurope/Lyon\u202f» n’est pas un fuseau horaire\u202f; attendu\u202f: un nom IANA comme Europe/Paris',
    );
  });

  test('more than a handful of faults are told at once', () => {
    const devices = Array.from(
      { length: 300 },
      (_, i) => ({ name: `till ${i}`, kind: 'toll', lane: 0 }) as unknown as Device,
    );
    expect(checkInventory(withStore({ devices }))).toHaveLength(900);
  });

  test.each([undefined, null, 7, 'chains', [], {}])('%j is no inventory', (value) => {
    expect(checkInventory(value)).not.toEqual([]);
  });

  test.each(['Europe/Paris', 'UTC', 'Pacific/Noumea', 'America/Argentina/Buenos_Aires'])('%s is a zone', (timeZone) => {
    expect(checkInventory(withStore({ timeZone }))).toEqual([]);
  });

  test.each(['+02:00', 'Paris', 'CEST+2', 'Europe/Paris ', '../Europe/Paris'])('%j is none', (timeZone) => {
    expect(paths(withStore({ timeZone }))).toEqual(['chains[0].stores[0].timeZone (brico/lyon)']);
  });

  test.each<[string, Store['hours'], string[]]>([
    ['spans that touch', { mon: ['08:00-12:00', '12:00-14:00'] }, []],
    ['spans in any order', { mon: ['14:00-18:00', '08:00-12:00'] }, []],
    ['a night that ends when the next day begins', { mon: ['20:00-08:00'], tue: ['08:00-12:00'] }, []],
    ['a night into a closed day', { mon: ['20:00-08:00'], tue: [] }, []],
    ['a night from Sunday into Monday', { sun: ['20:00-02:00'], mon: ['01:00-12:00'] }, ['sun[0]']],
    ['a night within its own day', { mon: ['20:00-02:00', '23:00-23:30'] }, ['mon[1]']],
    ['a span inside another', { mon: ['08:00-20:00', '09:00-10:00', '11:00-12:00'] }, ['mon[1]', 'mon[2]']],
    ['a leap day', { dates: { '2028-02-29': [], '2027-02-29': [] } }, ['dates["2027-02-29"]']],
  ])('hours: %s', (_, hours, where) => {
    expect(paths(withStore(hours ? { hours } : {}))).toEqual(
      where.map((place) => `chains[0].stores[0].hours.${place} (brico/lyon)`),
    );
  });

  test('a device may be told after its gateway, and the gateway after the device', () => {
    const gateway: Device = { name: 'gateway', kind: 'gateway' };
    const watched = till('till-01', { gateway: 'gateway' });
    expect(checkInventory(withStore({ devices: [gateway, watched] }))).toEqual([]);
    expect(checkInventory(withStore({ devices: [watched, gateway] }))).toEqual([]);
  });

  test('a gateway that is there but badly described is not called missing', () => {
    const gateway = { name: 'gateway', kind: 'toaster' } as unknown as Device;
    expect(paths(withStore({ devices: [gateway, till('till-01', { gateway: 'gateway' })] }))).toEqual([
      'chains[0].stores[0].devices[0].kind (brico/lyon/gateway)',
    ]);
  });

  test('stores of two chains, and devices of two stores, may share a name and a lane', () => {
    const store = (name: string) => ({ name, title: name, timeZone: 'UTC', devices: [till('till-01', { lane: 1 })] });
    const chain = (name: string) => ({ name, title: name, stores: [store('lyon'), store('annecy')] });
    expect(checkInventory({ chains: [chain('brico'), chain('oasis')] })).toEqual([]);
  });
});
