import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryWrites, Standing } from '../../../alerting/ports.ts';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import type { StoreState } from '../../../protocol/views.ts';
import { type OpenedStateStore, type OpenStateStore, STORE, writesOf } from './fixtures.ts';

const standing = (at: number, state: StoreState, store: Standing['store'] = STORE): Standing => ({
  store,
  at,
  state,
  reason: { code: 'store.lanes-down', params: { down: 1, total: 2 } },
  lanes: [
    ['d', 'till-01'],
    ['u', 'till-02', 'caisse-é'],
  ],
});

export function availabilityContract(open: OpenStateStore): void {
  describe('availability', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const tell = (history: Partial<HistoryWrites>) =>
      partition.commit(writesOf({ judgement: { history: { standings: [], evidence: [], ...history } } }));
    const ats = async (from: number, to: number) =>
      (await store.availability.standings(STORE, from, to)).map(({ at }) => at);

    test('standings come back from the one in force at the beginning, whole and in order', async () => {
      const all = [standing(10, 'up'), standing(20, 'down'), standing(30, 'closed')];
      await tell({ standings: [all[2] as Standing, standing(15, 'blind', 'other/store')] });
      await tell({ standings: all });
      ({ store, partition } = await opened.reopen());
      expect(await store.availability.standings(STORE, 0, 100)).toEqual(all);
      expect(await ats(25, 100)).toEqual([20, 30]);
      expect(await ats(20, 30)).toEqual([20]);
      expect(await ats(0, 10)).toEqual([]);
      expect(await store.availability.standings('other/none', 0, 100)).toEqual([]);
    });

    test('a span grows, and written again it is there once', async () => {
      const device = `${STORE}/till-01` as const;
      await tell({ evidence: [{ device, from: 100, to: 200 }] });
      await tell({
        evidence: [
          { device, from: 100, to: 300 },
          { device: `${STORE}/a`, from: 50, to: 60 },
        ],
      });
      await tell({
        evidence: [
          { device, from: 100, to: 250 },
          { device: 'other/store/a', from: 50, to: 60 },
        ],
      });
      expect(await store.availability.evidence(STORE, 0, 1000)).toEqual([
        { device: `${STORE}/a`, from: 50, to: 60 },
        { device, from: 100, to: 300 },
      ]);
      expect(await store.availability.evidence(STORE, 60, 101)).toEqual([{ device, from: 100, to: 300 }]);
      expect(await store.availability.evidence(STORE, 300, 400)).toEqual([]);
    });

    test('until when it was watched is kept', async () => {
      expect(await partition.watchedUntil()).toBeUndefined();
      await tell({ watchedUntil: 5000 });
      await tell({});
      await tell({ watchedUntil: 7000 });
      ({ store, partition } = await opened.reopen());
      expect(await partition.watchedUntil()).toBe(7000);
    });

    test('what was over before is forgotten; how a store stood at that instant stays known', async () => {
      await tell({
        standings: [standing(10, 'up'), standing(20, 'down'), standing(30, 'up')],
        evidence: [
          { device: `${STORE}/a`, from: 0, to: 25 },
          { device: `${STORE}/a`, from: 28, to: 40 },
        ],
      });
      await store.availability.forget(25);
      expect(await ats(0, 100)).toEqual([20, 30]);
      expect(await store.availability.evidence(STORE, 0, 100)).toEqual([{ device: `${STORE}/a`, from: 28, to: 40 }]);
    });
  });
}
