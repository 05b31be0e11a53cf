import { describe, expect, it } from 'vitest';
import { loadStore, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import type { Rule } from '../../../alerting/engine/types.ts';
import type { Device } from '../../../protocol/inventory.ts';
import { composite, keyOf, Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const points = [1, 2, 3, 4].map((n): Device => ({ name: `ap-${n}`, kind: 'access-point' }));
const wifi = composite({
  id: 'wifi',
  scope: { kinds: ['access-point'] },
  forS: 20,
  clearForS: 10,
  severity: 'warning',
});
const alone = silence({ forS: 5, clearForS: 5 });

const open = (lab: Lab) => [...openIncidents(lab.state)];
const told = (lab: Lab) => open(lab).map(({ cause, fold }) => `${cause.target} ${cause.reason.code} ${fold.code}`);
const opened = (lab: Lab) =>
  lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open').length;

function labOf(devices: Device[], ...rules: Rule[]): Lab {
  const lab = new Lab(packOf(...rules), storeOf(devices));
  for (const { name } of devices) lab.presence(name, 'birth', 86_400);
  return lab;
}

/** One after the other, too far apart to have fallen together. */
function lose(lab: Lab, ...names: string[]): void {
  for (const name of names) {
    lab.presence(name, 'lost');
    lab.pass(60);
  }
}

describe('a share of access points', () => {
  it('is one incident of the store once enough are down, and theirs are part of it', () => {
    const lab = labOf([...points, till(1)], wifi, alone);
    lab.presence('ap-1', 'lost');
    lab.pass(60);
    expect(told(lab)).toEqual([`${keyOf('ap-1')} presence.lost fold.alone`]);
    lab.presence('ap-2', 'lost');
    lab.pass(40);
    expect(told(lab)).toEqual([`${STORE} group.down fold.group`]);
    expect(open(lab)[0]?.alerts.map(({ key }) => key)).toEqual([
      'chain/lyon/ap-1#silent#',
      'chain/lyon#wifi#',
      'chain/lyon/ap-2#silent#',
    ]);
    expect(open(lab)[0]?.cause.reason.params).toEqual({
      ...{ of: 'devices', bad: 2, total: 4, kinds: 'access-point', limit: 50 },
    });
    const before = opened(lab);
    lab.presence('ap-3', 'lost');
    lab.pass(60);
    expect(opened(lab)).toBe(before);
    expect(open(lab)[0]?.alerts.length).toBe(4);
    // The incident began as that of the first, and is the group's now: it counts on.
    expect(open(lab)[0]).toMatchObject({
      cause: { rule: 'silent', reason: { code: 'group.down', params: { bad: 3 } } },
      fold: { code: 'fold.group', params: { bad: 3 } },
    });
    expect(tileOf(lab.state, STORE, lab.now)?.tile.state).toBe('degraded');
  });

  it('tells when more are down than ever told, its desk too, and nothing of those that come and go', () => {
    const lab = labOf([...points, till(1)], wifi);
    const cause = () => open(lab)[0]?.cause.reason.params;
    const alert = () => open(lab)[0]?.alerts.find(({ rule }) => rule === 'wifi')?.reason.params;
    const updates = () => lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'update').length;
    lose(lab, 'ap-1', 'ap-2');
    expect([cause()?.bad, alert()?.bad]).toEqual([2, 2]);
    const before = updates();
    lose(lab, 'ap-3', 'ap-4');
    expect([cause()?.bad, alert()?.bad]).toEqual([4, 4]);
    expect(updates()).toBe(before + 2);
    for (let time = 0; time < 3; time++) {
      lab.presence('ap-4', 'birth', 86_400);
      lab.pass(60);
      lose(lab, 'ap-4');
    }
    expect([cause()?.bad, alert()?.bad]).toEqual([4, 4]);
    expect(updates()).toBe(before + 2);
  });

  it('opens no incident of a member in the step that opens its own', () => {
    const lab = labOf([...points, till(1)], { ...wifi, forS: 5 }, alone);
    for (const name of ['ap-1', 'ap-2', 'ap-3']) lab.presence(name, 'lost');
    lab.pass(60);
    expect(told(lab)).toEqual([`${STORE} group.down fold.group`]);
    expect(opened(lab)).toBe(1);
  });

  it('joins what fell together, whose evidence is better', () => {
    const lab = labOf([...points, till(1)], wifi, alone);
    for (const name of ['ap-1', 'ap-2', 'ap-3']) lab.presence(name, 'lost');
    lab.pass(60);
    expect(told(lab)).toEqual([`${STORE} fold.fell-together fold.fell-together`]);
    expect(open(lab)[0]?.alerts.map(({ key }) => key)).toContain('chain/lyon#wifi#');
    expect(opened(lab)).toBe(1);
  });

  it('is named in the incident of its oldest member while the store has another one, which knows nothing of it', () => {
    const lab = labOf([...points, till(1), till(2), till(3)], wifi, alone);
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'lost');
    lab.pass(120);
    const tills = `${STORE} fold.fell-together fold.fell-together`;
    expect(told(lab)).toEqual([tills]);
    lose(lab, 'ap-1', 'ap-2');
    expect(told(lab)).toEqual([tills, `${keyOf('ap-1')} group.down fold.group`]);
    expect(open(lab)[1]?.alerts.map(({ device }) => device)).toEqual([keyOf('ap-1'), STORE, keyOf('ap-2')]);
    lose(lab, 'ap-3');
    expect(open(lab).length).toBe(2);
    for (const name of ['ap-1', 'ap-2', 'ap-3', 'till-1', 'till-2']) lab.presence(name, 'birth', 86_400);
    lab.pass(120);
    expect(open(lab)).toEqual([]);
  });

  it('takes no incident of the store from another cause, whatever became of its own before', () => {
    const lab = labOf([...points, till(1), till(2), till(3)], wifi, alone);
    lose(lab, 'ap-1', 'ap-2');
    lab.presence('ap-2', 'birth', 86_400);
    lab.pass(120);
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'lost');
    lab.pass(120);
    lose(lab, 'ap-2');
    expect(told(lab)).toContain(`${STORE} fold.fell-together fold.fell-together`);
    for (const name of ['ap-1', 'ap-2', 'till-1', 'till-2']) lab.presence(name, 'birth', 86_400);
    lab.pass(300);
    expect(open(lab)).toEqual([]);
  });

  it('clears at its own share, and leaves what remains to the device that remains', () => {
    const lab = labOf([...points, till(1)], wifi, alone);
    lose(lab, 'ap-1', 'ap-2', 'ap-3');
    lab.presence('ap-1', 'birth', 86_400);
    lab.pass(60);
    expect(told(lab)).toEqual([`${STORE} group.down fold.group`]);
    lab.presence('ap-2', 'birth', 86_400);
    lab.pass(11);
    expect(lab.story()).toContain('firing > resolved group.cleared');
    expect(told(lab)).toEqual([`${keyOf('ap-3')} presence.lost fold.alone`]);
    lab.presence('ap-3', 'birth', 86_400);
    lab.pass(60);
    expect(open(lab)).toEqual([]);
    // The first on its own, then the group.
    expect(opened(lab)).toBe(2);
  });

  it('is beneath the switch its members hang on, seen before the group or after it', () => {
    const hung = points.map((point): Device => ({ ...point, attributes: { parent: 'switch' } }));
    const devices: Device[] = [...hung, { name: 'switch', kind: 'switch' }, till(1)];
    for (const order of [
      ['switch', 'ap-1', 'ap-2', 'ap-3'],
      ['ap-1', 'ap-2', 'ap-3', 'switch'],
    ]) {
      const lab = labOf(devices, { ...wifi, forS: 1 }, alone);
      for (const name of order) {
        lab.presence(name, 'lost');
        lab.pass(2);
      }
      lab.pass(60);
      expect(told(lab)).toEqual([`${keyOf('switch')} presence.lost fold.switch`]);
      expect(opened(lab)).toBe(1);
      lab.presence('switch', 'birth', 86_400);
      for (const name of ['ap-1', 'ap-2', 'ap-3']) lab.presence(name, 'birth', 86_400);
      lab.pass(60);
      expect(open(lab)).toEqual([]);
    }
  });

  it('says nothing of a store nothing is heard from, and hands its incident over to that', () => {
    const lab = labOf([...points, till(1)], wifi, alone);
    for (const { name } of [...points, till(1)]) lab.presence(name, 'lost');
    lab.pass(600);
    expect(told(lab)).toEqual([`${STORE} store.silent fold.store-silent`]);
    const grows = labOf([...points, till(1)], wifi, alone);
    lose(grows, ...points.map(({ name }) => name));
    expect(told(grows)).toEqual([`${STORE} group.down fold.group`]);
    grows.presence('till-1', 'lost');
    grows.pass(60);
    expect(told(grows)).toEqual([`${STORE} store.silent fold.store-silent`]);
    expect(opened(grows)).toBe(2);
  });

  it('counts those in service only, and waits where nothing is known', () => {
    const gateway: Device = { name: 'gw', kind: 'gateway' };
    const behind = points.map((point) => ({ ...point, gateway: 'gw' }));
    const lab = new Lab(packOf(wifi, alone), storeOf([gateway, ...behind, till(1)]));
    for (const name of ['gw', 'ap-1', 'ap-2', 'till-1']) lab.presence(name, 'online', 86_400);
    lab.presence('gw', 'lost');
    lab.pass(600);
    expect(lab.story().filter((line) => line.includes('group'))).toEqual([]);
    lab.presence('gw', 'online', 86_400);
    for (const name of ['ap-1', 'ap-2']) lab.presence(name, 'online', 86_400);
    lab.presence('ap-1', 'unreachable');
    lab.pass(60);
    // One is no group.
    expect(open(lab).map(({ fold }) => fold.code)).not.toContain('fold.group');
    lab.presence('ap-2', 'unreachable');
    lab.pass(60);
    expect(open(lab).find(({ fold }) => fold.code === 'fold.group')?.cause.reason.params).toMatchObject({
      ...{ bad: 2, total: 2 },
    });
  });

  it('stays through a restart, and a clock that is set', () => {
    let lab = labOf([...points, till(1)], wifi, alone);
    for (const name of ['ap-1', 'ap-2']) lab.presence(name, 'lost');
    lab.pass(60);
    const [key] = open(lab).map((incident) => incident.key);
    const next = new Lab(packOf(wifi, alone));
    next.now = lab.now;
    next.define(storeOf([...points, till(1)]));
    loadStore(next.state, STORE, lab.rows.get(STORE) ?? '');
    lab = next;
    lab.send({ kind: 'started' });
    for (const name of ['ap-3', 'ap-4', 'till-1']) lab.presence(name, 'online', 86_400);
    lab.setClock(-86_400);
    lab.pass(3600);
    expect(open(lab).map((incident) => incident.key)).toEqual([key]);
    for (const name of ['ap-1', 'ap-2']) lab.presence(name, 'online', 86_400);
    lab.pass(9);
    expect(lab.transitions.filter(({ alert }) => alert.rule === 'wifi')).toEqual([]);
    lab.pass(60);
    expect(open(lab)).toEqual([]);
    expect(opened(lab)).toBe(0);
  });

  it('ends with the devices, the rule or the store it is about', () => {
    const gone = labOf([...points, till(1)], wifi);
    for (const name of ['ap-1', 'ap-2']) gone.presence(name, 'lost');
    gone.pass(60);
    gone.define(storeOf([till(1)]));
    expect(gone.story().at(-1)).toBe('firing > resolved no-longer-watched');
    const without = new Lab(packOf(alone), storeOf([...points, till(1)]));
    without.now = gone.now;
    const lab = labOf([...points, till(1)], wifi);
    for (const name of ['ap-1', 'ap-2']) lab.presence(name, 'lost');
    lab.pass(60);
    loadStore(without.state, STORE, lab.rows.get(STORE) ?? '');
    without.send({ kind: 'started' });
    expect(without.story()).toEqual(['firing > resolved no-longer-watched']);
    lab.define(undefined);
    expect(open(lab)).toEqual([]);
  });
});

