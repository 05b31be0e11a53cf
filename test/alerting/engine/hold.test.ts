import { describe, expect, it } from 'vitest';
import { openIncidents } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { RulePack } from '../../../alerting/engine/types.ts';
import { Lab, packOf, silence, storeOf, threshold, till } from './lab.ts';

const pack: RulePack = {
  ...packOf(silence(), threshold({ severity: 'warning', forS: 0 })),
  judgement: {
    ...DEFAULT_JUDGEMENT,
    contracts: [
      { targetsS: { respond: { 2: 600, 4: 600 }, restore: { 2: 3600, 4: 3600 } }, escalateAt: [50, 75, 100] },
    ],
  },
};
const server = { name: 'server', kind: 'server' } as const;

function labWithIncident() {
  const lab = new Lab(pack, storeOf([server, till(1), till(2)]));
  for (const name of ['server', 'till-1', 'till-2']) lab.presence(name, 'birth', 100_000);
  lab.presence('till-1', 'lost', 100_000);
  lab.pass(10);
  const incident = first(lab).key;
  return { lab, incident };
}

const first = (lab: Lab) => {
  const [one] = [...openIncidents(lab.state)];
  if (!one) throw new Error('no incident');
  return one;
};

describe('an incident on hold', () => {
  it('tells who, why and until when by the store’s own time, and has been taken on', () => {
    const { lab, incident } = labWithIncident();
    const until = lab.now + 3_600_000;
    const { effects } = lab.send({ kind: 'hold', incident, by: 'Inès', why: 'pièce', until });
    expect(first(lab)).toMatchObject({
      ...{ state: 'on-hold', acknowledgedBy: 'Inès', acknowledgedAt: lab.now },
      hold: { by: 'Inès', why: 'pièce', until, since: lab.now },
    });
    const told = effects.find((effect) => effect.kind === 'incident');
    expect(told).toMatchObject({
      desk: 'update',
      entries: [
        { reason: { code: 'incident.on-hold', params: { by: 'Inès', why: 'pièce', until: '2025-03-10T11:00' } } },
      ],
    });
  });

  it('keeps who took it on before', () => {
    const { lab, incident } = labWithIncident();
    lab.send({ kind: 'acknowledge', incident, by: 'Paul' });
    lab.send({ kind: 'hold', incident, by: 'Inès', why: 'pièce' });
    expect(first(lab)).toMatchObject({ state: 'on-hold', acknowledgedBy: 'Paul' });
    lab.send({ kind: 'acknowledge', incident, by: 'Zoé' });
    expect(first(lab)).toMatchObject({ state: 'on-hold', acknowledgedBy: 'Paul' });
  });

  it('until a time that has passed is none, and neither is one of an incident that is not open', () => {
    const { lab, incident } = labWithIncident();
    const nothing = { transitions: [], effects: [] };
    expect(lab.send({ kind: 'hold', incident, by: 'Inès', why: 'x', until: lab.now })).toEqual(nothing);
    expect(lab.send({ kind: 'hold', incident: 'none', by: 'Inès', why: 'x' })).toEqual(nothing);
    expect(lab.send({ kind: 'resume', incident, by: 'Inès' })).toEqual(nothing);
    expect(first(lab).state).toBe('new');
  });

  it('ends at the time of day that was chosen, also when the clock is set', () => {
    const { lab, incident } = labWithIncident();
    lab.send({ kind: 'hold', incident, by: 'Inès', why: 'x', until: lab.now + 3_600_000 });
    lab.setClock(3_500);
    lab.pass(99);
    expect(first(lab).state).toBe('on-hold');
    lab.pass(1);
    expect(first(lab).state).toBe('acknowledged');
    expect(first(lab).hold).toBeUndefined();
  });

  it('may be given another reason and another time', () => {
    const { lab, incident } = labWithIncident();
    lab.send({ kind: 'hold', incident, by: 'Inès', why: 'x', until: lab.now + 60_000 });
    lab.send({ kind: 'hold', incident, by: 'Paul', why: 'y' });
    lab.pass(3600);
    expect(first(lab)).toMatchObject({ state: 'on-hold', hold: { by: 'Paul', why: 'y' } });
  });
});
