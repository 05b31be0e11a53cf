import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartitionStore, SetAside, StateStore } from '../../../collector/ports.ts';
import { type OpenedStateStore, type OpenStateStore, writesOf } from './fixtures.ts';

const HASH = 'a'.repeat(64);

export function accessContract(open: OpenStateStore): void {
  describe('tokens, audit, set aside', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    test('a token is found by its hash and by nothing else', async () => {
      await store.saveToken({ hash: HASH, name: 'zoe', role: 'operator', at: 1 });
      ({ store, partition } = await opened.reopen());
      expect(await store.tokenByHash(HASH)).toEqual({ name: 'zoe', role: 'operator' });
      expect(await store.tokenByHash(HASH.toUpperCase())).toBeUndefined();
      expect(await store.tokenByHash('')).toBeUndefined();
    });

    test('a token saved again takes its new name and role', async () => {
      await store.saveToken({ hash: HASH, name: 'zoe', role: 'operator', at: 1 });
      await store.saveToken({ hash: HASH, name: 'admin', role: 'admin', at: 2 });
      expect(await store.tokenByHash(HASH)).toEqual({ name: 'admin', role: 'admin' });
    });

    test('a secret is made once and is another one under another name', async () => {
      const [secret, same] = await Promise.all([store.secret('session'), store.secret('session')]);
      expect(secret.byteLength).toBe(32);
      expect([...same]).toEqual([...secret]);
      expect([...(await store.secret('commands'))]).not.toEqual([...secret]);
      ({ store, partition } = await opened.reopen());
      expect([...(await store.secret('session'))]).toEqual([...secret]);
    });

    test('the audit is read newest first, up to the limit', async () => {
      const entries = [1, 2, 3].map((at) => ({ at: 5, who: 'zoe', action: 'token.created', detail: `n° ${at}` }));
      for (const one of entries) await store.audit(one);
      ({ store, partition } = await opened.reopen());
      expect(await store.auditLog(10)).toEqual([...entries].reverse());
      expect(await store.auditLog(1)).toEqual([entries[2]]);
    });

    test('of refused enrolments the newest 2,000 are kept, of what people did everything', async () => {
      await store.audit({ at: 1, who: 'zoe', action: 'token.created', detail: '' });
      for (let at = 0; at < 2_002; at++) {
        await store.audit({ at, who: 'system', action: 'enrolment.refused', detail: '' });
      }
      await store.audit({ at: 2, who: 'zoe', action: 'token.created', detail: '' });
      const log = await store.auditLog(9_000);
      expect([log.length, log[0]?.at, log.at(-2)?.at, log.at(-1)?.who]).toEqual([2_002, 2, 2, 'zoe']);
    }, 60_000);

    test('what was set aside is read newest first, with the count of each reason', async () => {
      const message = (reason: string, ...bytes: number[]): SetAside => ({
        at: 7,
        source: 'vigie/v1/é',
        reason,
        sample: Uint8Array.from(bytes),
      });
      await partition.commit(writesOf({ setAside: [message('not-json', 0, 255), message('__proto__')] }));
      await partition.commit(writesOf({ setAside: [message('not-json', 1)] }));
      ({ store, partition } = await opened.reopen());
      const { entries, counts } = await store.setAside(2);
      expect(entries.map((one) => [one.at, one.source, one.reason, [...one.sample]])).toEqual([
        [7, 'vigie/v1/é', 'not-json', [1]],
        [7, 'vigie/v1/é', '__proto__', []],
      ]);
      expect(Object.entries(counts).sort()).toEqual([
        ['__proto__', 1],
        ['not-json', 2],
      ]);
    });

    test('what a reason quotes makes no count of its own', async () => {
      const reasons = ['not-json: Unexpected token a', 'not-json: Unexpected token b', 'schema: /v', 'x'.repeat(500)];
      const setAside = reasons.map((reason): SetAside => ({ at: 7, source: 's', reason, sample: new Uint8Array() }));
      await partition.commit(writesOf({ setAside }));
      const { entries, counts } = await store.setAside(4);
      expect(entries.map(({ reason }) => reason).reverse()).toEqual(reasons);
      expect(counts).toEqual({ 'not-json': 2, schema: 1, ['x'.repeat(64)]: 1 });
    });

    test('the newest 1,000 are kept, in bounded size, and all are counted', async () => {
      const flood = (from: number, count: number) =>
        partition.commit(
          writesOf({
            setAside: Array.from({ length: count }, (_, i) => ({
              at: from + i,
              source: 's'.repeat(60_000),
              reason: 'bad',
              sample: new Uint8Array(2_000),
            })),
          }),
        );
      await flood(0, 400);
      await flood(400, 1_500);
      await flood(1_900, 3);
      const { entries, counts } = await store.setAside(5_000);
      expect(entries.map((one) => one.at)).toEqual(Array.from({ length: 1_000 }, (_, i) => 1_902 - i));
      expect(counts).toEqual({ bad: 1_903 });
      expect(entries[0]?.sample.byteLength).toBe(512);
      expect(entries[0]?.source.length).toBeLessThanOrEqual(512);
    });
  });
}
