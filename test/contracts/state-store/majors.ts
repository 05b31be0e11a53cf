import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import type { MajorView } from '../../../protocol/majors.ts';
import { entry, incidentView, type OpenedStateStore, type OpenStateStore, writesOf } from './fixtures.ts';

const majorView = (number: number, change: Partial<MajorView> = {}): MajorView => ({
  key: `brico#major#${number}`,
  chain: 'brico',
  cause: { kind: 'common', attribute: 'store.carrier', value: 'Orange' },
  symptom: 'network',
  title: { code: 'major.common', params: { attribute: 'store.carrier', value: 'Orange', symptom: 'network' } },
  fold: { code: 'major.evidence', params: { failed: 3, of: 4 } },
  evidence: { inside: { failed: 3, of: 4 }, outside: { failed: 0, of: 96 }, tried: 20, p: 0.0004 },
  state: 'new',
  severity: 'critical',
  priority: 2,
  since: 1,
  openedAt: 2,
  stores: 1,
  storesOpen: 1,
  lanesDown: 4,
  lanesTotal: 4,
  children: [{ incident: 'one', number: 1, store: 'brico/lyon-01', storeTitle: 'Lyon', over: false }],
  number,
  chainTitle: 'Brico',
  ticketState: 'none',
  ...change,
});

/** Major incidents share the numbers and the ticket work of the others, and are never taken for one of them. */
export function majorContract(open: OpenStateStore): void {
  describe('major incidents', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
      await store.saveInventory([{ name: 'brico', title: 'Brico', stores: [] }], 'test', 1);
    });
    afterEach(() => opened.destroy());

    const save = (major: MajorView, tickets: Parameters<typeof writesOf>[0] = {}) =>
      partition.commit(
        writesOf({
          ...tickets,
          judgement: { ...tickets?.judgement, majors: [{ major, entries: [entry(3, 'major.common')] }] },
        }),
      );

    test('one comes back whole, with its timeline, beside incidents and not among them', async () => {
      await partition.commit(writesOf({ judgement: { incidents: [{ incident: incidentView(1), entries: [] }] } }));
      await save(majorView(2));
      ({ store, partition } = await opened.reopen());
      expect(await store.major(2)).toEqual({ major: majorView(2), timeline: [entry(3, 'major.common')] });
      expect(await store.major(1)).toBeUndefined();
      expect(await store.incident(2)).toBeUndefined();
      expect((await store.incidents({ limit: 9 })).map(({ number }) => number)).toEqual([1]);
      expect(await partition.loadIncidents()).toEqual({
        open: [incidentView(1)],
        majors: [majorView(2)],
        lastNumber: 2,
      });
    });

    test('open ones are listed first, then the newest', async () => {
      await save(majorView(1));
      await save(majorView(2, { state: 'resolved', resolvedAt: 9 }));
      await save(majorView(3, { state: 'resolved', resolvedAt: 8 }));
      const numbers = async (query: Parameters<StateStore['majors']>[0]) =>
        (await store.majors(query)).map(({ number }) => number);
      expect(await numbers({ limit: 9 })).toEqual([1, 3, 2]);
      expect(await numbers({ limit: 2 })).toEqual([1, 3]);
      expect(await numbers({ state: 'open', limit: 9 })).toEqual([1]);
      expect(await store.incidents({ limit: 9 })).toEqual([]);
    });

    test('its ticket work goes the way of all, and dead work can be put back', async () => {
      const view = majorView(1, { ticketState: 'waiting' });
      const work = { incident: view.key, desk: 'itop', action: 'open', view, locale: 'fr', at: 5 } as const;
      await save(view, { judgement: { tickets: [work] } });
      const [due] = await partition.dueTicketWork(5, 9);
      expect(due?.view).toEqual(view);
      const id = due?.id ?? -1;
      await partition.ticketWorkDead(id, 'refused', entry(6, 'ticket.failed'));
      expect((await store.major(1))?.major.ticketState).toBe('failed');
      expect((await store.deadTicketWork(9)).map(({ view }) => view.number)).toEqual([1]);
      expect(await store.replayTicketWork(id, 7)).toBe('brico');
      await partition.ticketWorkDone(id, 'INC-1', entry(8, 'ticket.opened'));
      expect((await store.major(1))?.major).toMatchObject({ ticket: 'INC-1', ticketState: 'open' });
    });
  });
}
