import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cursor, PartitionStore, StateStore } from '../../../collector/ports.ts';
import {
  entry,
  incidentView,
  type OpenedStateStore,
  type OpenStateStore,
  STORE,
  ticketWork,
  writesOf,
} from './fixtures.ts';

const cursor = (boot: string, seen: [number, number][], agent: Cursor['agent'] = `${STORE}/till-01`): Cursor => ({
  agent,
  boot,
  seen,
});

export function commitContract(open: OpenStateStore): void {
  describe('commit', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    test('a new store is empty', async () => {
      expect([...(await partition.loadCursors())]).toEqual([]);
      expect([...(await partition.loadBoots())]).toEqual([]);
      expect([...(await partition.loadJudgement())]).toEqual([]);
      expect(await partition.loadIncidents()).toEqual({ open: [], majors: [], lastNumber: 0 });
      expect(await store.loadInventory()).toEqual([]);
      expect(await partition.nextTicketWorkAt()).toBeUndefined();
      expect(await partition.handedEvents()).toEqual([]);
    });

    test('cursors come back as they were last written, agent by agent, the boot first heard first', async () => {
      await partition.commit(writesOf({ cursors: [cursor('boot0002', [[1, 400]]), cursor('boot0001', [[7, 7]])] }));
      await partition.commit(
        writesOf({
          cursors: [
            cursor('boot0002', [
              [1, 400],
              [402, 402],
            ]),
          ],
        }),
      );
      await partition.commit(writesOf({ cursors: [cursor('boot0001', [[1, 2]], `${STORE}/till-02`)] }));
      const expected = [
        cursor('boot0002', [
          [1, 400],
          [402, 402],
        ]),
        cursor('boot0001', [[7, 7]]),
        cursor('boot0001', [[1, 2]], `${STORE}/till-02`),
      ];
      expect([...(await partition.loadCursors())]).toEqual(expected);
      ({ store, partition } = await opened.reopen());
      expect([...(await partition.loadCursors())]).toEqual(expected);
    });

    test('any ranges come back', async () => {
      const gaps = fc.array(fc.tuple(fc.integer({ min: 2, max: 2 ** 40 }), fc.nat(2 ** 40)), { maxLength: 20 });
      const seen = gaps.map((steps) => {
        let at = 0;
        return steps.map(([skip, length]): [number, number] => {
          const range: [number, number] = [at + skip, at + skip + length];
          at = range[1];
          return range;
        });
      });
      const boot = fc.stringMatching(/^[a-z0-9]{8,12}$/);
      const cursors = fc.uniqueArray(fc.tuple(boot, seen), { selector: ([name]) => name, maxLength: 6 });
      let agents = 0;
      await fc.assert(
        fc.asyncProperty(cursors, async (rows) => {
          const agent: Cursor['agent'] = `${STORE}/agent-${agents++}`;
          const written = rows.map(([name, ranges]) => cursor(name, ranges, agent));
          await partition.commit(writesOf({ cursors: written }));
          const read = [...(await partition.loadCursors())].filter((one) => one.agent === agent);
          expect(read).toEqual(written);
        }),
        { numRuns: 50 },
      );
    });

    test('the 32 boots of an agent that were first heard last are kept, whatever they are called', async () => {
      const boots = Array.from({ length: 40 }, (_, i) => `boot${String(1000 + ((i * 7) % 40))}`);
      for (const boot of boots) await partition.commit(writesOf({ cursors: [cursor(boot, [[1, 3]])] }));
      await partition.commit(writesOf({ cursors: [cursor('boot0001', [[1, 1]], `${STORE}/till-02`)] }));
      const newest = boots.slice(-32);
      const kept = async () => [...(await partition.loadCursors())].filter((one) => one.agent === `${STORE}/till-01`);
      expect((await kept()).map((one) => one.boot)).toEqual(newest);
      ({ store, partition } = await opened.reopen());
      expect((await kept()).map((one) => one.boot)).toEqual(newest);
      await partition.commit(writesOf({ cursors: [cursor('boot0000', [[1, 1]])] }));
      expect((await kept()).map((one) => one.boot)).toEqual([...newest.slice(1), 'boot0000']);
    });

    test('an agent has one current boot, the last one told', async () => {
      const [till, server] = [`${STORE}/till-01`, `${STORE}/server`] as const;
      await partition.commit(writesOf({ boots: [{ agent: till, boot: 'boot0001', birth: '{"v":1}' }] }));
      await partition.commit(
        writesOf({
          boots: [
            { agent: server, boot: 'boot0007', birth: '{"é":"«"}' },
            { agent: till, boot: 'boot0002', birth: undefined },
          ],
        }),
      );
      ({ store, partition } = await opened.reopen());
      const boots = [...(await partition.loadBoots())].sort((a, b) => (a.agent < b.agent ? -1 : 1));
      expect(boots).toEqual([
        { agent: server, boot: 'boot0007', birth: '{"é":"«"}' },
        { agent: till, boot: 'boot0002', birth: undefined },
      ]);
      expect(await store.birthOf(server)).toBe('{"é":"«"}');
      expect(await store.birthOf(till)).toBeUndefined();
      expect(await store.birthOf(`${STORE}/nobody`)).toBeUndefined();
    });

    test('judgement is replaced store by store, and removed', async () => {
      await partition.commit(
        writesOf({
          judgement: {
            stores: [
              { store: 'a/1', state: '{"x":1}' },
              { store: 'a/2', state: '{}' },
            ],
          },
        }),
      );
      await partition.commit(
        writesOf({
          judgement: {
            stores: [
              { store: 'a/1', state: '{"x":2}' },
              { store: 'a/2', state: undefined },
              { store: 'a/3', state: undefined },
            ],
          },
        }),
      );
      ({ store, partition } = await opened.reopen());
      expect([...(await partition.loadJudgement())]).toEqual([{ store: 'a/1', state: '{"x":2}' }]);
    });

    test('what a group says twice counts as it was said last', async () => {
      const agent = `${STORE}/till-01` as const;
      const view = incidentView(1);
      await partition.commit(
        writesOf({
          boots: [
            { agent, boot: 'boot0001', birth: '{"v":1}' },
            { agent, boot: 'boot0002', birth: '{"v":2}' },
          ],
          judgement: {
            stores: [
              { store: STORE, state: undefined },
              { store: STORE, state: '{"x":1}' },
            ],
            incidents: [
              { incident: view, entries: [entry(1, 'incident.opened')] },
              { incident: { ...view, lanesDown: 2 }, entries: [entry(2, 'incident.priority-changed')] },
            ],
          },
        }),
      );
      expect([...(await partition.loadBoots())]).toEqual([{ agent, boot: 'boot0002', birth: '{"v":2}' }]);
      expect([...(await partition.loadJudgement())]).toEqual([{ store: STORE, state: '{"x":1}' }]);
      expect(await store.incident(1)).toEqual({
        incident: { ...view, lanesDown: 2 },
        timeline: [entry(1, 'incident.opened'), entry(2, 'incident.priority-changed')],
      });
    });

    test('a commit that fails stores nothing, and the next one goes well', async () => {
      const first = incidentView(1);
      await partition.commit(
        writesOf({ judgement: { incidents: [{ incident: first, entries: [entry(1, 'incident.opened')] }] } }),
      );
      const clash = { ...incidentView(1), key: 'another incident under a number that is taken' };
      const writes = writesOf({
        cursors: [cursor('boot0001', [[1, 9]])],
        boots: [{ agent: `${STORE}/till-01`, boot: 'boot0001', birth: '{}' }],
        log: Uint8Array.of(1, 2, 3),
        judgement: {
          stores: [{ store: STORE, state: '{}' }],
          incidents: [
            { incident: { ...first, priority: 1 }, entries: [entry(2, 'incident.priority-changed')] },
            { incident: clash, entries: [] },
          ],
          tickets: [ticketWork(first, 'open', 1)],
        },
        setAside: [{ at: 1, source: 'x', reason: 'bad-json', sample: Uint8Array.of() }],
      });
      await expect(partition.commit(writes)).rejects.toThrow();
      const expectNothingOfIt = async () => {
        expect([...(await partition.loadCursors())]).toEqual([]);
        expect([...(await partition.loadBoots())]).toEqual([]);
        expect([...(await partition.loadJudgement())]).toEqual([]);
        expect(await partition.logSize()).toEqual({ rows: 0, bytes: 0, oldestAt: undefined });
        expect(await store.incident(1)).toEqual({ incident: first, timeline: [entry(1, 'incident.opened')] });
        expect(await partition.dueTicketWork(10, 10)).toEqual([]);
        expect(await store.setAside(10)).toEqual({ entries: [], counts: {} });
      };
      await expectNothingOfIt();
      ({ store, partition } = await opened.reopen());
      await expectNothingOfIt();

      await expect(partition.commit(writes)).rejects.toThrow();
      writes.judgement.incidents.pop();
      expect(await partition.commit(writes)).toBeTypeOf('number');
      ({ store, partition } = await opened.reopen());
      expect([...(await partition.loadCursors())]).toEqual([cursor('boot0001', [[1, 9]])]);
      expect([...(await partition.loadBoots())]).toHaveLength(1);
      expect((await partition.logSize()).rows).toBe(1);
      expect((await store.incident(1))?.incident.priority).toBe(1);
      expect(await partition.dueTicketWork(10, 10)).toHaveLength(1);
      expect((await store.setAside(10)).counts).toEqual({ 'bad-json': 1 });
    });
  });
}
