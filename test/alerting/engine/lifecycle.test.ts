import { describe, expect, it } from 'vitest';
import { loadStore, openIncidents } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { RulePack } from '../../../alerting/engine/types.ts';
import { Lab, packOf, STORE, silence, storeOf, threshold, till } from './lab.ts';

const pack: RulePack = {
  ...packOf(silence(), threshold({ severity: 'warning', forS: 0 })),
  reopenS: 900,
  judgement: {
    ...DEFAULT_JUDGEMENT,
    contracts: [
      { targetsS: { respond: { 2: 600, 4: 600 }, restore: { 2: 3600, 4: 3600 } }, escalateAt: [50, 75, 100] },
    ],
  },
};
const store = storeOf([{ name: 'server', kind: 'server' }, till(1), till(2), till(3)]);

function quietLab(): Lab {
  const lab = new Lab(pack, store);
  for (const name of ['server', 'till-1', 'till-2', 'till-3']) lab.presence(name, 'birth', 100_000);
  return lab;
}

/** A till is lost for some seconds, and its incident resolved. */
function fail(lab: Lab, seconds = 70): void {
  lab.presence('till-1', 'lost', 100_000);
  lab.pass(seconds);
  lab.presence('till-1', 'birth', 100_000);
  lab.pass(60);
}

const all = (lab: Lab) => [...openIncidents(lab.state)];
const first = (lab: Lab) => {
  const [one] = all(lab);
  if (!one) throw new Error('no incident');
  return one;
};
const told = (lab: Lab) => lab.effects.flatMap((effect) => (effect.kind === 'incident' ? [effect] : []));
const desks = (lab: Lab) => told(lab).flatMap(({ desk, incident }) => (desk ? [[desk, incident.key]] : []));
const codes = (lab: Lab) => told(lab).flatMap(({ entries }) => entries.map(({ reason }) => reason.code));

describe('what comes back', () => {
  it('soon is the same incident, its clocks without the time between, and nobody’s', () => {
    const lab = quietLab();
    lab.presence('till-1', 'lost', 100_000);
    lab.pass(10);
    const { key } = first(lab);
    lab.send({ kind: 'acknowledge', incident: key, by: 'Inès' });
    lab.send({ kind: 'assign', incident: key, by: 'Inès', owner: 'Paul' });
    lab.pass(60);
    lab.presence('till-1', 'birth', 100_000);
    lab.pass(60);
    expect(all(lab)).toEqual([]);
    const resolved = told(lab).at(-1)?.incident;
    const burnt = resolved?.clocks?.restore.burntMs ?? 0;
    expect(burnt).toBeGreaterThan(0);
    lab.pass(300);
    lab.presence('till-1', 'lost', 100_000);
    lab.pass(5);
    const again = first(lab);
    expect(again).toMatchObject({ key, state: 'new', owner: 'Paul', openedAt: resolved?.openedAt });
    expect(again).not.toHaveProperty('resolvedAt');
    expect(again).not.toHaveProperty('acknowledgedBy');
    expect(again.clocks?.restore.burntMs).toBe(burnt);
    expect(again.clocks?.restore).not.toHaveProperty('stoppedAt');
    expect(again.clocks?.respond).not.toHaveProperty('stoppedAt');
    expect(desks(lab).filter(([desk]) => desk !== 'update')).toEqual([
      ['open', key],
      ['resolve', key],
      ['reopen', key],
    ]);
    lab.pass(60);
    lab.send({ kind: 'comment', incident: key, by: 'x', text: 'y' });
    lab.presence('till-1', 'birth', 100_000);
    lab.pass(60);
    expect(told(lab).at(-1)?.incident.clocks?.restore.burntMs).toBeGreaterThan(burnt);
  });

  it('later is another one, and the first is closed by then', () => {
    const lab = quietLab();
    fail(lab);
    const key = told(lab)[0]?.incident.key;
    lab.pass(899);
    expect(codes(lab)).toContain('incident.closed');
    expect(told(lab).at(-1)?.incident).toMatchObject({ key, state: 'closed' });
    fail(lab);
    expect(desks(lab).filter(([desk]) => desk === 'open')).toHaveLength(2);
    expect(codes(lab)).not.toContain('incident.reopened');
  });

  it('is known after a restart, and by a clock that was set meanwhile', () => {
    for (const step of [0, 7200, -7200, 86_400 * 30]) {
      const lab = quietLab();
      fail(lab);
      const key = told(lab)[0]?.incident.key;
      if (step !== 0) lab.setClock(step);
      const other = new Lab(pack, store);
      other.now = lab.now;
      const row = lab.rows.get(STORE);
      if (row === undefined) throw new Error('nothing kept');
      loadStore(other.state, STORE, row);
      other.send({ kind: 'started' });
      for (const name of ['server', 'till-1', 'till-2', 'till-3']) other.presence(name, 'birth', 100_000);
      other.pass(300);
      expect(codes(other)).not.toContain('incident.closed');
      other.presence('till-1', 'lost', 100_000);
      other.pass(10);
      expect(first(other).key).toBe(key);
      expect(codes(other)).toContain('incident.reopened');
    }
  });

  it('is opened again by people in that time, and stays for as long; not after it', () => {
    const lab = quietLab();
    fail(lab);
    const key = told(lab)[0]?.incident.key ?? '';
    lab.send({ kind: 'reopen', incident: key, by: 'Inès', why: 'toujours lente' });
    expect(first(lab)).toMatchObject({ key, state: 'new' });
    lab.pass(600);
    expect(all(lab)).toHaveLength(1);
    lab.pass(400);
    expect(all(lab)).toEqual([]);
    lab.pass(1000);
    expect(lab.send({ kind: 'reopen', incident: key, by: 'Inès' }).effects).toEqual([]);
  });
});

