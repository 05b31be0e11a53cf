import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Told } from '../../../collector/topology/identities.ts';
import { type Branch, storeTree } from '../../../collector/topology/store-tree.ts';
import { DEVICE_KINDS, type Device } from '../../../protocol/inventory.ts';

const router: Device = { name: 'router', kind: 'router' };
const core: Device = { name: 'sw-core', kind: 'switch' };
const floor: Device = { name: 'sw-floor', kind: 'switch' };
const till: Device = { name: 'till-1', kind: 'till', title: 'Caisse 1' };
const printer: Device = { name: 'printer-1', kind: 'printer' };

const mac = (n: number) => `02:00:00:00:00:0${n}`;
const own = (n: number) => ({ [`own[${mac(n)}].interface`]: 'vlan1' });
const station = (n: number, port: string) => ({ [`station[${mac(n)}].port`]: port });
const tree = (devices: Device[], facts: Record<string, Record<string, string>>, ats: Record<string, number> = {}) =>
  storeTree(
    devices,
    new Map(Object.entries(facts).map(([name, told]): [string, Told] => [name, { at: ats[name] ?? 1, facts: told }])),
  );
const shapeOf = (branches: Map<string, Branch>) =>
  Object.fromEntries([...branches].map(([name, { parent, port, evidence }]) => [name, [parent, port, evidence]]));

describe('what devices announce', () => {
  test('switches hang on each other away from the router, by chassis, address or name, whoever tells it', () => {
    const found = tree([till, floor, core, router], {
      'sw-core': {
        ...own(2),
        'neighbour[Gi1].device': 'ROUTER.store.example',
        'neighbour[Gi24].chassis': '02-00-00-00-00-03',
        'neighbour[Gi24].port': 'Te1',
      },
      'sw-floor': {
        ...own(3),
        'address[10.0.0.3].interface': 'vlan1',
        'neighbour[Te1].chassis': mac(2),
        'neighbour[Te1].port': 'Gi24',
        'neighbour[Gi7].device': 'caisse 1',
      },
    });
    expect(shapeOf(found)).toEqual({
      'sw-core': ['router', undefined, 'lldp'],
      'sw-floor': ['sw-core', 'Gi24', 'lldp'],
      'till-1': ['sw-floor', 'Gi7', 'lldp'],
    });
    expect(found.get('till-1')?.basis).toEqual({ device: 'sw-floor', path: 'neighbour[Gi7].device' });
  });

  test('a ring ends in a tree, and a device that announces itself twice has one place', () => {
    const ring = tree([core, floor, router, till], {
      'sw-core': {
        'neighbour[1].device': 'router',
        'neighbour[2].device': 'sw-floor',
        'neighbour[3].device': 'till-1',
      },
      'sw-floor': {
        'neighbour[1].device': 'router',
        'neighbour[2].device': 'sw-core',
        'neighbour[3].device': 'till-1',
      },
    });
    expect(shapeOf(ring)).toEqual({
      'sw-core': ['router', undefined, 'lldp'],
      'sw-floor': ['router', undefined, 'lldp'],
      'till-1': ['sw-core', '3', 'lldp'],
    });
  });

  test('of two switches that claim a till, the one that told it last has it', () => {
    const facts = { 'sw-core': { 'neighbour[3].device': 'till-1' }, 'sw-floor': { 'neighbour[9].device': 'till-1' } };
    const links = {
      'sw-core': { ...facts['sw-core'], 'neighbour[1].device': 'router' },
      'sw-floor': { ...facts['sw-floor'], 'neighbour[1].device': 'router' },
    };
    expect(tree([router, core, floor, till], links, { 'sw-floor': 5 }).get('till-1')?.parent).toBe('sw-floor');
    expect(tree([router, core, floor, till], links, { 'sw-core': 5 }).get('till-1')?.parent).toBe('sw-core');
  });

  test('who two devices say they are is nobody, and what the inventory does not have is left out', () => {
    const twins = { 'sw-core': { 'neighbour[1].chassis': mac(1), 'neighbour[2].device': 'phone' } };
    expect(tree([core, till, printer], { ...twins, 'till-1': own(1), 'printer-1': own(1) }).size).toBe(0);
  });
});

