import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import {
  entry,
  incidentView,
  type OpenedStateStore,
  type OpenStateStore,
  queue,
  resolved,
  ticketWork,
  writesOf,
} from './fixtures.ts';

export function ticketContract(open: OpenStateStore): void {
  describe('ticket work', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    const ticketOf = (number: number) => {
      const incident = store.incident(number)?.incident;
      return [incident?.ticketState, incident?.ticket].filter((part) => part !== undefined).join(' ');
    };
    /** The only work whose turn it is. */
    const due = (now = 1_000_000) => {
      const [work, ...others] = store.dueTicketWork(now, 10);
      expect(others).toEqual([]);
      return work as NonNullable<typeof work>;
    };

    test('work comes back as it was made, untried, due from the moment it was made', async () => {
      const view = incidentView(1);
      const work = ticketWork(view, 'open', 5_000, { locale: 'en', desk: 'itop' });
      queue(store, view, work);
      store = await opened.reopen();
      expect(store.dueTicketWork(4_999, 10)).toEqual([]);
      expect(store.nextTicketWorkAt()).toBe(5_000);
      expect(store.dueTicketWork(5_000, 10)).toEqual([
        { ...work, id: expect.any(Number), attempts: 0, notBefore: 5_000 },
      ]);
    });

    test('the ticket tells the incident as it was, whatever became of it since', () => {
      const view = incidentView(1, { lanesDown: 1 });
      queue(store, view, ticketWork(view, 'open', 0));
      queue(store, incidentView(1, { lanesDown: 4 }));
      expect(due().view.lanesDown).toBe(1);
    });

    test('a ticket goes from waiting to open to resolved, and its number stays with the incident', async () => {
      const view = incidentView(1, { ticketState: 'waiting' });
      queue(store, view, ticketWork(view, 'open', 0));
      expect(ticketOf(1)).toBe('waiting');
      store.ticketWorkDone(due().id, 'INC-7', entry(10, 'ticket.opened'));
      expect(ticketOf(1)).toBe('open INC-7');
      expect(store.nextTicketWorkAt()).toBeUndefined();

      queue(store, view, ticketWork(view, 'update', 20));
      expect(ticketOf(1)).toBe('waiting INC-7');
      expect(due()).toMatchObject({ action: 'update', ticket: 'INC-7' });
      store.ticketWorkDone(due().id, undefined, entry(30, 'ticket.updated'));
      expect(ticketOf(1)).toBe('open INC-7');

      const ended = resolved(view, 40);
      queue(store, ended, ticketWork(ended, 'resolve', 40));
      expect(due()).toMatchObject({ action: 'resolve', ticket: 'INC-7' });
      store.ticketWorkDone(due().id, undefined, entry(50, 'ticket.resolved'));
      store = await opened.reopen();
      expect(ticketOf(1)).toBe('resolved INC-7');
      expect(store.incident(1)?.timeline).toEqual([
        entry(10, 'ticket.opened'),
        entry(30, 'ticket.updated'),
        entry(50, 'ticket.resolved'),
      ]);
    });

    test('a view that does not know the ticket yet takes nothing from it', () => {
      const view = incidentView(1, { ticketState: 'waiting' });
      queue(store, view, ticketWork(view, 'open', 0));
      store.ticketWorkDone(due().id, 'INC-7', entry(10, 'ticket.opened'));
      queue(store, { ...view, priority: 1 });
      expect(store.incident(1)?.incident).toEqual({ ...view, priority: 1, ticket: 'INC-7', ticketState: 'open' });
      queue(store, { ...view, ticketState: 'none' });
      expect(ticketOf(1)).toBe('open INC-7');
      expect(store.loadIncidents().open[0]).toMatchObject({ ticket: 'INC-7', ticketState: 'open' });
      expect(store.incidents({ limit: 1 })[0]).toMatchObject({ ticket: 'INC-7', ticketState: 'open' });
    });

    test('an incident stays waiting while any of its work is queued', () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
      store.ticketWorkDone(due().id, 'INC-7', entry(10, 'ticket.opened'));
      expect(ticketOf(1)).toBe('waiting INC-7');
      store.ticketWorkDone(due().id, undefined, entry(11, 'ticket.updated'));
      expect(ticketOf(1)).toBe('open INC-7');
    });

    test('an update may bring a new number', () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1), ticketWork(view, 'resolve', 2));
      store.ticketWorkDone(due().id, 'INC-7', entry(10, 'ticket.opened'));
      store.ticketWorkDone(due().id, 'INC-8', entry(11, 'ticket.updated'));
      expect(ticketOf(1)).toBe('waiting INC-8');
      expect(due()).toMatchObject({ action: 'resolve', ticket: 'INC-8' });
    });

    test('each desk has its own ticket; the incident shows the one made first', () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0, { desk: 'a' }), ticketWork(view, 'open', 0, { desk: 'b' }));
      const [a, b] = store.dueTicketWork(10, 10);
      store.ticketWorkDone(b?.id as number, 'B-1', entry(1, 'ticket.opened'));
      expect(ticketOf(1)).toBe('waiting B-1');
      store.ticketWorkDone(a?.id as number, 'A-1', entry(2, 'ticket.opened'));
      expect(ticketOf(1)).toBe('open B-1');
      queue(store, view, ticketWork(view, 'resolve', 3, { desk: 'a' }), ticketWork(view, 'resolve', 3, { desk: 'b' }));
      const resolving = store.dueTicketWork(10, 10);
      expect(resolving.map((work) => [work.desk, work.ticket]).sort()).toEqual([
        ['a', 'A-1'],
        ['b', 'B-1'],
      ]);
      store.ticketWorkDone(resolving[0]?.id as number, undefined, entry(4, 'ticket.resolved'));
      expect(ticketOf(1)).toBe('waiting B-1');
      store.ticketWorkDone(resolving[1]?.id as number, undefined, entry(5, 'ticket.resolved'));
      expect(ticketOf(1)).toBe('resolved B-1');
    });

    test('failed work waits until its time, and counts its attempts', async () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0));
      store.ticketWorkFailed(due().id, 'HTTP 503', 60_000);
      expect(store.dueTicketWork(59_999, 10)).toEqual([]);
      expect(store.nextTicketWorkAt()).toBe(60_000);
      store = await opened.reopen();
      expect(due(60_000)).toMatchObject({ attempts: 1, notBefore: 60_000 });
      store.ticketWorkFailed(due().id, 'HTTP 503', 90_000);
      expect(due(90_000).attempts).toBe(2);
      expect(ticketOf(1)).toBe('waiting');
    });

    test('dead work is told with its error and can be replayed, once', async () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0));
      const { id } = due();
      store.ticketWorkFailed(id, 'HTTP 503', 10);
      store.ticketWorkDead(id, 'HTTP 401', entry(20, 'ticket.failed'));
      expect(ticketOf(1)).toBe('failed');
      store = await opened.reopen();
      expect(store.dueTicketWork(1_000_000, 10)).toEqual([]);
      expect(store.nextTicketWorkAt()).toBeUndefined();
      expect(store.deadTicketWork(10)).toEqual([
        { ...ticketWork(view, 'open', 0), id, attempts: 2, notBefore: 10, error: 'HTTP 401', diedAt: 20 },
      ]);
      expect(store.incident(1)?.timeline).toEqual([entry(20, 'ticket.failed')]);

      expect(store.replayTicketWork(id + 1, 500)).toBe(false);
      expect(store.replayTicketWork(id, 500)).toBe(true);
      expect(store.replayTicketWork(id, 500)).toBe(false);
      expect(ticketOf(1)).toBe('waiting');
      expect(store.deadTicketWork(10)).toEqual([]);
      expect(due(500)).toMatchObject({ id, attempts: 0, notBefore: 500 });
    });

    test('dead work is listed newest first, up to the limit', () => {
      for (const number of [1, 2, 3]) {
        const view = incidentView(number);
        queue(store, view, ticketWork(view, 'open', number));
      }
      const works = store.dueTicketWork(10, 10);
      for (const [i, at] of [20, 40, 30].entries()) {
        store.ticketWorkDead(works[i]?.id as number, 'HTTP 401', entry(at, 'ticket.failed'));
      }
      expect(store.deadTicketWork(10).map((work) => work.diedAt)).toEqual([40, 30, 20]);
      expect(store.deadTicketWork(2)).toHaveLength(2);
    });

    test('a word on work that is not there changes nothing', () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0));
      const { id } = due();
      store.ticketWorkDone(id, 'INC-7', entry(1, 'ticket.opened'));
      store.ticketWorkDone(id, 'INC-8', entry(2, 'ticket.opened'));
      store.ticketWorkFailed(id, 'late', 5);
      store.ticketWorkDead(id, 'late', entry(3, 'ticket.failed'));
      expect(ticketOf(1)).toBe('open INC-7');
      expect(store.incident(1)?.timeline).toEqual([entry(1, 'ticket.opened')]);
      expect(store.deadTicketWork(10)).toEqual([]);
    });

    test('work of an incident that is not there is delivered all the same', () => {
      store.commit(writesOf({ judgement: { tickets: [ticketWork(incidentView(9), 'open', 0)] } }));
      store.ticketWorkDone(due().id, 'INC-9', entry(1, 'ticket.opened'));
      expect(store.nextTicketWorkAt()).toBeUndefined();
      expect(store.incident(9)).toBeUndefined();
    });
  });
}
