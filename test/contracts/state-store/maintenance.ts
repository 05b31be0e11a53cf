import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptWindow, StateStore } from '../../../collector/ports.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { type OpenedStateStore, type OpenStateStore, STORE } from './fixtures.ts';

const kept = (id: string, more: Partial<MaintenanceWindow> = {}, at = 1_000): KeptWindow => ({
  window: {
    id,
    kind: 'maintenance',
    title: 'Bascule fibre «\u202fété\u202f»',
    who: 'Orange',
    why: 'raccordement',
    scope: { places: [STORE], attributes: { 'store.carrier': ['Orange*'] } },
    start: '2026-12-01T22:00',
    end: '2026-12-02T05:00',
    ...more,
  },
  by: 'ana',
  at,
});

export function maintenanceContract(open: OpenStateStore): void {
  describe('maintenance windows', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('are kept as they were last saved, in the order of their ids', async () => {
      const later = kept('b', { repeat: 'FREQ=DAILY', except: ['2026-12-03T22:00'], endedAt: 5 }, 2_000);
      await store.maintenance.save(kept('b'));
      await store.maintenance.save(kept('a', { number: 'CHG0042' }));
      await store.maintenance.save(later);
      ({ store } = await opened.reopen());
      expect(await store.maintenance.list()).toStrictEqual([kept('a', { number: 'CHG0042' }), later]);
    });

    test('are taken away once, and may come again', async () => {
      await store.maintenance.save(kept('a'));
      expect(await store.maintenance.remove('b', 'ana', 2_000)).toBe(false);
      expect(await store.maintenance.remove('a', 'ana', 2_000)).toBe(true);
      expect(await store.maintenance.remove('a', 'ana', 2_000)).toBe(false);
      expect(await store.maintenance.list()).toEqual([]);
      await store.maintenance.save(kept('a', { title: 'Encore' }, 3_000));
      expect(await store.maintenance.list()).toStrictEqual([kept('a', { title: 'Encore' }, 3_000)]);
    });

    test('tell by their revision that something changed', async () => {
      const seen = [await store.maintenance.revision()];
      await store.maintenance.save(kept('a'));
      seen.push(await store.maintenance.revision());
      await store.maintenance.save(kept('a'));
      seen.push(await store.maintenance.revision());
      await store.maintenance.remove('b', 'ana', 2_000);
      expect(await store.maintenance.revision()).toBe(seen[2]);
      await store.maintenance.remove('a', 'ana', 2_000);
      seen.push(await store.maintenance.revision());
      expect(new Set(seen).size).toBe(4);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    });
  });
}
