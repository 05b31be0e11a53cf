import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JudgedEvidence } from '../../../alerting/ports.ts';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import { type OpenedStateStore, type OpenStateStore, STORE, writesOf } from './fixtures.ts';

const till = `${STORE}/till-01` as const;
const lost = (at: number, device: typeof till = till): JudgedEvidence => ({
  kind: 'presence',
  store: STORE,
  device,
  at,
  evidence: 'lost',
  seen: { host: 'silent' },
  intervalS: 30,
});
const told = (at: number, check: string, status: 'ok' | 'critical', everyS?: number): JudgedEvidence => ({
  kind: 'status',
  store: STORE,
  device: till,
  at,
  told: { check, status, text: 'caisse à l’arrêt' },
  ...(everyS !== undefined && { everyS }),
});

export function judgedContract(open: OpenStateStore): void {
  describe('judged evidence', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const commit = (...judged: JudgedEvidence[]) => partition.commit(writesOf({ judgement: { judged } }));
    const read = (from: number, to: number, limit = 100) => store.judged.evidence(STORE, from, to, limit);

    test('comes back whole: what was in force at the beginning, then all that followed, in order', async () => {
      const started: JudgedEvidence = { kind: 'started', store: STORE, at: 5, unwatchedFrom: 2 };
      await commit(started, lost(10), told(10, 'a', 'critical'), lost(11, `${STORE}/till-02` as typeof till));
      await commit(lost(20), told(25, 'a', 'ok', 15), told(26, 'b', 'critical'));
      await commit({ kind: 'started', store: 'other/store', at: 15, unwatchedFrom: 2 });
      ({ store, partition } = await opened.reopen());
      expect(await read(0, 100)).toHaveLength(7);
      const other = lost(11, `${STORE}/till-02` as typeof till);
      const standing = [started, told(10, 'a', 'critical'), other, lost(20)];
      expect(await read(22, 100)).toEqual([...standing, told(25, 'a', 'ok', 15), told(26, 'b', 'critical')]);
      expect(await read(20, 26)).toEqual([
        started,
        lost(10),
        told(10, 'a', 'critical'),
        other,
        lost(20),
        told(25, 'a', 'ok', 15),
      ]);
      expect(await read(50, 100)).not.toContainEqual(told(10, 'a', 'critical'));
      expect(await store.judged.evidence('other/none', 0, 100, 10)).toEqual([]);
    });

    test('of more than is asked for the newest are told, and what was in force before them', async () => {
      const other = lost(11, `${STORE}/till-02` as typeof till);
      await commit(lost(9), told(9, 'a', 'critical'), lost(10), other, lost(12), told(13, 'a', 'ok'));
      expect(await read(10, 100, 2)).toEqual([
        told(9, 'a', 'critical'),
        lost(10),
        other,
        lost(12),
        told(13, 'a', 'ok'),
      ]);
      expect(await read(10, 13, 3)).toEqual([lost(9), told(9, 'a', 'critical'), lost(10), other, lost(12)]);
      expect(await read(12, 13, 1)).toEqual([told(9, 'a', 'critical'), lost(10), other, lost(12)]);
    });

    test('a commit that brings events and history as well keeps all of it', async () => {
      await partition.commit(
        writesOf({
          events: [{ device: till, event: { at: 7, kind: 'trap', text: 'power' } as never }],
          judgement: { judged: [lost(10)], history: { standings: [], evidence: [], watchedUntil: 8 } },
        }),
      );
      expect(await read(0, 100)).toEqual([lost(10)]);
      expect(await partition.watchedUntil()).toBe(8);
      expect(await store.events.list(till, { limit: 10 })).toHaveLength(1);
    });

    test('what is old is forgotten', async () => {
      expect(await store.judged.oldestAt()).toBeUndefined();
      await commit(lost(10), lost(20), lost(30));
      expect(await store.judged.oldestAt()).toBe(10);
      expect(await store.judged.forget(30)).toBe(true);
      expect(await read(0, 100)).toEqual([lost(30)]);
      expect(await store.judged.oldestAt()).toBe(30);
    });
  });
}
