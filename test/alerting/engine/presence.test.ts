import { describe, expect, it } from 'vitest';
import { devicesOf, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import { Lab, packOf, STORE, silence, status, storeOf, till } from './lab.ts';

const behind = [{ name: 'gw', kind: 'gateway' } as const, till(1, { gateway: 'gw' }), till(2, { gateway: 'gw' })];

const statesOf = (lab: Lab) =>
  devicesOf(lab.state, STORE, lab.now).map(({ state, reason }) => `${state} ${reason.code}`);

describe('presence', () => {
  it('of what was never heard is blind and opens nothing', () => {
    const lab = new Lab(packOf(silence()), storeOf(behind));
    lab.send({ kind: 'started' });
    lab.pass(86_400);
    expect(statesOf(lab)).toEqual(Array(3).fill('blind presence.unseen'));
    expect(tileOf(lab.state, STORE, lab.now)?.tile).toMatchObject({
      state: 'blind',
      reason: { code: 'store.empty' },
      pips: 'bb',
    });
    expect([...lab.transitions, ...openIncidents(lab.state)]).toEqual([]);
  });

  it('does not count devices never heard of in the state of the store', () => {
    const lab = new Lab(packOf(silence()), storeOf([till(1), till(2)]));
    lab.presence('till-1', 'birth');
    expect(tileOf(lab.state, STORE, lab.now)?.tile).toMatchObject({
      state: 'up',
      pips: 'ub',
      lanesUp: 1,
      lanesTotal: 2,
    });
  });

  it('of a watched device is also a sign of life of its gateway', () => {
    const lab = new Lab(packOf(silence()), storeOf(behind));
    lab.report('till-1');
    expect(statesOf(lab)).toEqual(['up presence.back', 'up presence.back', 'blind presence.unseen']);
    for (let at = 0; at < 20; at++) {
      lab.pass(30);
      lab.report('till-1');
    }
    expect(statesOf(lab)[0]).toBe('up presence.back');
  });

  it('of a watched device that is only spoken of does not come back, and its statuses are judged', () => {
    const lab = new Lab(packOf(silence(), status()), storeOf(behind));
    for (const name of ['gw', 'till-1']) lab.presence(name, 'online');
    lab.presence('till-1', 'unreachable');
    lab.pass(20);
    const said = { device: `${STORE}/till-1`, at: lab.now, isHearsay: true, points: [] } as const;
    lab.send({ kind: 'report', late: false, ...said, statuses: [{ check: 'trap', status: 'critical' }] });
    expect(statesOf(lab)).toEqual(['up presence.back', 'down presence.unreachable', 'blind presence.unseen']);
    expect(lab.story()).toContain('ok > pending status.critical');
    lab.report('till-1');
    expect(statesOf(lab)[1]).toMatch(/presence\.back$/);
  });

  it('tells who is to blame for being blind, and waits for each device once the gateway is back', () => {
    const lab = new Lab(packOf(silence()), storeOf([...behind, { name: 'server', kind: 'server' }]));
    for (const name of ['gw', 'server']) lab.presence(name, 'birth', 600);
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'online', 600);
    lab.presence('gw', 'lost');
    const [, first] = devicesOf(lab.state, STORE, lab.now);
    expect(first).toMatchObject({
      state: 'blind',
      reason: { code: 'presence.watcher-lost', params: { watcher: 'chain/lyon/gw' } },
    });
    lab.pass(10);
    lab.presence('gw', 'birth', 600);
    lab.presence('till-1', 'online', 600);
    expect(statesOf(lab)).toEqual([
      'up presence.back',
      'up presence.back',
      'blind presence.unseen',
      'up presence.back',
    ]);
    lab.pass(59);
    expect(statesOf(lab)[2]).toBe('blind presence.unseen');
    lab.pass(1);
    expect(statesOf(lab)[2]).toBe('down presence.no-return');
  });

  it('of a gateway that watches itself, or is not there, is its own', () => {
    const lab = new Lab(
      packOf(silence()),
      storeOf([
        { name: 'a', kind: 'server', gateway: 'b' },
        { name: 'b', kind: 'server', gateway: 'a' },
        { name: 'c', kind: 'server', gateway: 'c' },
        { name: 'd', kind: 'server', gateway: 'nobody' },
      ]),
    );
    for (const name of ['a', 'b', 'c', 'd']) lab.presence(name, 'birth');
    expect(statesOf(lab)).toEqual(Array(4).fill('up presence.back'));
  });

  it('after a start keeps showing what was known until patience is over', () => {
    const lab = new Lab(packOf(silence()), storeOf([till(1), till(2)]));
    lab.presence('till-1', 'birth');
    lab.presence('till-2', 'birth');
    lab.pass(85);
    lab.send({ kind: 'started' });
    lab.pass(59);
    lab.report('till-2');
    expect(statesOf(lab)).toEqual(['up presence.back', 'up presence.back']);
    lab.pass(1);
    expect(statesOf(lab)).toEqual(['down presence.no-return', 'up presence.back']);
  });

  it('lost just before a restart gets the same patience before it alarms', () => {
    const lab = new Lab(packOf(silence()), storeOf([till(1), till(2)]));
    lab.presence('till-1', 'birth');
    lab.presence('till-2', 'birth', 600);
    lab.presence('till-1', 'lost');
    lab.now += 600_000;
    lab.send({ kind: 'started' });
    lab.report('till-2');
    lab.pass(59);
    expect([...openIncidents(lab.state)]).toEqual([]);
    lab.pass(1);
    expect([...openIncidents(lab.state)].length).toBe(1);
  });
});
