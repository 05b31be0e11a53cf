import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentQuery, PartitionStore, StateStore } from '../../../collector/ports.ts';
import type { IncidentView, TimelineEntry } from '../../../protocol/views.ts';
import { entry, incidentView, type OpenedStateStore, type OpenStateStore, resolved, writesOf } from './fixtures.ts';

export function incidentContract(open: OpenStateStore): void {
  describe('incidents', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const save = (incident: IncidentView, ...entries: TimelineEntry[]) =>
      partition.commit(writesOf({ judgement: { incidents: [{ incident, entries }] } }));
    const numbers = async (query: Partial<IncidentQuery>) =>
      (await store.incidents({ limit: 100, ...query })).map((incident) => incident.number);

    test('an incident comes back whole, with its timeline in the order written', async () => {
      const view = incidentView(1, {
        acknowledgedAt: 5,
        acknowledgedBy: 'Zoé',
        simulated: true,
        alerts: [
          {
            key: 'brico/lyon-01/till-01#silence#',
            device: 'brico/lyon-01/till-01',
            rule: 'silence',
            instance: '',
            severity: 'critical',
            state: 'firing',
            since: 3,
            reason: { code: 'presence.silent', params: { seconds: 90 } },
          },
        ],
      });
      await save(view, entry(9, 'incident.opened'), {
        at: 5,
        reason: { code: 'incident.acknowledged', params: { by: 'Zoé' } },
      });
      await save(view, entry(7, 'incident.alert-cleared'));
      ({ store, partition } = await opened.reopen());
      expect(await store.incident(1)).toEqual({
        incident: view,
        timeline: [
          entry(9, 'incident.opened'),
          { at: 5, reason: { code: 'incident.acknowledged', params: { by: 'Zoé' } } },
          entry(7, 'incident.alert-cleared'),
        ],
      });
      expect(await store.incident(2)).toBeUndefined();
    });

    test('a later view replaces the earlier one of the same key', async () => {
      await save(incidentView(1, { acknowledgedBy: 'Zoé', priority: 2 }));
      const later = incidentView(1, { priority: 1, lanesDown: 3 });
      await save(later);
      expect(await store.incidents({ limit: 10 })).toEqual([later]);
    });

    test('open incidents and the highest number ever given are there after a restart', async () => {
      await save(incidentView(1));
      await save(incidentView(2));
      await save(incidentView(3));
      await save(resolved(incidentView(3), 9_000));
      ({ store, partition } = await opened.reopen());
      expect(await partition.loadIncidents()).toEqual({
        open: [incidentView(1), incidentView(2)],
        majors: [],
        lastNumber: 3,
      });
    });

    test('the list has open ones first, by priority, and the newest first among equals', async () => {
      await save(incidentView(1, { priority: 3 }));
      await save(incidentView(2, { priority: 1 }));
      await save(resolved(incidentView(3, { priority: 1 }), 5_000));
      await save(incidentView(4, { priority: 3 }));
      await save(resolved(incidentView(5, { priority: 5 }), 6_000));
      expect(await numbers({})).toEqual([2, 4, 1, 5, 3]);
      expect(await numbers({ limit: 4 })).toEqual([2, 4, 1, 5]);
      expect(await numbers({ limit: 2 })).toEqual([2, 4]);
      expect(await numbers({ state: 'open' })).toEqual([2, 4, 1]);
      expect(await numbers({ state: 'resolved' })).toEqual([5, 3]);
      expect(await numbers({ state: 'resolved', limit: 1 })).toEqual([5]);
    });

    test('the list can be held to one store, and to what was resolved after a time', async () => {
      await save(incidentView(1));
      await save(incidentView(2, { store: 'brico/annecy' }));
      await save(resolved(incidentView(3), 5_000));
      await save(resolved(incidentView(4, { store: 'brico/annecy' }), 6_000));
      await save(resolved(incidentView(5), 7_000));
      expect(await numbers({ store: 'brico/annecy' })).toEqual([2, 4]);
      expect(await numbers({ since: 6_000 })).toEqual([2, 1, 5]);
      expect(await numbers({ since: 5_999 })).toEqual([2, 1, 5, 4]);
      expect(await numbers({ store: 'brico/lyon-01', since: 5_000 })).toEqual([1, 5]);
      expect(await numbers({ store: 'brico/annecy', state: 'resolved', since: 7_000 })).toEqual([]);
      expect(await numbers({ store: 'brico/nowhere' })).toEqual([]);
    });

    test('a number is given once', async () => {
      await save(incidentView(1));
      await expect(save({ ...incidentView(1), key: 'another' })).rejects.toThrow();
      expect(await store.incidents({ limit: 10 })).toEqual([incidentView(1)]);
    });
  });
}
