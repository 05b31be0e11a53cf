import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, tileOf } from '../../../alerting/engine/engine.ts';
import type { Store } from '../../../protocol/inventory.ts';
import { Lab, packOf, STORE, silence, storeOf, threshold, till } from './lab.ts';

const DAY = 86_400;
const server = { name: 'server', kind: 'server' } as const;
const pack = packOf(silence(), threshold({ forS: 0 }));

/** A store whose tills report once a day, so that only what is said here counts. */
function labOf(store: Store = storeOf([server, till(1), till(2)])): Lab {
  const lab = new Lab(pack, store);
  for (const { name } of store.devices) lab.presence(name, 'birth', DAY);
  return lab;
}

const sell = (lab: Lab, device: string, selling_offline: number, late = false) =>
  lab.report(device, [{ m: 'unsent_sales', f: { count: 4, selling_offline } }], [], late);

const seen = (lab: Lab) => {
  const { state, pips, reason } = tileOf(lab.state, STORE, lab.now)?.tile ?? {};
  return [`${state} ${pips}`, reason];
};
const OFFLINE = { code: 'store.selling-offline', params: { lanes: 1, total: 2 } };
const UP = ['up uu', { code: 'store.up' }];

describe('a till that sells offline', () => {
  it('shows in the state of its store, and is well itself', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1);
    expect(seen(lab)).toEqual(['selling-offline uu', OFFLINE]);
    expect(tileOf(lab.state, STORE, lab.now)?.tile.lanesUp).toBe(2);
    expect(devicesOf(lab.state, STORE, lab.now).map(({ state }) => state)).toEqual(['up', 'up', 'up']);
    sell(lab, 'till-2', 1);
    expect(seen(lab)[1]).toMatchObject({ params: { lanes: 2, total: 2 } });
    sell(lab, 'till-1', 0);
    sell(lab, 'till-2', 0);
    expect(seen(lab)).toEqual(UP);
  });

  it('is told once, and kept once, however often it says so', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1);
    const since = tileOf(lab.state, STORE, lab.now)?.tile.since;
    lab.pass(60);
    expect(sell(lab, 'till-1', 1).effects).toEqual([]);
    expect(tileOf(lab.state, STORE, lab.now)?.tile.since).toBe(since);
  });

  it('is not undone by a report that says nothing of it, nor made by a late one', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1, true);
    expect(seen(lab)).toEqual(UP);
    sell(lab, 'till-1', 1);
    lab.disk('till-1', 10);
    sell(lab, 'till-1', 0, true);
    expect(seen(lab)[1]).toEqual(OFFLINE);
  });

  it('of two queues, one that stands still is enough', () => {
    const lab = labOf();
    const queue = (selling_offline: number) => ({ m: 'unsent_sales', f: { selling_offline } });
    lab.report('till-1', [queue(1), queue(0)]);
    expect(seen(lab)[1]).toEqual(OFFLINE);
  });

  it('is forgotten when its word grows old', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1);
    lab.pass(600);
    sell(lab, 'till-1', 1);
    lab.pass(899);
    expect(seen(lab)[1]).toEqual(OFFLINE);
    lab.pass(1);
    expect(seen(lab)).toEqual(UP);
  });

  it('is forgotten when it is not heard, and has to say so anew', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1);
    lab.presence('till-1', 'lost');
    expect(seen(lab)).toEqual(['degraded du', { code: 'store.lanes-down', params: { down: 1, total: 2 } }]);
    lab.presence('till-1', 'birth', DAY);
    lab.pass(60);
    expect(seen(lab)).toEqual(UP);
  });

  it('is forgotten with the gateway that speaks for it', () => {
    const behind = [till(1, { gateway: 'gw' }), till(2, { gateway: 'gw' })];
    const lab = labOf(storeOf([{ name: 'gw', kind: 'gateway' }, ...behind, server]));
    sell(lab, 'till-1', 1);
    expect(seen(lab)[1]).toEqual(OFFLINE);
    lab.presence('gw', 'lost');
    lab.presence('gw', 'birth', DAY);
    for (const { name } of behind) lab.report(name);
    lab.pass(60);
    expect(seen(lab)).toEqual(UP);
  });

  it('counts as long as no other device of its lane reaches the centre', () => {
    const lab = labOf(storeOf([till(1), till(1, { name: 'spare' }), till(2)]));
    sell(lab, 'till-1', 1);
    expect(seen(lab)).toEqual(UP);
    sell(lab, 'spare', 1);
    expect(seen(lab)[1]).toEqual(OFFLINE);
    sell(lab, 'till-1', 0);
    expect(seen(lab)).toEqual(UP);
  });

  it('says more than an alert does, and less than what is down', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1);
    lab.disk('server', 99);
    expect(seen(lab)).toEqual(['selling-offline uu', OFFLINE]);
    lab.presence('server', 'lost');
    expect(seen(lab)[0]).toBe('degraded uu');
  });

  it('sells nothing while the store is closed', () => {
    const lab = labOf(storeOf([server, till(1), till(2)], { hours: { mon: ['09:00-10:30'] } }));
    sell(lab, 'till-1', 1);
    lab.disk('server', 99);
    lab.pass(1740);
    sell(lab, 'till-1', 1);
    expect(seen(lab)[1]).toEqual(OFFLINE);
    lab.pass(60);
    expect(seen(lab)[1]).toEqual({ code: 'store.alerts', params: { count: 1 } });
  });

  it('is still known after a restart, until it has had time to say it again', () => {
    const before = labOf();
    sell(before, 'till-1', 1);
    const lab = new Lab(pack, storeOf([server, till(1), till(2)]));
    lab.now = before.now + DAY * 1000;
    loadStore(lab.state, STORE, before.rows.get(STORE) ?? '');
    lab.send({ kind: 'started' });
    expect(seen(lab)[1]).toEqual(OFFLINE);
    for (const name of ['server', 'till-1', 'till-2']) lab.presence(name, 'birth', DAY);
    lab.pass(899);
    expect(seen(lab)[1]).toEqual(OFFLINE);
    lab.pass(1);
    expect(seen(lab)).toEqual(UP);
  });

  it('stays so for as long, whatever the clock is set to', () => {
    const lab = labOf();
    sell(lab, 'till-1', 1);
    lab.pass(300);
    lab.setClock(-DAY);
    lab.pass(599);
    expect(seen(lab)[1]).toEqual(OFFLINE);
    lab.pass(1);
    expect(seen(lab)).toEqual(UP);
  });
});
