import { describe, expect, it } from 'vitest';
import type { Store } from '../../../../protocol/inventory.ts';
import type { IncidentView } from '../../../../protocol/views.ts';
import { chainOf, Stores } from './bench.ts';

/** Thirty stores, of which six have a small carrier. */
const DELTA = ['3', '8', '13', '18', '23', '28'] as const;
const delta = (at: number): Partial<Store> => (at % 5 === 2 ? { attributes: { carrier: 'Delta' } } : {});
const withDelta = (settings = {}) => new Stores(chainOf(30, delta), settings);
const codes = ({ changes }: Stores) => changes.flatMap(({ entries }) => entries.map(({ reason }) => reason.code));

describe('a common cause', () => {
  it('is named when enough stores that have it fail, and not before', () => {
    const stores = withDelta();
    for (const store of DELTA.slice(0, 3)) stores.fail(store);
    expect(stores.told()).toEqual([]);
    stores.pass(20);
    stores.fail(DELTA[3]);
    expect(stores.told()).toEqual(['new store.carrier=Delta 4/4']);
    const major = stores.changes[0]?.major;
    expect(major).toMatchObject({ symptom: 'network', lanesDown: 8, lanesTotal: 8, priority: 2, severity: 'critical' });
    expect(major?.evidence).toMatchObject({ inside: { failed: 4, of: 6 }, outside: { failed: 0, of: 24 } });
    expect(major?.evidence?.p).toBeLessThan(0.05);
    expect(stores.changes[0]?.desk).toBe('open');
  });

  it('is named at the third store where the group is small beside the chain', () => {
    const stores = new Stores(chainOf(500, (at) => (at < 12 ? { attributes: { carrier: 'Delta' } } : {})));
    for (const store of ['1', '5', '9']) stores.fail(store);
    expect(stores.told()).toEqual(['new store.carrier=Delta 3/3']);
  });

  it('takes in further stores that have it, and leaves the others', () => {
    const stores = withDelta();
    for (const store of DELTA.slice(0, 4)) stores.fail(store);
    stores.fail('1');
    stores.pass(3_000);
    stores.fail(DELTA[4]);
    expect(stores.told()).toEqual(['new store.carrier=Delta 5/5']);
    expect(codes(stores)).toEqual(['major.common', 'major.evidence', 'major.grew']);
  });

  it('is P1 once enough stores have it', () => {
    const stores = withDelta({ p1Stores: 5 });
    for (const store of DELTA.slice(0, 5)) stores.fail(store);
    expect(stores.changes.at(-1)?.major.priority).toBe(1);
    expect(codes(stores)).toContain('incident.priority-changed');
  });

  it('takes stores that sell nothing for no network failure', () => {
    const stores = withDelta();
    const reason = { code: 'sales.store-silent', params: { expected: 40, odds: 1e9 } } as const;
    const sellsNothing = (store: string): Partial<IncidentView> => ({
      cause: { kind: 'store', target: `chain/${store}`, rule: 'sells-nothing', reason },
    });
    for (const store of DELTA.slice(0, 2)) stores.fail(store);
    for (const store of DELTA.slice(2, 4)) stores.fail(store, sellsNothing(store));
    expect(stores.told()).toEqual([]);
  });

  it('keeps symptoms apart', () => {
    const stores = withDelta();
    for (const store of DELTA.slice(0, 2)) stores.fail(store);
    for (const store of DELTA.slice(2, 4)) stores.check(store, 'till-1', 'printer');
    expect(stores.told()).toEqual([]);
  });

  it('may be what devices at fault have, where their stores have others as well', () => {
    const stores = new Stores(
      chainOf(60, (at) => ({
        devices: [
          { name: 'till-1', kind: 'till', lane: 1, attributes: { model: 'T3' } },
          { name: 'till-2', kind: 'till', lane: 2, attributes: { model: at % 10 === 0 ? 'T9' : 'T4' } },
        ],
      })),
    );
    for (const store of ['1', '11', '21']) stores.check(store, 'till-2', 'pos');
    expect(stores.told()).toEqual(['new device.model=T9 3/3']);
  });

  it('takes no store that fails for long for one that fails now', () => {
    const stores = withDelta();
    for (const store of DELTA.slice(0, 3)) stores.fail(store);
    stores.pass(301);
    stores.fail(DELTA[3]);
    expect(stores.told()).toEqual([]);
  });

  it('counts no store in maintenance, and none that planned work has', () => {
    const stores = withDelta();
    const planned = { maintenance: { code: 'maintenance.planned', params: { id: 'M1' } } } as const;
    for (const store of DELTA.slice(0, 3)) stores.fail(store, planned);
    stores.fail(DELTA[3]);
    expect(stores.told()).toEqual([]);
  });

  it('counts closed stores only where some that are closed fail', () => {
    const hours = { mon: ['20:00-22:00'] };
    // Of the twelve others all but three are closed: those say little.
    const stores = new Stores(
      chainOf(15, (at) => ({ attributes: { carrier: at < 4 ? 'Delta' : 'Alpha' }, ...(at >= 7 && { hours }) })),
    );
    for (const store of ['1', '2', '3']) stores.fail(store);
    expect(stores.told()).toEqual([]);
    const night = new Stores(
      chainOf(40, (at) => ({ attributes: { carrier: at < 4 ? 'Delta' : 'Alpha' }, ...(at > 1 && { hours }) })),
    );
    for (const store of ['1', '2', '3']) night.fail(store);
    expect(night.told()).toEqual(['new store.carrier=Delta 3/3']);
  });

  it('may be the change all of them were part of', () => {
    const stores = withDelta();
    stores.correlator.plan([
      {
        id: 'C1',
        kind: 'change',
        title: 'New tariffs',
        number: 'CHG0042',
        who: 'Inès',
        why: 'prices',
        start: '2025-03-10T08:00',
        end: '2025-03-10T09:00',
        scope: { places: ['chain/1', 'chain/9', 'chain/16', 'chain/29'] },
      },
    ]);
    const suspects = [{ code: 'change.suspect', params: { id: 'C1' } } as const];
    for (const store of ['1', '9', '16']) stores.fail(store, { suspects });
    expect(stores.told()).toEqual(['new change=C1 3/3']);
    expect(stores.changes[0]?.major.title.params).toMatchObject({ attribute: 'change', value: 'CHG0042' });
  });

  it('gets a better name when more evidence comes', () => {
    // All of Delta stands in one town at first sight; then stores of the town with other carriers fail as well.
    const stores = new Stores(
      chainOf(100, (at) => ({
        region: at < 20 ? 'Town' : 'Elsewhere',
        attributes: { carrier: at < 6 ? 'Delta' : at % 2 === 0 ? 'Alpha' : 'Beta' },
      })),
    );
    for (const store of ['1', '2', '3', '4']) stores.fail(store);
    expect(stores.told()).toEqual(['new store.carrier=Delta 4/4']);
    for (const store of ['10', '11', '12', '13', '14', '15']) stores.fail(store);
    expect(stores.told()).toEqual(['new region=Town 10/10']);
    expect(codes(stores)).toContain('major.renamed');
  });

  it('ends when all its stores have been back for a while, and is another the next time', () => {
    const stores = withDelta();
    const keys = DELTA.slice(0, 4).map((store) => stores.fail(store));
    stores.pass(600);
    for (const key of keys) stores.back(key);
    stores.pass(59);
    expect(stores.told()).toEqual(['new store.carrier=Delta 0/4']);
    stores.pass(1);
    expect(stores.told()).toEqual(['resolved store.carrier=Delta 0/4']);
    expect(stores.changes.at(-1)?.desk).toBe('resolve');
    for (const store of DELTA.slice(0, 4)) stores.fail(store);
    expect(stores.told()).toEqual(['resolved store.carrier=Delta 0/4', 'new store.carrier=Delta 4/4']);
  });

  it('goes on when a store fails again meanwhile', () => {
    const stores = withDelta();
    const keys = DELTA.slice(0, 4).map((store) => stores.fail(store));
    for (const key of keys) stores.back(key);
    stores.pass(50);
    const again = stores.fail(DELTA[5]);
    stores.pass(100);
    expect(stores.told()).toEqual(['new store.carrier=Delta 1/5']);
    stores.back(again);
    stores.pass(60);
    expect(stores.told()).toEqual(['resolved store.carrier=Delta 0/5']);
  });

  it('ends though stores that have it go on failing now and then, a few at a time', () => {
    // Over a longer time they would be a cause that creeps.
    const stores = new Stores(
      chainOf(200, (at) => (at < 40 ? { attributes: { carrier: 'Delta' } } : {})),
      { creep: { windowS: 300, significance: 0.001 } },
    );
    const keys = Array.from({ length: 30 }, (_, at) => stores.fail(`${at + 1}`));
    for (const key of keys.slice(4)) stores.back(key);
    for (let time = 0; time < 4; time++) {
      stores.pass(240);
      stores.fail(`${31 + time}`);
    }
    // The first of them came soon enough to be the same fault.
    expect(stores.told()).toEqual(['resolved store.carrier=Delta 5/31']);
  });

  it('goes on when those that came back fail again soon', () => {
    // Over a longer time they would be a cause that creeps.
    const stores = new Stores(
      chainOf(200, (at) => (at < 40 ? { attributes: { carrier: 'Delta' } } : {})),
      { creep: { windowS: 300, significance: 0.001 } },
    );
    const keys = Array.from({ length: 30 }, (_, at) => stores.fail(`${at + 1}`));
    for (const key of keys.slice(4)) stores.back(key);
    stores.pass(60);
    for (let at = 4; at < 30; at++) stores.fail(`${at + 1}`);
    expect(stores.told()).toEqual(['new store.carrier=Delta 30/30']);
  });

  it('lets go of the last of many that stays away', () => {
    const stores = withDelta();
    const keys = DELTA.map((store) => stores.fail(store));
    for (const key of keys.slice(1)) stores.back(key);
    stores.pass(599);
    expect(stores.told()).toEqual(['new store.carrier=Delta 1/6']);
    stores.pass(1);
    expect(stores.told()).toEqual(['resolved store.carrier=Delta 1/6']);
    expect(codes(stores)).toContain('major.strays');
  });

  it('is one of two where two carriers fail', () => {
    const stores = new Stores(
      chainOf(90, (at) =>
        at % 9 === 0
          ? { attributes: { carrier: 'Delta' } }
          : at % 9 === 1
            ? { attributes: { carrier: 'Epsilon' } }
            : {},
      ),
    );
    for (const at of [0, 9, 18, 27]) stores.fail(`${at + 1}`);
    for (const at of [1, 10, 19, 28, 37]) stores.fail(`${at + 1}`);
    expect(stores.told()).toEqual(['new store.carrier=Delta 4/4', 'new store.carrier=Epsilon 5/5']);
  });

  it('sums what its stores have lost', () => {
    const stores = withDelta();
    const loss = { at: stores.now, laneMs: 60_000, lanes: 2, blindMs: 0, blind: 0 };
    for (const store of DELTA.slice(0, 4)) stores.fail(store, { loss });
    expect(stores.changes.at(-1)?.major.loss).toEqual({
      at: stores.now,
      laneMs: 240_000,
      lanes: 8,
      blindMs: 0,
      blind: 0,
    });
  });
});