describe('what address tables show', () => {
  test('a till is on the port of the nearest switch, also where no switch announces itself', () => {
    const found = tree([router, core, floor, till, printer], {
      router: own(1),
      'till-1': { 'network[eth0].mac': mac(4).toUpperCase(), 'network[eth0].addresses': '10.0.0.9' },
      'printer-1': own(5),
      'sw-core': { ...own(2), ...station(1, '1'), ...station(3, '24'), ...station(4, '24'), ...station(5, '7') },
      'sw-floor': { ...own(3), ...station(1, 'up'), ...station(2, 'up'), ...station(5, 'up'), ...station(4, '3') },
    });
    expect(shapeOf(found)).toEqual({
      'sw-core': ['router', undefined, 'bridge'],
      'sw-floor': ['sw-core', '24', 'bridge'],
      'till-1': ['sw-floor', '3', 'bridge'],
      'printer-1': ['sw-core', '7', 'bridge'],
    });
  });

  test('what is behind a port whose neighbour announces itself is behind the neighbour', () => {
    const found = tree([router, core, floor, till], {
      'till-1': own(4),
      'sw-core': { ...own(2), 'neighbour[24].chassis': mac(3), ...station(4, '24') },
      'sw-floor': { ...own(3), ...station(4, '3') },
    });
    expect(found.get('till-1')).toMatchObject({ parent: 'sw-floor', port: '3', evidence: 'bridge' });
  });

  test('what is seen behind two ports at once tells nothing', () => {
    const both = { ...own(2), ...station(4, '1'), ...station(5, '2') };
    expect(tree([core, till], { 'till-1': { ...own(4), ...own(5) }, 'sw-core': both }).size).toBe(0);
  });
});

test('the inventory’s word holds where nothing is seen, and only there', () => {
  const placed: Device = { ...till, attributes: { parent: 'sw-floor', parentPort: '12' } };
  expect(tree([router, floor, placed], {}).get('till-1')).toMatchObject({
    parent: 'sw-floor',
    port: '12',
    evidence: 'inventory',
  });
  const seen = { 'sw-core': { 'neighbour[1].device': 'router', 'neighbour[3].device': 'till-1' } };
  expect(tree([router, core, floor, placed], seen).get('till-1')?.parent).toBe('sw-core');
});

test('whatever is told makes a forest, the same in any order, and every branch names what it stands on', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const device = fc.record({
    kind: fc.constantFrom(...DEVICE_KINDS),
    parent: fc.option(fc.constantFrom(...names), { nil: undefined }),
  });
  const fact = fc.oneof(
    fc.tuple(fc.nat(4), fc.constantFrom(...names)).map(([p, who]) => [`neighbour[${p}].device`, who] as const),
    fc.tuple(fc.nat(4), fc.nat(5)).map(([p, n]) => [`neighbour[${p}].chassis`, mac(n)] as const),
    fc.tuple(fc.nat(4), fc.nat(5)).map(([p, n]) => [`station[${mac(n)}].port`, String(p)] as const),
    fc.nat(5).map((n) => [`own[${mac(n)}].interface`, 'x'] as const),
    fc.tuple(fc.string(), fc.string()).map(([item, value]) => [`station[${item}].port`, value] as const),
  );
  const told = fc.tuple(fc.nat(3), fc.array(fact, { maxLength: 12 }));
  fc.assert(
    fc.property(
      fc.tuple(device, device, device, device, device),
      fc.tuple(told, told, told, told, told),
      (devices, facts) => {
        const inventory = devices.map(
          ({ kind, parent }, i): Device => ({
            name: names[i] as string,
            kind,
            ...(parent !== undefined && { attributes: { parent } }),
          }),
        );
        const known = new Map(
          facts.map(([at, list], i): [string, Told] => [names[i] as string, { at, facts: Object.fromEntries(list) }]),
        );
        const found = storeTree(inventory, known);
        expect(storeTree([...inventory].reverse(), new Map([...known].reverse()))).toEqual(found);
        for (const [child, { parent, evidence, basis }] of found) {
          const way = new Set([child]);
          for (let above: string | undefined = parent; above !== undefined; above = found.get(above)?.parent) {
            expect(way.has(above)).toBe(false);
            way.add(above);
          }
          expect([child, parent]).toContain(basis.device);
          if (evidence === 'inventory') {
            expect(inventory.find(({ name }) => name === basis.device)?.attributes?.[basis.path]).toBe(parent);
          } else {
            expect(known.get(basis.device)?.facts[basis.path]).toBeDefined();
            expect(basis.path.startsWith(evidence === 'lldp' ? 'neighbour[' : 'station[')).toBe(true);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
