import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import {
  entry,
  incidentView,
  type OpenedStateStore,
  type OpenStateStore,
  queue,
  resolved,
  STORE,
  ticketWork,
  writesOf,
} from './fixtures.ts';

export function ticketContract(open: OpenStateStore): void {
  describe('ticket work', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const ticketOf = async (number: number) => {
      const incident = (await store.incident(number))?.incident;
      return [incident?.ticketState, incident?.ticket].filter((part) => part !== undefined).join(' ');
    };
    /** The only work whose turn it is. */
    const due = async (now = 1_000_000) => {
      const [work, ...others] = await partition.dueTicketWork(now, 10);
      expect(others).toEqual([]);
      return work as NonNullable<typeof work>;
    };

    test('work comes back as it was made, untried, due from the moment it was made', async () => {
      const view = incidentView(1);
      const work = ticketWork(view, 'open', 5_000, { locale: 'en', desk: 'itop' });
      await queue(partition, view, work);
      ({ store, partition } = await opened.reopen());
      expect(await partition.dueTicketWork(4_999, 10)).toEqual([]);
      expect(await partition.nextTicketWorkAt()).toBe(5_000);
      expect(await partition.dueTicketWork(5_000, 10)).toEqual([
        { ...work, id: expect.any(Number), attempts: 0, notBefore: 5_000 },
      ]);
    });

    test('the ticket tells the incident as it was, whatever became of it since', async () => {
      const view = incidentView(1, { lanesDown: 1 });
      await queue(partition, view, ticketWork(view, 'open', 0));
      await queue(partition, incidentView(1, { lanesDown: 4 }));
      expect((await due()).view.lanesDown).toBe(1);
    });

    test('a ticket goes from waiting to open to resolved, and its number stays with the incident', async () => {
      const view = incidentView(1, { ticketState: 'waiting' });
      await queue(partition, view, ticketWork(view, 'open', 0));
      expect(await ticketOf(1)).toBe('waiting');
      await partition.ticketWorkDone((await due()).id, 'INC-7', entry(10, 'ticket.opened'));
      expect(await ticketOf(1)).toBe('open INC-7');
      expect(await partition.nextTicketWorkAt()).toBeUndefined();

      await queue(partition, view, ticketWork(view, 'update', 20));
      expect(await ticketOf(1)).toBe('waiting INC-7');
      expect(await due()).toMatchObject({ action: 'update', ticket: 'INC-7' });
      await partition.ticketWorkDone((await due()).id, undefined, entry(30, 'ticket.updated'));
      expect(await ticketOf(1)).toBe('open INC-7');

      const ended = resolved(view, 40);
      await queue(partition, ended, ticketWork(ended, 'resolve', 40));
      expect(await due()).toMatchObject({ action: 'resolve', ticket: 'INC-7' });
      await partition.ticketWorkDone((await due()).id, undefined, entry(50, 'ticket.resolved'));
      ({ store, partition } = await opened.reopen());
      expect(await ticketOf(1)).toBe('resolved INC-7');
      expect((await store.incident(1))?.timeline).toEqual([
        entry(10, 'ticket.opened'),
        entry(30, 'ticket.updated'),
        entry(50, 'ticket.resolved'),
      ]);
    });

    test('a view that does not know the ticket yet takes nothing from it', async () => {
      const view = incidentView(1, { ticketState: 'waiting' });
      await queue(partition, view, ticketWork(view, 'open', 0));
      await partition.ticketWorkDone((await due()).id, 'INC-7', entry(10, 'ticket.opened'));
      await queue(partition, { ...view, priority: 1 });
      expect((await store.incident(1))?.incident).toEqual({
        ...view,
        priority: 1,
        ticket: 'INC-7',
        ticketState: 'open',
      });
      await queue(partition, { ...view, ticketState: 'none' });
      expect(await ticketOf(1)).toBe('open INC-7');
      expect((await partition.loadIncidents()).open[0]).toMatchObject({ ticket: 'INC-7', ticketState: 'open' });
      expect((await store.incidents({ limit: 1 }))[0]).toMatchObject({ ticket: 'INC-7', ticketState: 'open' });
    });

    test('an incident stays waiting while any of its work is queued', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
      await partition.ticketWorkDone((await due()).id, 'INC-7', entry(10, 'ticket.opened'));
      expect(await ticketOf(1)).toBe('waiting INC-7');
      await partition.ticketWorkDone((await due()).id, undefined, entry(11, 'ticket.updated'));
      expect(await ticketOf(1)).toBe('open INC-7');
    });

    test('an update may bring a new number', async () => {
      const view = incidentView(1);
      await queue(
        partition,
        view,
        ticketWork(view, 'open', 0),
        ticketWork(view, 'update', 1),
        ticketWork(view, 'resolve', 2),
      );
      await partition.ticketWorkDone((await due()).id, 'INC-7', entry(10, 'ticket.opened'));
      await partition.ticketWorkDone((await due()).id, 'INC-8', entry(11, 'ticket.updated'));
      expect(await ticketOf(1)).toBe('waiting INC-8');
      expect(await due()).toMatchObject({ action: 'resolve', ticket: 'INC-8' });
    });

    test('each desk has its own ticket; the incident shows the one made first', async () => {
      const view = incidentView(1);
      await queue(
        partition,
        view,
        ticketWork(view, 'open', 0, { desk: 'a' }),
        ticketWork(view, 'open', 0, { desk: 'b' }),
      );
      const [a, b] = await partition.dueTicketWork(10, 10);
      await partition.ticketWorkDone(b?.id as number, 'B-1', entry(1, 'ticket.opened'));
      expect(await ticketOf(1)).toBe('waiting B-1');
      await partition.ticketWorkDone(a?.id as number, 'A-1', entry(2, 'ticket.opened'));
      expect(await ticketOf(1)).toBe('open B-1');
      await queue(
        partition,
        view,
        ticketWork(view, 'resolve', 3, { desk: 'a' }),
        ticketWork(view, 'resolve', 3, { desk: 'b' }),
      );
      const resolving = await partition.dueTicketWork(10, 10);
      expect(resolving.map((work) => [work.desk, work.ticket]).sort()).toEqual([
        ['a', 'A-1'],
        ['b', 'B-1'],
      ]);
      await partition.ticketWorkDone(resolving[0]?.id as number, undefined, entry(4, 'ticket.resolved'));
      expect(await ticketOf(1)).toBe('waiting B-1');
      await partition.ticketWorkDone(resolving[1]?.id as number, undefined, entry(5, 'ticket.resolved'));
      expect(await ticketOf(1)).toBe('resolved B-1');
    });

    test('failed work waits until its time, and counts its attempts', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0));
      await partition.ticketWorkFailed((await due()).id, 'HTTP 503', 60_000);
      expect(await partition.dueTicketWork(59_999, 10)).toEqual([]);
      expect(await partition.nextTicketWorkAt()).toBe(60_000);
      ({ store, partition } = await opened.reopen());
      expect(await due(60_000)).toMatchObject({ attempts: 1, notBefore: 60_000 });
      await partition.ticketWorkFailed((await due()).id, 'HTTP 503', 90_000);
      expect((await due(90_000)).attempts).toBe(2);
      expect(await ticketOf(1)).toBe('waiting');
    });

    test('what waits for a time a clock that was wrong has told, is brought nearer; what is due sooner is not', async () => {
      const [soon, far, dead] = [incidentView(1), incidentView(2), incidentView(3)];
      for (const view of [soon, far, dead]) await queue(partition, view, ticketWork(view, 'open', 0));
      const works = await partition.dueTicketWork(0, 10);
      const idOf = (view: typeof soon) => works.find(({ incident }) => incident === view.key)?.id ?? 0;
      await partition.ticketWorkFailed(idOf(soon), 'HTTP 503', 1_000);
      await partition.ticketWorkFailed(idOf(far), 'HTTP 503', 9_000_000);
      await partition.ticketWorkFailed(idOf(dead), 'HTTP 503', 9_000_000);
      await partition.ticketWorkDead(idOf(dead), 'HTTP 403', entry(1, 'ticket.failed'));
      await partition.ticketWorkNoLaterThan(5_000);
      const due = await partition.dueTicketWork(5_000, 10);
      expect(due.map(({ incident, notBefore }) => [incident, notBefore])).toEqual([
        [soon.key, 1_000],
        [far.key, 5_000],
      ]);
      expect(await store.deadTicketWork(10)).toMatchObject([{ notBefore: 9_000_000 }]);
    });

    test('dead work is told with its error and can be replayed, once', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0));
      const { id } = await due();
      await partition.ticketWorkFailed(id, 'HTTP 503', 10);
      await partition.ticketWorkDead(id, 'HTTP 401', entry(20, 'ticket.failed'));
      expect(await ticketOf(1)).toBe('failed');
      ({ store, partition } = await opened.reopen());
      expect(await partition.dueTicketWork(1_000_000, 10)).toEqual([]);
      expect(await partition.nextTicketWorkAt()).toBeUndefined();
      expect(await store.deadTicketWork(10)).toEqual([
        { ...ticketWork(view, 'open', 0), id, tried: true, attempts: 2, notBefore: 10, error: 'HTTP 401', diedAt: 20 },
      ]);
      expect((await store.incident(1))?.timeline).toEqual([entry(20, 'ticket.failed')]);

      expect(await store.replayTicketWork(id + 1, 500)).toBeUndefined();
      expect(await store.replayTicketWork(id, 500)).toBe(STORE);
      expect(await store.replayTicketWork(id, 500)).toBeUndefined();
      expect(await ticketOf(1)).toBe('waiting');
      expect(await store.deadTicketWork(10)).toEqual([]);
      expect(await due(500)).toMatchObject({ id, attempts: 0, notBefore: 500 });
    });

    test('dead work is listed newest first, up to the limit', async () => {
      for (const number of [1, 2, 3]) {
        const view = incidentView(number);
        await queue(partition, view, ticketWork(view, 'open', number));
      }
      const works = await partition.dueTicketWork(10, 10);
      for (const [i, at] of [20, 40, 30].entries()) {
        await partition.ticketWorkDead(works[i]?.id as number, 'HTTP 401', entry(at, 'ticket.failed'));
      }
      expect((await store.deadTicketWork(10)).map((work) => work.diedAt)).toEqual([40, 30, 20]);
      expect(await store.deadTicketWork(2)).toHaveLength(2);
    });

    test('a word on work that is not there changes nothing', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0));
      const { id } = await due();
      await partition.ticketWorkDone(id, 'INC-7', entry(1, 'ticket.opened'));
      await partition.ticketWorkDone(id, 'INC-8', entry(2, 'ticket.opened'));
      await partition.ticketWorkFailed(id, 'late', 5);
      await partition.ticketWorkDead(id, 'late', entry(3, 'ticket.failed'));
      expect(await ticketOf(1)).toBe('open INC-7');
      expect((await store.incident(1))?.timeline).toEqual([entry(1, 'ticket.opened')]);
      expect(await store.deadTicketWork(10)).toEqual([]);
    });

    test('work of an incident that is not there is delivered all the same', async () => {
      await partition.commit(writesOf({ judgement: { tickets: [ticketWork(incidentView(9), 'open', 0)] } }));
      await partition.ticketWorkDone((await due()).id, 'INC-9', entry(1, 'ticket.opened'));
      expect(await partition.nextTicketWorkAt()).toBeUndefined();
      expect(await store.incident(9)).toBeUndefined();
    });
  });
}
