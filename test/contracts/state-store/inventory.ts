import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import { CHAIN, type OpenedStateStore, type OpenStateStore } from './fixtures.ts';

const SMALL: Chain = {
  name: 'small',
  title: 'Petit',
  holidays: { ours: { '12-24': ['09:00-17:00'], '2026-01-05': [] } },
  observes: ['ours', 'fr'],
  stores: [],
};

export function inventoryContract(open: OpenStateStore): void {
  describe('inventory', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('comes back as it was saved, in its order, with nothing added', async () => {
      await store.saveInventory([CHAIN, SMALL], 'zoe', 1);
      expect(await store.loadInventory()).toStrictEqual([CHAIN, SMALL]);
      ({ store } = await opened.reopen());
      expect(await store.loadInventory()).toStrictEqual([CHAIN, SMALL]);
    });

    test('the chains named are replaced whole, the others are left', async () => {
      await store.saveInventory([CHAIN, SMALL], 'zoe', 1);
      const smaller: Chain = { name: 'brico', title: 'Brico', simulated: true, stores: CHAIN.stores.slice(0, 1) };
      await store.saveInventory([smaller], 'zoe', 2);
      expect(await store.loadInventory()).toStrictEqual([smaller, SMALL]);
      await store.saveInventory([{ ...SMALL, stores: CHAIN.stores }], 'zoe', 3);
      expect(await store.loadInventory()).toStrictEqual([smaller, { ...SMALL, stores: CHAIN.stores }]);
    });

    test('two chains may use the same names for their stores and devices', async () => {
      const twin = { ...CHAIN, name: 'twin' };
      await store.saveInventory([CHAIN, twin], 'zoe', 1);
      expect(await store.loadInventory()).toStrictEqual([CHAIN, twin]);
    });

    test('its revision grows with every import that was taken', async () => {
      const first = await store.inventoryRevision();
      await store.saveInventory([CHAIN], 'zoe', 1);
      const second = await store.inventoryRevision();
      expect(second).toBeGreaterThan(first);
      store = (await opened.reopen()).store;
      expect(await store.inventoryRevision()).toBe(second);
      await store.saveInventory([CHAIN], 'zoe', 2);
      expect(await store.inventoryRevision()).toBeGreaterThan(second);
    });

    test('what contradicts itself is refused whole', async () => {
      await store.saveInventory([CHAIN], 'zoe', 1);
      const [lyon] = CHAIN.stores as [Chain['stores'][0]];
      const twice = { ...SMALL, stores: [lyon, lyon] };
      await expect(store.saveInventory([{ ...CHAIN, title: 'Other' }, twice], 'zoe', 2)).rejects.toThrow();
      expect(await store.loadInventory()).toStrictEqual([CHAIN]);
      expect(await store.auditLog(10)).toHaveLength(1);
    });

    test('who replaced it is in the audit', async () => {
      await store.saveInventory([CHAIN, SMALL], 'zoe', 42);
      expect(await store.auditLog(10)).toEqual([
        { at: 42, who: 'zoe', action: 'inventory.replaced', detail: 'small: 0 stores, 0 devices' },
        { at: 42, who: 'zoe', action: 'inventory.replaced', detail: 'brico: 2 stores, 3 devices' },
      ]);
    });
  });
}
