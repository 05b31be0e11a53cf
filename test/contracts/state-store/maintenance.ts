import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeptWindow, StateStore, WindowChange } from '../../../collector/ports.ts';
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

const line = (who: string, at: number, action: string) => ({ at, who, action, detail: 'CHG0042' });
const saved = ({ window, by, at }: KeptWindow): WindowChange => ({
  id: window.id,
  window,
  audit: line(by, at, 'saved'),
});
const gone = (id: string, at = 2_000): WindowChange => ({ id, window: undefined, audit: line('ana', at, 'removed') });

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
      await store.maintenance.change([saved(kept('b'))]);
      await store.maintenance.change([saved(kept('a', { number: 'CHG0042' }))]);
      await store.maintenance.change([saved(later)]);
      ({ store } = await opened.reopen());
      expect(await store.maintenance.list()).toStrictEqual([kept('a', { number: 'CHG0042' }), later]);
    });

    test('are taken away once, and may come again', async () => {
      await store.maintenance.change([saved(kept('a'))]);
      expect(await store.maintenance.change([gone('b')])).toEqual([]);
      expect(await store.maintenance.change([gone('a')])).toEqual(['a']);
      expect(await store.maintenance.change([gone('a')])).toEqual([]);
      expect(await store.maintenance.list()).toEqual([]);
      await store.maintenance.change([saved(kept('a', { title: 'Encore' }, 3_000))]);
      expect(await store.maintenance.list()).toStrictEqual([kept('a', { title: 'Encore' }, 3_000)]);
    });

    test('change together, each with its line of the audit', async () => {
      await store.maintenance.change([saved(kept('a')), saved(kept('b'))]);
      const changes = [saved(kept('c', {}, 3_000)), gone('a', 3_000), gone('nobody', 3_000)];
      expect(await store.maintenance.change(changes)).toEqual(['c', 'a']);
      expect(await store.maintenance.list()).toStrictEqual([kept('b'), kept('c', {}, 3_000)]);
      expect(await store.auditLog(9)).toStrictEqual([
        line('ana', 3_000, 'removed'),
        line('ana', 3_000, 'saved'),
        line('ana', 1_000, 'saved'),
        line('ana', 1_000, 'saved'),
      ]);
    });

    test('change all, or not at all', async () => {
      const broken = { ...saved(kept('b')), audit: line(null as unknown as string, 1_000, 'saved') };
      await expect(store.maintenance.change([saved(kept('a')), broken])).rejects.toThrow();
      expect([await store.maintenance.list(), await store.auditLog(9)]).toEqual([[], []]);
    });

    test('tell by their revision that something changed', async () => {
      const seen = [await store.maintenance.revision()];
      await store.maintenance.change([saved(kept('a'))]);
      seen.push(await store.maintenance.revision());
      await store.maintenance.change([saved(kept('a'))]);
      seen.push(await store.maintenance.revision());
      await store.maintenance.change([gone('b')]);
      expect(await store.maintenance.revision()).toBe(seen[2]);
      await store.maintenance.change([gone('a')]);
      seen.push(await store.maintenance.revision());
      expect(new Set(seen).size).toBe(4);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    });
  });
}
