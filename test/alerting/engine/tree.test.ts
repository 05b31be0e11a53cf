import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growTree, type ToldTree } from '../../../alerting/engine/tree.ts';
import type { Device, DeviceKind } from '../../../protocol/inventory.ts';

const device = (name: string, kind: DeviceKind, attributes?: Record<string, string>, lane?: number): Device => ({
  name,
  kind,
  ...(attributes && { attributes }),
  ...(lane !== undefined && { lane }),
});
const parentsOf = (devices: Device[], told: ToldTree = {}) =>
  Object.fromEntries([...growTree(devices, told)].map(([name, { parents }]) => [name, parents.join(' ')]));

describe('the tree of a store', () => {
  it('is how stores are built, where nobody says anything', () => {
    const store = [
      device('fw', 'firewall'),
      device('box', 'router'),
      device('sw', 'switch'),
      device('srv', 'server'),
      device('ap', 'access-point'),
      device('gw', 'gateway'),
      device('t1', 'till', {}, 1),
      device('p1', 'printer', {}, 1),
      device('p2', 'printer'),
    ];
    expect(parentsOf(store)).toEqual({
      fw: 'box',
      sw: 'fw',
      srv: 'sw',
      ap: 'sw',
      gw: 'sw',
      t1: 'sw',
      p1: 't1',
      p2: 'sw',
    });
  });

  it('guesses nothing where there are several', () => {
    const till = device('t1', 'till', {}, 1);
    expect(parentsOf([device('s1', 'switch'), device('s2', 'switch'), till])).toEqual({});
    expect(parentsOf([device('r1', 'router'), device('r2', 'router'), till])).toEqual({});
    expect(
      parentsOf([device('s1', 'switch'), till, device('t2', 'self-checkout', {}, 1), device('p', 'printer', {}, 1)]),
    ).toMatchObject({ p: 's1' });
  });

  it('takes main and backup as two ways out', () => {
    const links = [device('fibre', 'router', { wan: 'main' }), device('lte', 'router', { wan: 'backup' })];
    expect(parentsOf([...links, device('sw', 'switch')])).toEqual({ sw: 'fibre lte' });
  });

  it('takes what devices tell before what the inventory says, and both before the template', () => {
    const store = [
      device('s1', 'switch'),
      device('s2', 'switch'),
      device('s3', 'switch'),
      device('t1', 'till', { parent: 's2', parentPort: '7' }),
      device('t2', 'till', { parent: 's2' }),
      device('t3', 'till', { parent: 's1, s2' }),
    ];
    const told = Object.fromEntries(['t2', 't3'].map((name) => [name, { parent: 's3', port: '1', evidence: 'lldp' }]));
    expect(Object.fromEntries(growTree(store, told))).toEqual({
      t1: { parents: ['s2'], port: '7' },
      t2: { parents: ['s3'], port: '1' },
      t3: { parents: ['s1', 's2'] },
    });
  });

  it('leaves out who is not there, itself, and what would make a circle', () => {
    const store = [
      device('a', 'switch', { parent: 'b' }),
      device('b', 'switch', { parent: 'a' }),
      device('c', 'switch', { parent: 'c' }),
      device('d', 'switch', { parent: 'nobody' }),
    ];
    expect(parentsOf(store)).toEqual({ a: 'b' });
  });

  it('has no circle, whatever is said', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const said = fc.array(fc.array(fc.constantFrom(...names), { maxLength: 3 }), { minLength: 5, maxLength: 5 });
    const told = fc.dictionary(
      fc.constantFrom(...names),
      fc.record({ parent: fc.constantFrom(...names), evidence: fc.constant('lldp') }),
    );
    fc.assert(
      fc.property(
        said,
        told,
        fc.array(fc.constantFrom<DeviceKind>('switch', 'router', 'till'), { minLength: 5 }),
        (all, heard, kinds) => {
          const tree = growTree(
            names.map((name, at) => device(name, kinds[at] ?? 'till', { parent: (all[at] ?? []).join(',') })),
            heard,
          );
          const climb = (name: string, passed: string[]): void => {
            expect(passed).not.toContain(name);
            for (const parent of tree.get(name)?.parents ?? []) climb(parent, [...passed, name]);
          };
          for (const name of names) climb(name, []);
        },
      ),
    );
  });
});
