import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TicketAction } from '../../../alerting/ports.ts';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import {
  entry,
  incidentView,
  type OpenedStateStore,
  type OpenStateStore,
  queue,
  STORE,
  ticketWork,
} from './fixtures.ts';

export function ticketBadDaysContract(open: OpenStateStore): void {
  describe('bad days of a desk', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const view = incidentView(1);
    const due = () => partition.dueTicketWork(1_000_000, 10);
    const asked = async () => (await due()).map(({ desk, action, insteadOf }) => [desk, action, insteadOf]);
    const first = async () => (await due())[0]?.id as number;
    const make = (...actions: TicketAction[]) =>
      queue(partition, view, ...actions.map((action, at) => ticketWork(view, action, at)));
    const stateOf = async () => (await store.incident(1))?.incident.ticketState;
    const codes = async () => (await store.incident(1))?.timeline.map(({ reason }) => reason.code);
    const needless = entry(9, 'ticket.not-needed');
    const overdue = { desk: 'desk', to: 'mail', waitingSince: 100, limit: 10 };
    const passOn = (change = {}) =>
      partition.passOnTicketWork({ ...overdue, ...change }, entry(500, 'ticket.passed-on'));

    test('what opens says whether all is over behind it, and whether the desk may know of it', async () => {
      await make('open', 'update');
      expect((await due())[0]).not.toMatchObject({ healed: true });
      await make('resolve');
      expect(await due()).toMatchObject([{ healed: true }]);
      expect((await due())[0]?.tried).toBeUndefined();
      await partition.ticketWorkTried(await first(), 7);
      ({ store, partition } = await opened.reopen());
      expect(await due()).toMatchObject([{ healed: true, tried: true }]);
      await make('reopen');
      expect((await due())[0]?.healed).toBeUndefined();
    });

    test('failed work may have reached the desk, also once it is replayed', async () => {
      await make('open', 'resolve');
      await partition.ticketWorkDead(await first(), 'HTTP 401', entry(1, 'ticket.failed'));
      await store.replayTicketWork((await store.deadTicketWork(1))[0]?.id as number, 5);
      expect(await due()).toMatchObject([{ attempts: 0, tried: true }]);
    });

    test('what is over is taken off the queue with all behind it, and the incident has no ticket', async () => {
      await make('open', 'update', 'resolve', 'comment');
      expect(await partition.ticketWorkNeedless(await first(), needless)).toBe('none');
      expect(await due()).toEqual([]);
      expect(await stateOf()).toBe('none');
      expect(await codes()).toEqual(['ticket.not-needed']);
    });

    test('what is back, or not over, stays on the queue', async () => {
      await make('open', 'resolve', 'reopen');
      expect(await partition.ticketWorkNeedless(await first(), needless)).toBeUndefined();
      expect(await due()).toHaveLength(1);
      expect(await partition.ticketWorkNeedless(999, needless)).toBeUndefined();
      expect(await codes()).toEqual([]);
    });

    test('of what was never told, what is back is opened, and nothing else is told', async () => {
      await make('open', 'resolve');
      await partition.ticketWorkNeedless(await first(), needless);
      await make('comment');
      expect(await due()).toMatchObject([{ action: 'comment', unopened: true }]);
      expect(await partition.ticketWorkNeedless(await first(), needless)).toBe('none');
      await make('reopen', 'update');
      expect(await due()).toMatchObject([{ action: 'open' }]);
      await partition.ticketWorkDone(await first(), 'INC-1', entry(10, 'ticket.opened'));
      expect((await due())[0]?.unopened).toBeUndefined();
      expect(await partition.ticketWorkNeedless(await first(), needless)).toBeUndefined();
    });

    test('what waits long is told to another desk, once each and in order', async () => {
      await make('open', 'update');
      await queue(partition, view, ticketWork(view, 'resolve', 150));
      expect(await passOn()).toEqual({ passed: 2, waitingSince: 150 });
      expect(await passOn()).toEqual({ passed: 0, waitingSince: 150 });
      expect(await asked()).toEqual([
        ['desk', 'open', undefined],
        ['mail', 'open', 'desk'],
      ]);
      expect(await codes()).toEqual(['ticket.passed-on']);
      await partition.ticketWorkDone((await due())[1]?.id as number, undefined, entry(501, 'ticket.opened'));
      expect((await asked())[1]).toEqual(['mail', 'update', 'desk']);
      expect(await passOn({ waitingSince: 200 })).toEqual({ passed: 1, waitingSince: undefined });
    });

    test('work that died is passed on as well, up to the limit, and what follows it after it', async () => {
      await make('open', 'update');
      await partition.ticketWorkDead(await first(), 'HTTP 403', entry(1, 'ticket.failed'));
      expect(await passOn({ limit: 1 })).toMatchObject({ passed: 1 });
      expect(await asked()).toEqual([['mail', 'open', 'desk']]);
      expect(await passOn({ limit: 1 })).toMatchObject({ passed: 1 });
      expect(await passOn()).toMatchObject({ passed: 0 });
    });

    test('a desk that knows nothing of the incident is told neither of a word nor of the end', async () => {
      await make('open');
      await partition.ticketWorkDone(await first(), 'INC-1', entry(1, 'ticket.opened'));
      await make('comment', 'resolve');
      expect(await passOn()).toEqual({ passed: 2, waitingSince: undefined });
      expect(await asked()).toEqual([['desk', 'comment', undefined]]);
    });

    test('a desk that stood in hears of the end, whether the other was told or not', async () => {
      await make('open');
      await passOn();
      const [own, instead] = await due();
      await partition.ticketWorkDone(own?.id as number, 'INC-1', entry(501, 'ticket.opened'));
      await partition.ticketWorkDone(instead?.id as number, 'M-1', entry(502, 'ticket.opened'));
      await queue(partition, view, ticketWork(view, 'resolve', 600));
      await partition.ticketWorkDone(await first(), undefined, entry(601, 'ticket.resolved'));
      expect(await asked()).toEqual([['mail', 'resolve', 'desk']]);
    });

    test('a desk that stood in hears of the end of what the other is not told', async () => {
      await make('open');
      await passOn();
      await queue(partition, view, ticketWork(view, 'resolve', 600));
      const own = (await due()).find(({ desk }) => desk === 'desk');
      await partition.ticketWorkNeedless(own?.id as number, needless);
      expect(await due()).toMatchObject([{ desk: 'mail', action: 'open', healed: true }]);
    });

    test('dead work is discarded with a reason; what would have opened takes along what follows it', async () => {
      await make('open', 'update');
      const id = await first();
      expect(await store.discardTicketWork(id, { at: 20, by: 'nadia', why: 'double' })).toBeUndefined();
      await partition.ticketWorkDead(id, 'HTTP 403', entry(1, 'ticket.failed'));
      expect(await store.discardTicketWork(id, { at: 20, by: 'nadia', why: 'double' })).toBe(STORE);
      expect(await store.discardTicketWork(id, { at: 20, by: 'nadia', why: 'double' })).toBeUndefined();
      expect(await due()).toEqual([]);
      expect(await stateOf()).toBe('none');
      expect((await store.incident(1))?.timeline.at(-1)).toEqual({
        at: 20,
        reason: { code: 'ticket.discarded', params: { desk: 'desk', by: 'nadia', why: 'double' } },
      });
    });

    test('dead work on a ticket that is there is discarded alone', async () => {
      await make('open', 'update', 'resolve');
      await partition.ticketWorkDone(await first(), 'INC-1', entry(1, 'ticket.opened'));
      const id = await first();
      await partition.ticketWorkDead(id, 'HTTP 403', entry(1, 'ticket.failed'));
      await store.discardTicketWork(id, { at: 20, by: 'nadia', why: 'double' });
      expect(await due()).toMatchObject([{ action: 'resolve', ticket: 'INC-1' }]);
    });

    test('the queues are told by desk', async () => {
      expect(await store.ticketQueues()).toEqual([]);
      await make('open', 'update');
      await queue(partition, view, ticketWork(view, 'open', 40, { desk: 'other' }));
      await partition.ticketWorkDead(await first(), 'HTTP 403', entry(1, 'ticket.failed'));
      expect(await store.ticketQueues()).toEqual([
        { desk: 'desk', waiting: 1, dead: 1, oldestAt: 0 },
        { desk: 'other', waiting: 1, dead: 0, oldestAt: 40 },
      ]);
    });
  });
}
