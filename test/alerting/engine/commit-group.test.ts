import { describe, expect, it } from 'vitest';
import { devicesOf, openIncidents } from '../../../alerting/engine/engine.ts';
import type { EngineEvent } from '../../../alerting/engine/types.ts';
import { keyOf, Lab, packOf, STORE, silence, status, storeOf, till } from './lab.ts';

const tills = [till(1), till(2), till(3), till(4)];
const pack = packOf(silence({ forS: 0 }), status({ forS: 0, clearForS: 0 }));

function labOf(): Lab {
  const lab = new Lab(pack, storeOf([{ name: 'gw', kind: 'gateway' }, ...tills, till(5, { gateway: 'gw' })]));
  for (const name of ['gw', 'till-1', 'till-2', 'till-3', 'till-4', 'till-5']) lab.presence(name, 'online');
  lab.pass(1);
  return lab;
}

const presence = (lab: Lab, name: string, evidence: 'lost' | 'online'): EngineEvent => ({
  ...{ kind: 'presence', device: keyOf(name), at: lab.now, evidence },
});
const targets = (lab: Lab) => [...openIncidents(lab.state)].map(({ cause }) => cause.target);

describe('what arrives in one commit', () => {
  it('is judged together: three unrelated tills that are lost make the same incidents in any order', () => {
    const orders = [
      ['till-1', 'till-2', 'till-3'],
      ['till-3', 'till-1', 'till-2'],
      ['till-2', 'till-3', 'till-1'],
    ];
    const told = orders.map((order) => {
      const lab = labOf();
      lab.sendAll(order.map((name) => presence(lab, name, 'lost')));
      lab.pass(20);
      return [
        targets(lab),
        lab.effects.filter((effect) => effect.kind === 'incident'),
        devicesOf(lab.state, STORE, lab.now),
      ];
    });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
    expect(told[0]?.[0]).toEqual([STORE]);
  });

  it('is heard in each agent’s own order: what came and went was there', () => {
    const lab = labOf();
    lab.sendAll([presence(lab, 'till-1', 'lost'), presence(lab, 'till-1', 'online')]);
    expect(lab.story()).toEqual(['ok > pending presence.lost', 'pending > firing presence.lost']);
    lab.pass(40);
    expect(targets(lab)).toEqual([]);
  });

  it('and what a gateway says of itself and of others comes in its order', () => {
    const lab = labOf();
    const report: EngineEvent = {
      ...{ kind: 'report', device: keyOf('till-5'), at: lab.now, late: false },
      ...{ points: [], statuses: [] },
    };
    lab.sendAll([presence(lab, 'gw', 'lost'), presence(lab, 'gw', 'online'), report]);
    expect(devicesOf(lab.state, STORE, lab.now).find(({ key }) => key === keyOf('till-5'))?.state).toBe('up');
  });

  it('is judged by what the inventory said before it, and no sooner by what it says after', () => {
    const lab = labOf();
    const definition = storeOf([{ name: 'gw', kind: 'gateway' }, ...tills.slice(1)]);
    lab.sendAll([
      presence(lab, 'till-1', 'lost'),
      { kind: 'inventory', store: STORE, simulated: false, definition },
      presence(lab, 'till-2', 'lost'),
    ]);
    expect(lab.transitions.map(({ alert, from }) => `${alert.device} ${from} > ${alert.state}`)).toEqual([
      `${keyOf('till-1')} ok > pending`,
      `${keyOf('till-1')} pending > firing`,
      `${keyOf('till-1')} firing > resolved`,
      `${keyOf('till-2')} ok > pending`,
      `${keyOf('till-2')} pending > firing`,
    ]);
  });
});