describe('a storm', () => {
  const anywhere = (stores: Stores, from: number, count: number) =>
    Array.from({ length: count }, (_, at) => stores.check(`${from + at}`, 'till-1', `check-${at % 9}`));

  it('holds all that comes while nothing stands out', () => {
    const stores = new Stores(chainOf(200));
    anywhere(stores, 1, 20);
    expect(stores.told()).toEqual([]);
    anywhere(stores, 21, 5);
    expect(stores.told()).toEqual(['new storm 25/25']);
    expect(stores.changes[0]?.major.fold.params).toEqual({ incidents: 21, seconds: 60, stores: 21 });
  });

  it('takes nothing more in once it has calmed down', () => {
    const stores = new Stores(chainOf(200));
    const keys = anywhere(stores, 1, 25);
    stores.pass(120);
    stores.check('99', 'till-1', 'printer');
    expect(stores.told()).toEqual(['new storm 25/25']);
    for (const key of keys) stores.back(key);
    stores.pass(60);
    expect(stores.told()).toEqual(['resolved storm 0/25']);
  });

  it('is named as soon as an attribute stands out', () => {
    const stores = new Stores(
      chainOf(200, (at) => (at >= 150 && at < 160 ? { attributes: { carrier: 'Delta' } } : {})),
    );
    anywhere(stores, 1, 21);
    for (const store of ['151', '152', '153', '154']) stores.fail(store);
    expect(stores.told()).toEqual(['new store.carrier=Delta 4/4', 'new storm 21/21']);
  });
});

describe('a restart', () => {
  it('changes nothing', () => {
    const run = (restartEvery: number) => {
      const stores = withDelta();
      const keys: string[] = [];
      const again = (at: number) => {
        if (restartEvery > 0 && at % restartEvery === 0) stores.restart();
      };
      for (const [at, store] of [...DELTA, '1', '2'].entries()) {
        again(at);
        keys.push(stores.fail(store));
        stores.pass(7);
      }
      for (const [at, key] of keys.entries()) {
        again(at);
        stores.back(key);
        stores.pass(11);
      }
      stores.pass(30);
      again(0);
      stores.pass(40);
      return stores.changes;
    };
    expect(run(1)).toEqual(run(0));
    expect(run(3)).toEqual(run(0));
    expect(run(0).at(-1)?.major.state).toBe('resolved');
  });
});