describe('a share of lanes', () => {
  const lanes = composite({ of: 'lanes', scope: { kinds: ['till'] }, raise: 30, clear: 10, forS: 0, clearForS: 0 });

  it('counts a lane while none of its tills sells', () => {
    const lab = labOf([till(1), till(1, { name: 'spare' }), till(2), till(3), till(4)], lanes);
    lab.presence('till-1', 'lost');
    lab.presence('till-2', 'lost');
    expect(open(lab)).toEqual([]);
    lab.presence('spare', 'lost');
    expect(open(lab)).toMatchObject([
      { cause: { target: STORE, reason: { params: { of: 'lanes', bad: 2, total: 4 } } } },
    ]);
  });
});

describe('a share with the same alert', () => {
  it('folds those alerts, and leaves others to their device', () => {
    const rules = [
      composite({ when: 'firing', rule: 'disk', forS: 0, clearForS: 0 }),
      threshold({ forS: 0, clearForS: 0 }),
      status({ forS: 0, clearForS: 0 }),
    ];
    const lab = labOf([till(1), till(2), till(3)], ...rules);
    lab.disk('till-1', 99);
    expect(told(lab)).toEqual([`${keyOf('till-1')} threshold.above fold.alone`]);
    lab.disk('till-2', 99);
    expect(told(lab)).toEqual([`${STORE} group.firing fold.group`]);
    lab.report('till-3', [], [{ check: 'pos', status: 'critical' }]);
    expect(told(lab)).toEqual([`${STORE} group.firing fold.group`, `${keyOf('till-3')} status.critical fold.alone`]);
    lab.disk('till-1', 10);
    lab.disk('till-2', 10);
    lab.pass(30);
    expect(told(lab)).toEqual([`${keyOf('till-3')} status.critical fold.alone`]);
  });

  it('or any alert at all', () => {
    const rules = [composite({ when: 'degraded', forS: 0 }), threshold({ forS: 0 }), status({ forS: 0 }), alone];
    const lab = labOf([till(1), till(2), till(3), till(4)], ...rules);
    lab.disk('till-1', 99);
    lab.report('till-2', [], [{ check: 'pos', status: 'critical' }]);
    expect(told(lab)).toEqual([`${STORE} group.degraded fold.group`]);
    lab.presence('till-3', 'lost');
    lab.pass(60);
    expect(told(lab)).toEqual([`${STORE} group.degraded fold.group`]);
  });

  const shared = [
    composite({ id: 'half', when: 'firing', rule: 'check', raise: 50, clear: 25, forS: 0, clearForS: 0 }),
    status({ forS: 0, clearForS: 0 }),
  ];
  const tills = [1, 2, 3, 4, 5, 6].map((lane) => till(lane));
  const fail = (lab: Lab, name: string, check = 'pos') => lab.report(name, [], [{ check, status: 'critical' }]);
  const mend = (lab: Lab, name: string) => lab.report(name, [], [{ check: 'pos', status: 'ok' }]);

  it('takes the second that fails into the incident of the first, long before there are enough of them', () => {
    const lab = labOf(tills, ...shared);
    fail(lab, 'till-1');
    lab.pass(60);
    fail(lab, 'till-2');
    expect(open(lab)).toMatchObject([
      { cause: { target: STORE, rule: 'half', reason: { code: 'group.firing', params: { bad: 2, total: 6 } } } },
    ]);
    fail(lab, 'till-3');
    fail(lab, 'till-4');
    expect(open(lab)).toMatchObject([{ cause: { target: STORE, reason: { params: { bad: 4, total: 6 } } } }]);
    expect(open(lab)[0]?.alerts.map(({ rule }) => rule)).toEqual(['check', 'check', 'half', 'check', 'check']);
    expect(opened(lab)).toBe(1);
    for (const { name } of tills) mend(lab, name);
    lab.pass(60);
    expect(open(lab)).toEqual([]);
  });

  it('leaves another check, and one that nothing counts, to their own device', () => {
    const lab = labOf(tills, ...shared);
    fail(lab, 'till-1');
    fail(lab, 'till-2', 'scales');
    expect(told(lab)).toEqual([
      `${keyOf('till-1')} status.critical fold.alone`,
      `${keyOf('till-2')} status.critical fold.alone`,
    ]);
    const plain = labOf(tills, status({ forS: 0, clearForS: 0 }));
    fail(plain, 'till-1');
    fail(plain, 'till-2');
    expect(opened(plain)).toBe(2);
  });

  it('gives what remains back to the one device it remains on', () => {
    const lab = labOf(tills, ...shared);
    fail(lab, 'till-1');
    fail(lab, 'till-2');
    mend(lab, 'till-1');
    lab.pass(120);
    fail(lab, 'till-2');
    expect(told(lab)).toEqual([`${keyOf('till-2')} status.critical fold.alone`]);
    expect(opened(lab)).toBe(1);
  });

  it('stays through a restart between the first and the second', () => {
    const lab = labOf(tills, ...shared);
    fail(lab, 'till-1');
    const again = new Lab(packOf(...shared), storeOf(tills));
    again.now = lab.now;
    loadStore(again.state, STORE, lab.rows.get(STORE) ?? '');
    again.send({ kind: 'started' });
    for (const { name } of tills) again.presence(name, 'birth', 86_400);
    fail(again, 'till-2');
    expect(told(again)).toEqual([`${STORE} group.firing fold.group`]);
    expect(opened(again)).toBe(0);
  });
});
