import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import { type OpenedStateStore, type OpenStateStore, writesOf } from './fixtures.ts';

export function reportLogContract(open: OpenStateStore): void {
  describe('report log', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    const append = (...bytes: number[]): number => store.commit(writesOf({ log: Uint8Array.from(bytes) })) as number;
    const read = (after: number, limit = 100) => store.readLog(after, limit).map((row) => row.id);

    test('rows come back in order, byte by byte, with the time they were written', async () => {
      const before = Date.now();
      const ids = [append(1, 2, 3), append(0, 255), append(7)];
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(new Set(ids).size).toBe(3);
      store = await opened.reopen();
      const rows = store.readLog(0, 100);
      expect(rows.map((row) => row.id)).toEqual(ids);
      expect(rows.map((row) => [...row.frames])).toEqual([[1, 2, 3], [0, 255], [7]]);
      for (const row of rows) {
        expect(row.at).toBeGreaterThanOrEqual(before);
        expect(row.at).toBeLessThanOrEqual(Date.now());
      }
    });

    test('a commit without reports writes no row', () => {
      expect(store.commit(writesOf({}))).toBeUndefined();
      expect(store.logSize()).toEqual({ rows: 0, bytes: 0, oldestAt: undefined });
    });

    test('reading starts after the id given and stops at the limit', () => {
      const ids = [append(1), append(2), append(3), append(4)];
      expect(read(ids[1] as number)).toEqual(ids.slice(2));
      expect(read(0, 3)).toEqual(ids.slice(0, 3));
      expect(read(ids[3] as number)).toEqual([]);
    });

    test('what is trimmed is gone, and the size tells what is left', async () => {
      const ids = Array.from({ length: 20 }, () => append(1, 2, 3, 4, 5));
      append(1, 2);
      store.trimLog(ids[14] as number);
      const left = [...ids.slice(15), (ids[19] as number) + 1];
      const expectLeft = () => {
        expect(read(0)).toEqual(left);
        expect(store.logSize()).toEqual({ rows: 6, bytes: 27, oldestAt: store.readLog(0, 1)[0]?.at });
      };
      expectLeft();
      store.trimLog(ids[3] as number);
      expectLeft();
      for (let i = 0; i < 10; i++) store.commit(writesOf({}));
      expectLeft();
      store = await opened.reopen();
      expectLeft();
    });

    test('an id never comes twice, even when the whole log was trimmed', async () => {
      const last = [append(1), append(2)].at(-1) as number;
      store.trimLog(last);
      for (let i = 0; i < 10; i++) store.commit(writesOf({}));
      expect(store.logSize()).toEqual({ rows: 0, bytes: 0, oldestAt: undefined });
      store = await opened.reopen();
      expect(append(3)).toBeGreaterThan(last);
    });

    test('a sink that is ahead of the log makes no later row disappear', async () => {
      append(1);
      store.trimLog(5_000);
      expect(store.readLog(0, 10)).toEqual([]);
      store = await opened.reopen();
      const id = append(2);
      expect(id).toBeGreaterThan(5_000);
      expect(read(5_000)).toEqual([id]);
      expect(store.logSize().rows).toBe(1);
    });
  });
}
