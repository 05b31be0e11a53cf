import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import { entry, incidentView, type OpenedStateStore, type OpenStateStore, queue, ticketWork } from './fixtures.ts';

export function ticketOrderContract(open: OpenStateStore): void {
  describe('order of ticket work', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const due = async (limit = 100) =>
      (await partition.dueTicketWork(1_000, limit)).map((work) => `${work.view.number} ${work.desk} ${work.action}`);

    test('only the oldest undone work of each incident and desk is due', async () => {
      const [one, two] = [incidentView(1), incidentView(2)];
      await queue(partition, one, ticketWork(one, 'open', 0), ticketWork(one, 'open', 0, { desk: 'other' }));
      await queue(partition, one, ticketWork(one, 'update', 1));
      await queue(partition, two, ticketWork(two, 'open', 2), ticketWork(two, 'resolve', 3));
      expect((await due()).sort()).toEqual(['1 desk open', '1 other open', '2 desk open']);
      expect(await due(2)).toHaveLength(2);
    });

    test('what was known of a ticket is kept for each desk, replaced and forgotten', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0));
      const { key } = view;
      await partition.saveShadow('of nobody', 'desk', '{}');
      await partition.saveShadow(key, 'desk', '{"status":"new"}');
      await partition.saveShadow(key, 'other', '{"heard":["é"]}');
      await partition.saveShadow(key, 'desk', '{"status":"on-hold"}');
      expect(await partition.loadShadows()).toEqual([
        { incident: key, desk: 'desk', shadow: '{"status":"on-hold"}' },
        { incident: key, desk: 'other', shadow: '{"heard":["é"]}' },
      ]);
      await partition.saveShadow(key, 'desk', undefined);
      expect((await partition.loadShadows()).map(({ desk }) => desk)).toEqual(['other']);
    });

    test('work waits behind failed work, though it is due itself', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
      await partition.ticketWorkFailed((await partition.dueTicketWork(1_000, 1))[0]?.id as number, 'HTTP 503', 5_000);
      expect(await due()).toEqual([]);
      expect(await partition.nextTicketWorkAt()).toBe(5_000);
    });

    test('work waits behind dead work until that is replayed and done', async () => {
      const view = incidentView(1);
      await queue(partition, view, ticketWork(view, 'open', 0), ticketWork(view, 'update', 1));
      const first = (await partition.dueTicketWork(1_000, 1))[0]?.id as number;
      await partition.ticketWorkDead(first, 'HTTP 401', entry(1, 'ticket.failed'));
      await queue(partition, view, ticketWork(view, 'resolve', 2));
      expect(await due()).toEqual([]);
      expect(await partition.nextTicketWorkAt()).toBeUndefined();
      expect((await store.incident(1))?.incident.ticketState).toBe('failed');
      await store.replayTicketWork(first, 500);
      expect(await due()).toEqual(['1 desk open']);
      await partition.ticketWorkDone(first, 'INC-1', entry(2, 'ticket.opened'));
      expect(await due()).toEqual(['1 desk update']);
    });

    test('the oldest work comes first, also where it has failed', async () => {
      for (const number of [1, 2, 3]) {
        const view = incidentView(number);
        await queue(partition, view, ticketWork(view, 'open', number));
      }
      expect(await due(1)).toEqual(['1 desk open']);
      await partition.ticketWorkFailed((await partition.dueTicketWork(1_000, 1))[0]?.id as number, 'HTTP 503', 900);
      expect(await due()).toEqual(['1 desk open', '2 desk open', '3 desk open']);
    });

    test('whatever happens on the way, each desk gets the work of an incident in order, each once', async () => {
      const outcome = fc.constantFrom('done', 'failed', 'dead');
      let incidents = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 8 }),
          fc.array(outcome, { maxLength: 20 }),
          async (desks, outcomes) => {
            const view = incidentView(++incidents);
            await queue(partition, view, ...desks.map((desk, at) => ticketWork(view, 'update', at, { desk })));
            const delivered: Record<string, number[]> = { a: [], b: [] };
            for (let turn = 0; ; turn++) {
              const [work] = (await partition.dueTicketWork(1_000, 10)).filter((one) => one.incident === view.key);
              if (!work) {
                const dead = await store.deadTicketWork(10);
                if (dead.length === 0) break;
                for (const one of dead) await store.replayTicketWork(one.id, 100);
                continue;
              }
              const fate = outcomes[turn] ?? 'done';
              if (fate === 'failed') await partition.ticketWorkFailed(work.id, 'HTTP 503', 50);
              else if (fate === 'dead') await partition.ticketWorkDead(work.id, 'HTTP 401', entry(1, 'ticket.failed'));
              else {
                delivered[work.desk]?.push(work.at);
                await partition.ticketWorkDone(work.id, undefined, entry(1, 'ticket.updated'));
              }
            }
            const madeFor = (desk: string) => [...desks.keys()].filter((at) => desks[at] === desk);
            expect(delivered).toEqual({ a: madeFor('a'), b: madeFor('b') });
            expect((await store.incident(view.number))?.incident.ticketState).toBe('open');
          },
        ),
        { numRuns: 30 },
      );
    });
  });
}
