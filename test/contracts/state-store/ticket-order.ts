import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import { entry, incidentView, type OpenedStateStore, type OpenStateStore, queue, ticketWork } from './fixtures.ts';

export function ticketOrderContract(open: OpenStateStore): void {
  describe('order of ticket work', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    const due = (limit = 100) =>
      store.dueTicketWork(1_000, limit).map((work) => `${work.view.number} ${work.desk} ${work.action}`);

    test('only the oldest undone work of each incident and desk is due', () => {
      const [one, two] = [incidentView(1), incidentView(2)];
      queue(store, one, ticketWork(one, 'open', 0), ticketWork(one, 'open', 0, { desk: 'other' }));
      queue(store, one, ticketWork(one, 'update', 1));
      queue(store, two, ticketWork(two, 'open', 2), ticketWork(two, 'resolve', 3));
      expect(due().sort()).toEqual(['1 desk open', '1 other open', '2 desk open']);
      expect(due(2)).toHaveLength(2);
    });

    test('work waits behind failed work, though it is due itself', () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
      store.ticketWorkFailed(store.dueTicketWork(1_000, 1)[0]?.id as number, 'HTTP 503', 5_000);
      expect(due()).toEqual([]);
      expect(store.nextTicketWorkAt()).toBe(5_000);
    });

    test('work waits behind dead work until that is replayed and done', () => {
      const view = incidentView(1);
      queue(store, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
      const first = store.dueTicketWork(1_000, 1)[0]?.id as number;
      store.ticketWorkDead(first, 'HTTP 401', entry(1, 'ticket.failed'));
      queue(store, view, ticketWork(view, 'resolve', 2));
      expect(due()).toEqual([]);
      expect(store.nextTicketWorkAt()).toBeUndefined();
      expect(store.incident(1)?.incident.ticketState).toBe('failed');
      store.replayTicketWork(first, 500);
      expect(due()).toEqual(['1 desk open']);
      store.ticketWorkDone(first, 'INC-1', entry(2, 'ticket.opened'));
      expect(due()).toEqual(['1 desk update']);
    });

    test('the work longest due comes first, so that nothing is starved by the limit', () => {
      for (const number of [1, 2, 3]) {
        const view = incidentView(number);
        queue(store, view, ticketWork(view, 'open', number));
      }
      expect(due(1)).toEqual(['1 desk open']);
      store.ticketWorkFailed(store.dueTicketWork(1_000, 1)[0]?.id as number, 'HTTP 503', 900);
      expect(due()).toEqual(['2 desk open', '3 desk open', '1 desk open']);
    });

    test('whatever happens on the way, each desk gets the work of an incident in order, each once', () => {
      const outcome = fc.constantFrom('done', 'failed', 'dead');
      let incidents = 0;
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 8 }),
          fc.array(outcome, { maxLength: 20 }),
          (desks, outcomes) => {
            const view = incidentView(++incidents);
            queue(store, view, ...desks.map((desk, at) => ticketWork(view, 'update', at, { desk })));
            const delivered: Record<string, number[]> = { a: [], b: [] };
            for (let turn = 0; ; turn++) {
              const [work] = store.dueTicketWork(1_000, 10).filter((one) => one.incident === view.key);
              if (!work) {
                const dead = store.deadTicketWork(10);
                if (dead.length === 0) break;
                for (const one of dead) store.replayTicketWork(one.id, 100);
                continue;
              }
              const fate = outcomes[turn] ?? 'done';
              if (fate === 'failed') store.ticketWorkFailed(work.id, 'HTTP 503', 50);
              else if (fate === 'dead') store.ticketWorkDead(work.id, 'HTTP 401', entry(1, 'ticket.failed'));
              else {
                delivered[work.desk]?.push(work.at);
                store.ticketWorkDone(work.id, undefined, entry(1, 'ticket.updated'));
              }
            }
            const madeFor = (desk: string) => [...desks.keys()].filter((at) => desks[at] === desk);
            expect(delivered).toEqual({ a: madeFor('a'), b: madeFor('b') });
            expect(store.incident(view.number)?.incident.ticketState).toBe('open');
          },
        ),
        { numRuns: 30 },
      );
    });
  });
}
