import { describe, expect, it } from 'vitest';
import { openIncidents } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT, type Judgement } from '../../../alerting/engine/judgement.ts';
import { lossAt } from '../../../protocol/counting.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';
import { Lab, packOf, silence, storeOf, threshold, till } from './lab.ts';

const tills = [till(1), till(2), till(3), till(4)];
const server: Device = { name: 'srv', kind: 'server' };

function labOf(judgement: Partial<Judgement>, over: Partial<Store> = {}, devices: Device[] = [server, ...tills]): Lab {
  const pack = { ...packOf(silence(), threshold({ forS: 0 })), judgement: { ...DEFAULT_JUDGEMENT, ...judgement } };
  const lab = new Lab(pack, storeOf(devices, over));
  for (const { name } of devices) lab.presence(name, 'birth', 86_400);
  return lab;
}

const lose = (lab: Lab, ...names: string[]) => {
  for (const name of names) {
    lab.presence(name, 'lost');
    lab.pass(60);
  }
};
const incidentOf = (lab: Lab, device: string) =>
  [...openIncidents(lab.state)].find(({ cause }) => cause.target === `chain/lyon/${device}`);
const impactOf = (lab: Lab, device: string) => incidentOf(lab, device)?.impact;

describe('impact', () => {
  it('without anything written is high once no lane is left, medium for a lane', () => {
    const lab = labOf({});
    lose(lab, 'till-1');
    expect(impactOf(lab, 'till-1')).toBe(2);
    lose(lab, 'till-2', 'till-3', 'till-4');
    expect(impactOf(lab, 'till-4')).toBe(1);
  });

  it('goes by the share of lanes that is written', () => {
    const impact = { ...DEFAULT_JUDGEMENT.impact, highShare: 0.5, mediumShare: 0.3 };
    const lab = labOf({ impact });
    lose(lab, 'till-1');
    expect(impactOf(lab, 'till-1')).toBe(3);
    lose(lab, 'till-2');
    expect(impactOf(lab, 'till-2')).toBe(1);
    // What all lanes depend on touches all of them, though none is lost.
    lose(lab, 'srv');
    expect(impactOf(lab, 'srv')).toBe(2);
  });

  it.each([
    ['A', 1],
    ['C', 3],
    ['unheard of', 2],
    [undefined, 2],
  ])('counts more or less in a store of class %s', (name, expected) => {
    const impact = { highShare: 0.5, mediumShare: 0.2, classAttribute: 'size', weights: { A: 2, C: 0.5 } };
    const lab = labOf({ impact }, name === undefined ? {} : { attributes: { size: name } });
    lose(lab, 'till-1');
    expect(impactOf(lab, 'till-1')).toBe(expected);
  });

  it('makes the priority by the matrix that is written', () => {
    const matrix = { ...DEFAULT_JUDGEMENT.matrix, 2: { 1: 1, 2: 1, 3: 1 } } as const;
    const lab = labOf({ matrix });
    lab.disk('till-1', 95);
    expect(incidentOf(lab, 'till-1')).toMatchObject({ impact: 2, urgency: 2, priority: 1 });
  });
});

describe('what an incident costs', () => {
  const sales = [
    { attributes: { 'store.class': ['A'] }, perLaneMinute: 6, currency: 'EUR' },
    { perLaneMinute: 2, currency: 'EUR' },
  ];

  it('is counted for each lane once, and not before it is lost nor after it is back', () => {
    const lab = labOf({ sales });
    lab.presence('till-1', 'lost');
    lab.pass(5 + 600);
    lab.presence('till-2', 'lost');
    lab.pass(5 + 600);
    lab.presence('till-1', 'online', 86_400);
    const one = incidentOf(lab, 'till-1')?.loss;
    expect(one).toMatchObject({ laneMs: 1_205_000, lanes: 0, money: { currency: 'EUR' } });
    expect(one?.money?.lost).toBeCloseTo((1205 / 60) * 2);
    lab.pass(20);
    const other = incidentOf(lab, 'till-2')?.loss;
    expect(other && lossAt(other, lab.now).laneMs).toBe(620_000);
  });

  it('is another amount in a store of another class, and none where it is not known', () => {
    const rich = labOf({ sales }, { attributes: { class: 'A' } });
    lose(rich, 'till-1');
    expect(incidentOf(rich, 'till-1')?.loss?.money?.perLaneMinute).toBe(6);
    const unknown = labOf({});
    lose(unknown, 'till-1');
    expect(incidentOf(unknown, 'till-1')?.loss).toMatchObject({ lanes: 1 });
    expect(incidentOf(unknown, 'till-1')?.loss).not.toHaveProperty('money');
  });

  it('counts lanes nothing is known of apart: the store may be selling', () => {
    const lab = labOf({ sales }, {}, [till(1), till(2)]);
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'lost');
    lab.pass(65);
    const loss = [...openIncidents(lab.state)].find(({ cause }) => cause.kind === 'store')?.loss;
    expect(loss && lossAt(loss, lab.now)).toMatchObject({ laneMs: 0, lanes: 0, blindMs: 120_000, blind: 2 });
  });

  it('costs nothing where no lane is lost', () => {
    const lab = labOf({ sales });
    lab.disk('till-1', 95);
    lab.pass(600);
    expect(incidentOf(lab, 'till-1')).not.toHaveProperty('loss');
  });

  it('ends with the incident, and stays told', () => {
    const lab = labOf({ sales });
    lab.presence('till-1', 'lost');
    lab.pass(605);
    lab.presence('till-1', 'online', 86_400);
    lab.pass(600);
    const last = lab.effects.findLast((effect) => effect.kind === 'incident')?.incident;
    expect(last).toMatchObject({ state: 'resolved', loss: { laneMs: 600_000, lanes: 0 } });
  });
});
