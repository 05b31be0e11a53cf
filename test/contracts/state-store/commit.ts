import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cursor, StateStore } from '../../../collector/ports.ts';
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
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    test('a new store is empty', () => {
      expect([...store.loadCursors()]).toEqual([]);
      expect([...store.loadBoots()]).toEqual([]);
      expect([...store.loadJudgement()]).toEqual([]);
      expect(store.loadIncidents()).toEqual({ open: [], lastNumber: 0 });
      expect(store.loadInventory()).toEqual([]);
      expect(store.nextTicketWorkAt()).toBeUndefined();
    });

    test('cursors come back as they were last written, agent by agent, the boot first heard first', async () => {
      store.commit(writesOf({ cursors: [cursor('boot0002', [[1, 400]]), cursor('boot0001', [[7, 7]])] }));
      store.commit(
        writesOf({
          cursors: [
            cursor('boot0002', [
              [1, 400],
              [402, 402],
            ]),
          ],
        }),
      );
      store.commit(writesOf({ cursors: [cursor('boot0001', [[1, 2]], `${STORE}/till-02`)] }));
      const expected = [
        cursor('boot0002', [
          [1, 400],
          [402, 402],
        ]),
        cursor('boot0001', [[7, 7]]),
        cursor('boot0001', [[1, 2]], `${STORE}/till-02`),
      ];
      expect([...store.loadCursors()]).toEqual(expected);
      store = await opened.reopen();
      expect([...store.loadCursors()]).toEqual(expected);
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
      fc.assert(
        fc.property(cursors, (rows) => {
          const agent: Cursor['agent'] = `${STORE}/agent-${agents++}`;
          const written = rows.map(([name, ranges]) => cursor(name, ranges, agent));
          store.commit(writesOf({ cursors: written }));
          const read = [...store.loadCursors()].filter((one) => one.agent === agent);
          expect(read).toEqual(written);
        }),
        { numRuns: 50 },
      );
    });

    test('the 32 boots of an agent that were first heard last are kept, whatever they are called', async () => {
      const boots = Array.from({ length: 40 }, (_, i) => `boot${String(1000 + ((i * 7) % 40))}`);
      for (const boot of boots) store.commit(writesOf({ cursors: [cursor(boot, [[1, 3]])] }));
      store.commit(writesOf({ cursors: [cursor('boot0001', [[1, 1]], `${STORE}/till-02`)] }));
      const newest = boots.slice(-32);
      const kept = () => [...store.loadCursors()].filter((one) => one.agent === `${STORE}/till-01`);
      expect(kept().map((one) => one.boot)).toEqual(newest);
      store = await opened.reopen();
      expect(kept().map((one) => one.boot)).toEqual(newest);
      store.commit(writesOf({ cursors: [cursor('boot0000', [[1, 1]])] }));
      expect(kept().map((one) => one.boot)).toEqual([...newest.slice(1), 'boot0000']);
    });

    test('an agent has one current boot, the last one told', async () => {
      const [till, server] = [`${STORE}/till-01`, `${STORE}/server`] as const;
      store.commit(writesOf({ boots: [{ agent: till, boot: 'boot0001', birth: '{"v":1}' }] }));
      store.commit(
        writesOf({
          boots: [
            { agent: server, boot: 'boot0007', birth: '{"é":"«"}' },
            { agent: till, boot: 'boot0002', birth: undefined },
          ],
        }),
      );
      store = await opened.reopen();
      const boots = [...store.loadBoots()].sort((a, b) => (a.agent < b.agent ? -1 : 1));
      expect(boots).toEqual([
        { agent: server, boot: 'boot0007', birth: '{"é":"«"}' },
        { agent: till, boot: 'boot0002', birth: undefined },
      ]);
    });

    test('judgement is replaced store by store, and removed', async () => {
      store.commit(
        writesOf({
          judgement: {
            stores: [
              { store: 'a/1', state: '{"x":1}' },
              { store: 'a/2', state: '{}' },
            ],
          },
        }),
      );
      store.commit(
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
      store = await opened.reopen();
      expect([...store.loadJudgement()]).toEqual([{ store: 'a/1', state: '{"x":2}' }]);
    });

    test('a commit that fails stores nothing, and the next one goes well', async () => {
      const first = incidentView(1);
      store.commit(
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
      expect(() => store.commit(writes)).toThrow();
      const expectNothingOfIt = () => {
        expect([...store.loadCursors()]).toEqual([]);
        expect([...store.loadBoots()]).toEqual([]);
        expect([...store.loadJudgement()]).toEqual([]);
        expect(store.logSize()).toEqual({ rows: 0, bytes: 0, oldestAt: undefined });
        expect(store.incident(1)).toEqual({ incident: first, timeline: [entry(1, 'incident.opened')] });
        expect(store.dueTicketWork(10, 10)).toEqual([]);
        expect(store.setAside(10)).toEqual({ entries: [], counts: {} });
      };
      expectNothingOfIt();
      store = await opened.reopen();
      expectNothingOfIt();

      expect(() => store.commit(writes)).toThrow();
      writes.judgement.incidents.pop();
      expect(store.commit(writes)).toBeTypeOf('number');
      store = await opened.reopen();
      expect([...store.loadCursors()]).toEqual([cursor('boot0001', [[1, 9]])]);
      expect([...store.loadBoots()]).toHaveLength(1);
      expect(store.logSize().rows).toBe(1);
      expect(store.incident(1)?.incident.priority).toBe(1);
      expect(store.dueTicketWork(10, 10)).toHaveLength(1);
      expect(store.setAside(10).counts).toEqual({ 'bad-json': 1 });
    });
  });
}
