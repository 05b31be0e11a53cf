import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import { CHAIN, type OpenedStateStore, type OpenStateStore } from './fixtures.ts';

const SMALL: Chain = { name: 'small', title: 'Petit', stores: [] };

export function inventoryContract(open: OpenStateStore): void {
  describe('inventory', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    test('comes back as it was saved, in its order, with nothing added', async () => {
      store.saveInventory([CHAIN, SMALL], 'zoe', 1);
      expect(store.loadInventory()).toStrictEqual([CHAIN, SMALL]);
      store = await opened.reopen();
      expect(store.loadInventory()).toStrictEqual([CHAIN, SMALL]);
    });

    test('the chains named are replaced whole, the others are left', () => {
      store.saveInventory([CHAIN, SMALL], 'zoe', 1);
      const smaller: Chain = { name: 'brico', title: 'Brico', simulated: true, stores: CHAIN.stores.slice(0, 1) };
      store.saveInventory([smaller], 'zoe', 2);
      expect(store.loadInventory()).toStrictEqual([smaller, SMALL]);
      store.saveInventory([{ ...SMALL, stores: CHAIN.stores }], 'zoe', 3);
      expect(store.loadInventory()).toStrictEqual([smaller, { ...SMALL, stores: CHAIN.stores }]);
    });

    test('two chains may use the same names for their stores and devices', () => {
      const twin = { ...CHAIN, name: 'twin' };
      store.saveInventory([CHAIN, twin], 'zoe', 1);
      expect(store.loadInventory()).toStrictEqual([CHAIN, twin]);
    });

    test('what contradicts itself is refused whole', () => {
      store.saveInventory([CHAIN], 'zoe', 1);
      const [lyon] = CHAIN.stores as [Chain['stores'][0]];
      const twice = { ...SMALL, stores: [lyon, lyon] };
      expect(() => store.saveInventory([{ ...CHAIN, title: 'Other' }, twice], 'zoe', 2)).toThrow();
      expect(store.loadInventory()).toStrictEqual([CHAIN]);
      expect(store.auditLog(10)).toHaveLength(1);
    });

    test('who replaced it is in the audit', () => {
      store.saveInventory([CHAIN, SMALL], 'zoe', 42);
      expect(store.auditLog(10)).toEqual([
        { at: 42, who: 'zoe', action: 'inventory.replaced', detail: 'small: 0 stores, 0 devices' },
        { at: 42, who: 'zoe', action: 'inventory.replaced', detail: 'brico: 2 stores, 3 devices' },
      ]);
    });
  });
}
