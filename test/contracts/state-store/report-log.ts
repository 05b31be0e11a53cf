import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartitionStore } from '../../../collector/ports.ts';
import { type OpenedStateStore, type OpenStateStore, writesOf } from './fixtures.ts';

export function reportLogContract(open: OpenStateStore): void {
  describe('report log', () => {
    let opened: OpenedStateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ partition } = opened);
    });
    afterEach(() => opened.destroy());

    const append = async (...bytes: number[]): Promise<number> =>
      (await partition.commit(writesOf({ log: Uint8Array.from(bytes) }))) as number;
    const read = async (after: number, limit = 100) => (await partition.readLog(after, limit)).map((row) => row.id);

    test('rows come back in order, byte by byte, with the time they were written', async () => {
      const before = Date.now();
      const ids = [await append(1, 2, 3), await append(0, 255), await append(7)];
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(new Set(ids).size).toBe(3);
      ({ partition } = await opened.reopen());
      const rows = await partition.readLog(0, 100);
      expect(rows.map((row) => row.id)).toEqual(ids);
      expect(rows.map((row) => [...row.frames])).toEqual([[1, 2, 3], [0, 255], [7]]);
      for (const row of rows) {
        expect(row.at).toBeGreaterThanOrEqual(before);
        expect(row.at).toBeLessThanOrEqual(Date.now());
      }
    });

    test('a commit without reports writes no row', async () => {
      expect(await partition.commit(writesOf({}))).toBeUndefined();
      expect(await partition.logSize()).toEqual({ rows: 0, bytes: 0, oldestAt: undefined });
    });

    test('reading starts after the id given and stops at the limit', async () => {
      const ids = [await append(1), await append(2), await append(3), await append(4)];
      expect(await read(ids[1] as number)).toEqual(ids.slice(2));
      expect(await read(0, 3)).toEqual(ids.slice(0, 3));
      expect(await read(ids[3] as number)).toEqual([]);
    });

    test('what is trimmed is gone, and the size tells what is left', async () => {
      const ids: number[] = [];
      for (let i = 0; i < 20; i++) ids.push(await append(1, 2, 3, 4, 5));
      await append(1, 2);
      await partition.trimLog(ids[14] as number);
      const left = [...ids.slice(15), (ids[19] as number) + 1];
      const expectLeft = async () => {
        expect(await read(0)).toEqual(left);
        expect(await partition.logSize()).toEqual({
          rows: 6,
          bytes: 27,
          oldestAt: (await partition.readLog(0, 1))[0]?.at,
        });
      };
      await expectLeft();
      await partition.trimLog(ids[3] as number);
      await expectLeft();
      for (let i = 0; i < 10; i++) await partition.commit(writesOf({}));
      await expectLeft();
      ({ partition } = await opened.reopen());
      await expectLeft();
    });

    test('an id never comes twice, even when the whole log was trimmed', async () => {
      await append(1);
      const last = await append(2);
      await partition.trimLog(last);
      for (let i = 0; i < 10; i++) await partition.commit(writesOf({}));
      expect(await partition.logSize()).toEqual({ rows: 0, bytes: 0, oldestAt: undefined });
      ({ partition } = await opened.reopen());
      expect(await append(3)).toBeGreaterThan(last);
    });

    test('a sink that is ahead of the log makes no later row disappear', async () => {
      await append(1);
      await partition.trimLog(5_000);
      expect(await partition.readLog(0, 10)).toEqual([]);
      ({ partition } = await opened.reopen());
      const id = await append(2);
      expect(id).toBeGreaterThan(5_000);
      expect(await read(5_000)).toEqual([id]);
      expect((await partition.logSize()).rows).toBe(1);
    });
  });
}
