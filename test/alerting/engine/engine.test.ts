import { describe, expect, it } from 'vitest';
import {
  devicesOf,
  emptyState,
  loadStore,
  openIncidents,
  saveStore,
  step,
  storeKeys,
  tileOf,
} from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import { keyOf, Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const pack = packOf(silence(), threshold({ forS: 0, clearForS: 0 }), status());
const lab2 = () => {
  const lab = new Lab(pack, storeOf([till(1), till(2)]));
  lab.presence('till-1', 'birth');
  lab.presence('till-2', 'birth');
  return lab;
};

describe('priority', () => {
  it.each([
    [1, 1, 1],
    [1, 2, 2],
    [1, 3, 3],
    [2, 1, 2],
    [2, 2, 3],
    [2, 3, 4],
    [3, 1, 3],
    [3, 2, 4],
    [3, 3, 5],
  ] as const)('impact %i, urgency %i: P%i', (impact, urgency, priority) => {
    expect(DEFAULT_JUDGEMENT.matrix[impact][urgency]).toBe(priority);
  });

  it.each([
    ['printer', 3],
    ['payment-terminal', 3],
    ['server', 2],
    ['switch', 2],
    ['gateway', 2],
  ] as const)('a lost %s has impact %i', (kind, impact) => {
    const lab = new Lab(pack, storeOf([till(1), till(2), { name: 'it', kind }]));
    for (const name of ['till-1', 'till-2', 'it']) lab.presence(name, 'birth', 600);
    lab.presence('it', 'lost');
    lab.pass(5);
    expect([...openIncidents(lab.state)][0]).toMatchObject({ impact, lanesDown: 0, lanesTotal: 2 });
  });
});

describe('effects', () => {
  it('are none for a healthy report, and cost no new object', () => {
    const lab = lab2();
    const event = {
      kind: 'report',
      device: keyOf('till-1'),
      at: lab.now,
      late: false,
      statuses: [{ check: 'a', status: 'ok' }],
      points: [{ m: 'disk', t: { path: '/' }, f: { used_percent: 20 } }],
    } as const;
    const first = step(lab.state, event, lab.now);
    expect(first).toMatchObject({ transitions: [], effects: [] });
    expect(step(lab.state, event, lab.now + 1000)).toBe(first);
  });

  it('save and show a store once per step', () => {
    const lab = lab2();
    const { effects } = lab.report(
      'till-1',
      ['/', '/var', '/home'].map((path) => ({ m: 'disk', t: { path }, f: { used_percent: 99 } })),
    );
    expect(effects.map(({ kind }) => kind)).toEqual(['incident', 'save', 'show']);
    expect(effects[0]).toMatchObject({ desk: 'open', incident: { state: 'new', alerts: [{}, {}, {}] } });
  });

  it('hand out incidents that never change afterwards', () => {
    const lab = lab2();
    const [effect] = lab.disk('till-1', 99).effects;
    const before = structuredClone(effect);
    lab.disk('till-1', 99, '/var');
    lab.presence('till-1', 'lost');
    lab.pass(60);
    expect(effect).toEqual(before);
  });

  it('are none for devices, incidents and stores nobody knows', () => {
    const lab = lab2();
    const quiet = { transitions: [], effects: [] };
    expect(lab.report('nobody')).toEqual(quiet);
    expect(lab.presence('nobody', 'lost')).toEqual(quiet);
    expect(lab.send({ kind: 'acknowledge', incident: 'x', by: 'y' })).toEqual(quiet);
    expect(lab.send({ kind: 'comment', incident: 'x', by: 'y', text: 'z' })).toEqual(quiet);
    expect(lab.send({ kind: 'inventory', store: 'chain/none', simulated: false, definition: undefined })).toEqual(
      quiet,
    );
    expect(tileOf(lab.state, 'chain/none', lab.now)).toBeUndefined();
    expect(devicesOf(lab.state, 'chain/none', lab.now)).toEqual([]);
    expect([...storeKeys(lab.state)]).toEqual([STORE]);
  });

  it('acknowledge an incident once', () => {
    const lab = lab2();
    lab.disk('till-1', 99);
    const incident = [...openIncidents(lab.state)][0]?.key ?? '';
    const { effects } = lab.send({ kind: 'acknowledge', incident, by: 'Inès' });
    expect(effects[0]).toMatchObject({ desk: 'update', incident: { state: 'acknowledged', acknowledgedBy: 'Inès' } });
    expect(lab.send({ kind: 'acknowledge', incident, by: 'Paul' }).effects).toEqual([]);
    expect(lab.send({ kind: 'comment', incident, by: 'Paul', text: 'hm' }).effects[0]).not.toHaveProperty('desk');
  });
});

describe('what is saved', () => {
  it('is small while all is well, and nothing where nothing was ever heard', () => {
    const devices = Array.from({ length: 16 }, (_, n) => till(n + 1));
    const lab = new Lab(pack, storeOf(devices));
    expect(saveStore(lab.state, STORE)).toBeUndefined();
    for (const { name } of devices) lab.presence(name, 'birth');
    expect(saveStore(lab.state, STORE)?.length).toBeLessThan(16 * 40);
    expect(saveStore(lab.state, 'chain/none')).toBeUndefined();
  });

  it('ends with no-longer-watched what is no longer there', () => {
    const lab = lab2();
    lab.disk('till-1', 99);
    lab.presence('till-2', 'lost');
    lab.pass(5);
    const saved = lab.rows.get(STORE) ?? '';
    const without = new Lab(packOf(threshold({ forS: 0 })), storeOf([till(1)]));
    loadStore(without.state, STORE, saved);
    const { transitions } = without.send({ kind: 'started' });
    expect(transitions.map(({ alert, from }) => `${alert.key} ${from} > ${alert.state} ${alert.reason.code}`)).toEqual([
      'chain/lyon/till-2#silent# firing > resolved no-longer-watched',
    ]);
    expect([...openIncidents(without.state)].map(({ alerts }) => alerts.map(({ state }) => state))).toEqual([
      ['firing'],
      ['resolved'],
    ]);
    without.disk('till-1', 99);
    without.pass(60);
    expect([...openIncidents(without.state)].map(({ cause }) => cause.target)).toEqual([keyOf('till-1')]);
  });

  it('of a store that is gone ends at the start, and its row with it', () => {
    const lab = lab2();
    lab.disk('till-1', 99);
    const fresh = new Lab(pack);
    loadStore(fresh.state, STORE, lab.rows.get(STORE) ?? '');
    const { transitions, effects } = fresh.send({ kind: 'started' });
    expect(transitions.map(({ alert }) => alert.reason.code)).toEqual(['no-longer-watched']);
    expect(effects).toMatchObject([
      { kind: 'incident', desk: 'resolve', incident: { state: 'resolved' } },
      { kind: 'save', store: STORE },
      { kind: 'show' },
    ]);
    expect(saveStore(fresh.state, STORE)).toBeUndefined();
    expect(fresh.send({ kind: 'started' }).effects).toEqual([]);
  });

  it.each(['', '{', '{"v":2}'])('is refused with the store named when it is %j', (text) => {
    const lab = lab2();
    expect(() => loadStore(lab.state, STORE, text)).toThrow(/chain\/lyon/);
  });

  it('is not asked for when a store is first defined: its row may not have been loaded yet', () => {
    const { effects } = step(
      emptyState(pack),
      { kind: 'inventory', store: STORE, simulated: false, definition: storeOf([till(1)]) },
      0,
    );
    expect(effects).toEqual([{ kind: 'show', store: STORE }]);
  });
});

describe('the tile', () => {
  it('names the most urgent incident', () => {
    const lab = new Lab(pack, storeOf([till(1), till(2), { name: 'printer', kind: 'printer' }]));
    for (const name of ['till-1', 'till-2', 'printer']) lab.presence(name, 'birth', 600);
    lab.presence('printer', 'lost');
    lab.pass(30);
    lab.presence('till-1', 'lost');
    lab.pass(30);
    expect(tileOf(lab.state, STORE, lab.now)?.incidentKey).toContain('till-1');
  });

  it('keeps since when it took its state, whatever else changes', () => {
    const lab = new Lab(pack, storeOf([till(1), till(2), till(3)]));
    for (const name of ['till-1', 'till-2', 'till-3']) lab.presence(name, 'birth', 600);
    lab.pass(10);
    lab.presence('till-1', 'lost');
    const { since } = tileOf(lab.state, STORE, lab.now)?.tile ?? {};
    lab.pass(10);
    lab.presence('till-2', 'lost');
    expect(tileOf(lab.state, STORE, lab.now)?.tile).toMatchObject({ state: 'degraded', since, pips: 'ddu' });
  });

  it.each([
    ['a lane sells while one of its tills does', [till(1), till(1, { name: 'spare' })], 'u', 1],
    [
      'a terminal on a lane with a till does not sell',
      [till(1), { name: 'spare', kind: 'payment-terminal', lane: 1 } as const],
      'd',
      0,
    ],
  ])('%s', (_, devices, pips, lanesUp) => {
    const lab = new Lab(pack, storeOf(devices));
    for (const { name } of devices) lab.presence(name, 'birth');
    lab.presence('till-1', 'lost');
    expect(tileOf(lab.state, STORE, lab.now)?.tile).toMatchObject({ pips, lanesUp });
  });

  it('marks what is simulated', () => {
    const lab = new Lab(pack);
    lab.send({ kind: 'inventory', store: STORE, simulated: true, definition: storeOf([till(1)]) });
    expect(tileOf(lab.state, STORE, lab.now)?.tile.simulated).toBe(true);
  });
});
