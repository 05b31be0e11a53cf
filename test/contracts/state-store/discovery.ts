import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Dismissal, StateStore } from '../../../collector/ports.ts';
import { type OpenedStateStore, type OpenStateStore, STORE } from './fixtures.ts';

const dismissal = (address: string, more: Partial<Dismissal> = {}): Dismissal => ({
  store: STORE,
  address,
  identity: 'S1',
  who: 'ana',
  why: 'téléphone «\u202fperso\u202f»',
  at: 1_000,
  ...more,
});

export function discoveryContract(open: OpenStateStore): void {
  describe('discovery', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('what was dismissed is remembered, one word per address of a store, until it is recalled', async () => {
      const elsewhere = dismissal('10.1.0.7', { store: 'brico/annecy' });
      await store.discovery.dismiss(dismissal('10.1.0.7'));
      await store.discovery.dismiss(elsewhere);
      await store.discovery.dismiss(dismissal('fe80::1'));
      await store.discovery.dismiss(dismissal('10.1.0.7', { identity: 'S2', who: 'leo', at: 2_000 }));
      ({ store } = await opened.reopen());
      expect(await store.discovery.dismissals()).toStrictEqual([
        elsewhere,
        dismissal('10.1.0.7', { identity: 'S2', who: 'leo', at: 2_000 }),
        dismissal('fe80::1'),
      ]);
      expect(await store.discovery.recall(STORE, '10.1.0.7')).toBe(true);
      expect(await store.discovery.recall(STORE, '10.1.0.7')).toBe(false);
      expect((await store.discovery.dismissals()).map(({ address }) => address)).toEqual(['10.1.0.7', 'fe80::1']);
    });
  });
}
