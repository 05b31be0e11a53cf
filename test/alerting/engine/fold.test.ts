import { describe, expect, it } from 'vitest';
import { openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import type { Device, DeviceKind } from '../../../protocol/inventory.ts';
import { keyOf, Lab, packOf, STORE, silence, status, storeOf, till } from './lab.ts';

const pack = packOf(silence(), status({ forS: 0, clearForS: 0 }));
const LONG_S = 3_600;

const behind = (name: string, kind: DeviceKind, attributes?: Record<string, string>): Device => ({
  name,
  kind,
  gateway: 'gw',
  ...(attributes && { attributes }),
});
const gateway: Device = { name: 'gw', kind: 'gateway' };

function labOf(...devices: Device[]): Lab {
  const lab = new Lab(pack, storeOf([gateway, ...devices]));
  for (const { name, gateway: by } of [gateway, ...devices]) lab.presence(name, by ? 'online' : 'birth', LONG_S);
  return lab;
}

const lose = (lab: Lab, ...names: string[]) => {
  for (const name of names) lab.presence(name, 'unreachable', LONG_S);
};
const causes = (lab: Lab) =>
  [...openIncidents(lab.state)].map(({ cause, fold }) => `${cause.target.slice(STORE.length + 1)} ${fold.code}`);
const conditions = (lab: Lab) => tileOf(lab.state, STORE, lab.now)?.tile.conditions;
const upsd = (lab: Lab, ...said: [name: string, isOn: boolean][]) =>
  lab.report(
    'gw',
    said.map(([ups_name, isOn]) => ({ m: 'upsd', t: { ups_name }, f: { status_flags: isOn ? 16 : 8 } })),
  );

describe('a store nothing is heard from', () => {
  const causeAfter = (...evidence: ('stopped' | 'unreachable')[]) => {
    const lab = labOf(till(1, { gateway: 'gw' }), till(2, { gateway: 'gw' }), behind('switch', 'switch'));
    for (const [i, said] of evidence.entries()) lab.presence(`till-${i + 1}`, said, LONG_S);
    lab.pass(1);
    lab.presence('gw', 'lost', LONG_S);
    lab.pass(10);
    return [...openIncidents(lab.state)].map(({ cause }) => cause.reason.code);
  };

  it('is cut off, unless most of it had begun to fail before', () => {
    expect(causeAfter()).toEqual(['store.cut-off']);
    expect(causeAfter('unreachable', 'unreachable')).toEqual(['store.silent']);
  });

  it('is cut off in the evening too, when its tills have been switched off', () => {
    expect(causeAfter('stopped', 'stopped')).toEqual(['store.cut-off']);
  });
});

describe('what hangs on a lost device', () => {
  it('is beneath it with what another says of it, and alone while it speaks', () => {
    const lab = labOf(till(1, { gateway: 'gw' }), behind('printer', 'printer', { parent: 'till-1' }));
    lose(lab, 'till-1');
    lab.pass(10);
    const says = {
      at: lab.now,
      late: false,
      points: [],
      statuses: [{ check: 'printer', status: 'critical' as const }],
    };
    lab.send({ kind: 'report', device: keyOf('printer'), isHearsay: true, ...says });
    expect(causes(lab)).toEqual(['till-1 fold.parent']);
    lab.pass(20);
    lab.report('printer', [], [{ check: 'cover', status: 'critical' }]);
    expect(causes(lab)).toEqual(['till-1 fold.parent', 'printer fold.alone']);
  });

  it('was not carried by it when it is heard after it was lost', () => {
    const lab = labOf(behind('switch', 'switch'), till(1, { gateway: 'gw' }));
    lose(lab, 'switch');
    lab.pass(60);
    lab.report('till-1');
    lab.pass(1);
    lose(lab, 'till-1');
    lab.pass(30);
    expect(causes(lab)).toEqual(['switch fold.alone', 'till-1 fold.alone']);
  });

  it('leaves those it fell together with when its parent is seen to have failed', () => {
    const on = (parent: string) => ({ gateway: 'gw', attributes: { parent } });
    const lab = labOf(
      behind('switch-1', 'switch'),
      behind('switch-2', 'switch'),
      till(1, on('switch-1')),
      till(2, on('switch-2')),
      till(3, on('switch-2')),
    );
    lose(lab, 'till-1', 'till-2', 'till-3');
    lab.pass(20);
    expect(causes(lab)).toEqual([' fold.fell-together']);
    const [first] = [...openIncidents(lab.state)];
    lose(lab, 'switch-2');
    lab.pass(16);
    expect(causes(lab)).toEqual(['till-1 fold.alone', 'switch-2 fold.switch']);
    expect([...openIncidents(lab.state)][0]?.key).toBe(first?.key);
    expect([...openIncidents(lab.state)][1]?.alerts).toHaveLength(3);
  });

  it('shares the cause of the store when all of it falls silent after an unwatched switch', () => {
    const on = { gateway: 'gw', attributes: { parent: 'switch' } };
    const switches = ['switch', 'other'].map((name): Device => ({ name, kind: 'switch' }));
    const lab = new Lab(pack, storeOf([gateway, ...switches, till(1, on), till(2, on), till(3)]));
    for (const name of ['gw', 'till-1', 'till-2', 'till-3']) lab.presence(name, 'online', LONG_S);
    lose(lab, 'till-1', 'till-2');
    lab.pass(16);
    expect(causes(lab)).toEqual(['switch fold.behind']);
    for (const name of ['till-3', 'gw']) lab.presence(name, 'lost', LONG_S);
    lab.pass(16);
    expect(causes(lab)).toEqual(['switch fold.behind', ' fold.store-silent']);
    for (const name of ['gw', 'till-3', 'till-1', 'till-2']) lab.presence(name, 'online', LONG_S);
    lab.pass(120);
    lose(lab, 'till-1', 'till-2');
    lab.pass(15);
    expect(causes(lab)).toEqual(['switch fold.behind']);
    for (const name of ['till-3', 'gw']) lab.presence(name, 'lost', LONG_S);
    lab.pass(16);
    expect(causes(lab)).toEqual([' fold.store-silent']);
  });

  it('names its cause again when the tree is known later', () => {
    const lab = labOf(
      behind('a', 'switch'),
      behind('b', 'switch'),
      till(1, { gateway: 'gw' }),
      till(2, { gateway: 'gw' }),
    );
    lose(lab, 'b', 'till-1', 'till-2');
    lab.pass(20);
    expect(causes(lab)).toEqual([' fold.fell-together']);
    const parents = Object.fromEntries(['till-1', 'till-2'].map((name) => [name, { parent: 'b', evidence: 'lldp' }]));
    lab.send({ kind: 'topology', store: STORE, parents });
    expect(causes(lab)).toEqual(['b fold.switch']);
  });
});

describe('what a store has in reserve', () => {
  it('of two UPSes, one on its battery is enough, and only its own word ends it', () => {
    const lab = labOf(till(1));
    upsd(lab, ['a', false], ['b', true]);
    expect(conditions(lab)).toEqual(['on-battery']);
    upsd(lab, ['a', false]);
    expect(conditions(lab)).toEqual(['on-battery']);
    upsd(lab, ['a', false], ['b', false]);
    expect(conditions(lab)).toBeUndefined();
  });

  it('holds for a quarter of an hour without word, and is not moved by late data', () => {
    const lab = labOf(till(1));
    lab.report('gw', [{ m: 'wan_path', f: { on_backup: 1 } }], [], true);
    expect(conditions(lab)).toBeUndefined();
    lab.report('gw', [{ m: 'wan_path', f: { on_backup: 1 } }]);
    lab.report('gw', [{ m: 'wan_path', f: { on_backup: 0 } }], [], true);
    lab.pass(899);
    expect(conditions(lab)).toEqual(['on-backup']);
    lab.pass(1);
    expect(conditions(lab)).toBeUndefined();
  });

  it('has no part in what is seen to run, nor in what fell long before', () => {
    const lab = labOf(till(1, { gateway: 'gw' }), till(2, { gateway: 'gw' }), till(3, { gateway: 'gw' }));
    lose(lab, 'till-1');
    lab.pass(120);
    upsd(lab, ['a', true]);
    const seen = { link: 'closed', host: 'answers' } as const;
    lab.send({ kind: 'presence', device: keyOf('till-2'), at: lab.now, evidence: 'lost', seen, intervalS: LONG_S });
    lab.pass(20);
    expect(causes(lab)).toEqual(['till-1 fold.alone', 'till-2 fold.alone']);
    lose(lab, 'till-3');
    lab.pass(20);
    expect(causes(lab)).toEqual(['till-1 fold.alone', 'till-2 fold.alone', ' fold.power']);
  });
});
