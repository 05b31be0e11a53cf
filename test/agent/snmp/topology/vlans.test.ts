import { expect, test } from 'vitest';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { readTopology, type TopologySession } from '../../../../agent/snmp/topology/read-topology.ts';
import { inVlan, vlansOf } from '../../../../agent/snmp/topology/vlans.ts';
import type { SnmpValue } from '../../../../agent/snmp/value.ts';
import { snapshotOf } from '../read-snapshot.ts';

const VTP = '1.3.6.1.4.1.9.9.46.1.3.1.1';
const OF_PORT = '1.3.6.1.4.1.9.9.68.1.2.2.1.2';
const BRIDGE_PORT = '1.3.6.1.2.1.17.1.4.1.2';
const FDB = '1.3.6.1.2.1.17.4.3.1.2';
const KNOWN = {
  identity: {},
  interfaces: [1, 2, 3].map((index) => ({ index, name: `Gi0/${index}`, status: 'up' as const, isEnabled: true })),
};
const BOUNDS = { rowsPerColumn: 100, values: 1000, durationMs: 1000 };
const OWN: Secrets = { version: '2c', community: 'shop' };

const row = (oid: string, value: number): [string, SnmpValue] => [oid, { type: 'integer', value }];
const station = (last: number, port: number) => row(`${FDB}.2.0.0.0.0.${last}`, port);

/** A switch with a table for each VLAN: what it answers by community. */
function switchOf(tables: Record<string, [string, SnmpValue][] | SnmpFault>) {
  const asked: string[] = [];
  const state = { open: 0 };
  const sessionOf = (community: string): TopologySession & { close(): void } => ({
    get: async () => new Map(),
    async walk(columns) {
      asked.push(community);
      const told = tables[community];
      if (told === undefined) throw new SnmpFault('timeout', 'sw');
      if (told instanceof SnmpFault) throw told;
      return {
        values: new Map(told.filter(([oid]) => columns.some((column) => oid.startsWith(`${column}.`)))),
        faults: [],
      };
    },
    as(secrets) {
      state.open += 1;
      const other = secrets(OWN);
      return { ...sessionOf('community' in other ? other.community : ''), close: () => state.open-- } as never;
    },
    close() {},
  });
  return { session: sessionOf('shop'), asked, state };
}

const VLANS = [
  ...[10, 20, 1, 30, 40, 1002].map((vlan) => row(`${VTP}.2.1.${vlan}`, vlan === 30 ? 2 : 1)),
  row(`${VTP}.3.1.1002`, 2),
  row(`${OF_PORT}.1`, 20),
  row(`${OF_PORT}.2`, 20),
  row(`${OF_PORT}.3`, 10),
];

test('each VLAN is asked for its own table, the fullest first, and each numbers the ports anew', async () => {
  const { session, asked, state } = switchOf({
    shop: [...VLANS, row(`${BRIDGE_PORT}.1`, 1), station(1, 1)],
    'shop@10': [row(`${BRIDGE_PORT}.7`, 3), station(3, 7)],
    'shop@20': [row(`${BRIDGE_PORT}.1`, 2), station(2, 1)],
    'shop@40': [],
  });
  const { stations } = await readTopology(session, KNOWN, { bounds: BOUNDS, isPerVlan: true });
  expect(stations).toEqual({
    'station[02:00:00:00:00:01].port': 'Gi0/1',
    'station[02:00:00:00:00:02].port': 'Gi0/2',
    'station[02:00:00:00:00:03].port': 'Gi0/3',
  });
  expect(asked.filter((community) => community !== 'shop')).toEqual(['shop@20', 'shop@10', 'shop@40']);
  expect(state.open).toBe(0);
});

test('behind a port with many stations of several VLANs there is another switch', async () => {
  const stations = (from: number) => Array.from({ length: 10 }, (_, i) => station(from + i, 1));
  const { session } = switchOf({
    shop: VLANS,
    'shop@20': [row(`${BRIDGE_PORT}.1`, 2), ...stations(0)],
    'shop@10': [row(`${BRIDGE_PORT}.1`, 2), ...stations(100)],
    'shop@40': [],
  });
  expect((await readTopology(session, KNOWN, { bounds: BOUNDS, isPerVlan: true })).stations).toEqual({});
});

test('one that does not open ends it, and what was read stands', async () => {
  const { session, asked, state } = switchOf({
    shop: VLANS,
    'shop@20': [row(`${BRIDGE_PORT}.1`, 2), station(2, 1)],
  });
  const { stations } = await readTopology(session, KNOWN, { bounds: BOUNDS, isPerVlan: true });
  expect(Object.keys(stations)).toHaveLength(1);
  expect(asked.at(-1)).toBe('shop@10');
  expect(state.open).toBe(0);
});

test('a device whose profile does not say so is not asked', async () => {
  const { session, asked } = switchOf({ shop: VLANS });
  await readTopology(session, KNOWN, { bounds: BOUNDS });
  expect(new Set(asked)).toEqual(new Set(['shop']));
});

test('24 VLANs at most', () => {
  const rows = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${VTP}.2.1.${i + 2}`, 1]));
  expect(vlansOf(snapshotOf(rows))).toEqual(Array.from({ length: 24 }, (_, i) => i + 2));
});

test('version 3 has a context for each', () => {
  const own: Secrets = { version: 3, user: 'vigie', contextName: 'x' };
  expect(inVlan(20)(own)).toEqual({ version: 3, user: 'vigie', contextName: 'vlan-20' });
});