describe('taking on', () => {
  it('is begun, which acknowledges, and goes on after a hold', () => {
    const lab = quietLab();
    lab.presence('till-1', 'lost', 100_000);
    lab.pass(10);
    const incident = first(lab).key;
    lab.send({ kind: 'start', incident, by: 'Inès' });
    expect(first(lab)).toMatchObject({ state: 'in-progress', acknowledgedBy: 'Inès' });
    expect(first(lab).clocks?.respond.stoppedAt).toBe(lab.now);
    expect(lab.send({ kind: 'start', incident, by: 'Paul' }).effects).toEqual([]);
    lab.send({ kind: 'hold', incident, by: 'Paul', why: 'pièce' });
    lab.send({ kind: 'hold', incident, by: 'Paul', why: 'autre pièce' });
    lab.send({ kind: 'resume', incident, by: 'Paul' });
    expect(first(lab)).toMatchObject({ state: 'in-progress', acknowledgedBy: 'Inès' });
  });

  it('has an owner and a level; said twice, it is said once', () => {
    const lab = quietLab();
    lab.presence('till-1', 'lost', 100_000);
    lab.pass(10);
    const incident = first(lab).key;
    lab.send({ kind: 'assign', incident, by: 'Inès', owner: 'Réseau', level: 2 });
    expect(first(lab)).toMatchObject({ owner: 'Réseau', level: 2, state: 'new' });
    expect(lab.send({ kind: 'assign', incident, by: 'Inès', owner: 'Réseau' }).effects).toEqual([]);
    lab.send({ kind: 'assign', incident, by: 'Inès', level: 1 });
    expect(first(lab)).not.toHaveProperty('owner');
    expect(first(lab)).not.toHaveProperty('level');
  });
});

describe('regrouping', () => {
  function twoIncidents() {
    const lab = quietLab();
    lab.disk('till-1', 99);
    lab.disk('till-2', 99);
    lab.pass(5);
    const [one, two] = all(lab);
    if (!one || !two) throw new Error('two incidents were to open');
    return { lab, one: one.key, two: two.key };
  }

  it('makes one of two: the alerts move, and the other does not come back by itself', () => {
    const { lab, one, two } = twoIncidents();
    lab.send({ kind: 'merge', incident: two, into: one, by: 'Inès' });
    expect(all(lab)).toMatchObject([{ key: one, alerts: [{ state: 'firing' }, { state: 'firing' }] }]);
    expect(desks(lab).slice(-2).sort()).toEqual(
      [
        ['resolve', two],
        ['update', one],
      ].sort(),
    );
    expect(told(lab).findLast(({ incident }) => incident.key === two)?.incident.mergedInto).toBe(one);
    lab.send({ kind: 'reopen', incident: two, by: 'Inès' });
    lab.disk('till-2', 10);
    lab.pass(20);
    lab.disk('till-2', 99);
    lab.pass(5);
    expect(all(lab).map(({ key }) => key)).toEqual([one]);
  });

  it('is refused with itself and with what is not open', () => {
    const { lab, one } = twoIncidents();
    for (const into of [one, 'chain/other#x#y#1'])
      expect(lab.send({ kind: 'merge', incident: one, into, by: 'Inès' }).effects).toEqual([]);
  });

  it('makes two of one, which stay apart, also after a restart, and each resolves for itself', () => {
    const { lab, one, two } = twoIncidents();
    lab.send({ kind: 'merge', incident: two, into: one, by: 'Inès' });
    const [kept, taken] = first(lab).alerts;
    if (!kept || !taken) throw new Error('two alerts were to stand');
    const split = (alerts: string[]) => lab.send({ kind: 'split', incident: one, alerts, by: 'Paul' });
    for (const none of [[], [kept.key, taken.key], ['no such alert'], [taken.key, 'no such alert']])
      expect(split(none).effects).toEqual([]);
    split([taken.key]);
    const apart = all(lab).map(({ alerts }) => alerts.map(({ key }) => key));
    expect(apart).toEqual([[kept.key], [taken.key]]);
    expect(
      new Set(
        desks(lab)
          .slice(-2)
          .map(([desk]) => desk),
      ),
    ).toEqual(new Set(['open', 'update']));
    const other = new Lab(pack, store);
    other.now = lab.now;
    loadStore(other.state, STORE, lab.rows.get(STORE) ?? '');
    other.send({ kind: 'started' });
    for (const name of ['server', 'till-1', 'till-2', 'till-3']) other.presence(name, 'birth', 100_000);
    other.disk('till-1', 99);
    other.disk('till-2', 99);
    other.pass(100);
    expect(all(other).map(({ alerts }) => alerts.map(({ key }) => key))).toEqual(apart);
    other.disk('till-2', 10);
    other.pass(10);
    other.disk('till-2', 10);
    other.pass(60);
    expect(all(other).map(({ key }) => key)).toEqual([one]);
  });

  it('leaves alone what was split off when the rest turns out to be the store’s', () => {
    const { lab, one, two } = twoIncidents();
    lab.send({ kind: 'merge', incident: two, into: one, by: 'Inès' });
    const taken = first(lab).alerts[1]?.key ?? '';
    lab.send({ kind: 'split', incident: one, alerts: [taken], by: 'Paul' });
    const [, apart] = all(lab);
    for (const name of ['server', 'till-1', 'till-2', 'till-3']) lab.presence(name, 'lost', 100_000);
    lab.pass(120);
    expect(
      all(lab)
        .find(({ key }) => key === apart?.key)
        ?.alerts.map(({ key }) => key),
    ).toEqual([taken]);
  });
});
