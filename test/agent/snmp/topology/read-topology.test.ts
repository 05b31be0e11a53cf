import { Check } from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import type { Interface } from '../../../../agent/snmp/reading.ts';
import { topologyOf } from '../../../../agent/snmp/topology/read-topology.ts';
import { Facts } from '../../../../protocol/facts.ts';
import { type Answers, snapshotOf } from '../read-snapshot.ts';

const LLDP = '1.0.8802.1.1.2.1.4.1.1';
const LOCAL = '1.0.8802.1.1.2.1.3.7.1';
const MANAGED = '1.0.8802.1.1.2.1.4.2.1.3';
const LLDP2 = '1.3.111.2.802.1.1.13.1.4.1.1';
const CDP = '1.3.6.1.4.1.9.9.23.1.2.1.1';
const BRIDGE_PORT = '1.3.6.1.2.1.17.1.4.1.2';
const FDB = '1.3.6.1.2.1.17.4.3.1';
const VLAN_FDB = '1.3.6.1.2.1.17.7.1.2.2.1';

const port = (index: number, name: string, more: Partial<Interface> = {}): Interface => ({
  index,
  name,
  status: 'up',
  isEnabled: true,
  type: 6,
  ...more,
});
const switchOf = (answers: Answers, interfaces: Interface[], kind?: 'switch' | 'router') =>
  topologyOf(snapshotOf(answers), { identity: kind ? { kind } : {}, interfaces });
/** One neighbour as a row of lldpRemTable. */
const lldp = (at: string, row: Record<number, number | string>): Answers =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [`${LLDP}.${column}.${at}`, value]));

describe('LLDP', () => {
  test('its own port numbers are told by what they are called, not taken for indexes', () => {
    const { lasting } = switchOf(
      {
        [`${LOCAL}.2.1`]: 5,
        [`${LOCAL}.3.1`]: 'Gi1/0/1',
        [`${LOCAL}.4.1`]: 'GigabitEthernet1/0/1',
        ...lldp('0.1.7', {
          4: 4,
          5: 'hex:02aabbccdd01',
          6: 5,
          7: 'Gi0/24',
          8: 'to the core',
          9: 'core-sw',
          11: 'hex:2800',
          12: 'hex:2000',
        }),
        [`${MANAGED}.0.1.7.1.4.10.1.0.2`]: 2,
        [`${MANAGED}.0.1.7.2.16.253.0.0.0.0.0.0.0.0.0.0.0.0.0.0.9`]: 2,
      },
      [port(1, 'Vlan1', { type: 53 }), port(10_101, 'Gi1/0/1')],
    );
    expect(lasting).toEqual({
      'neighbour[Gi1/0/1].device': 'core-sw',
      'neighbour[Gi1/0/1].port': 'Gi0/24',
      'neighbour[Gi1/0/1].chassis': '02:aa:bb:cc:dd:01',
      'neighbour[Gi1/0/1].address': '10.1.0.2',
      'neighbour[Gi1/0/1].kind': 'switch',
    });
  });

  test.each<[string, Answers, string]>([
    ['a MAC that one interface bears', { [`${LOCAL}.2.3`]: 3, [`${LOCAL}.3.3`]: 'hex:020000000009' }, 'ether9'],
    ['a number of its own that is an index', { [`${LOCAL}.2.3`]: 7, [`${LOCAL}.3.3`]: '9' }, 'ether9'],
    ['an alias', { [`${LOCAL}.2.3`]: 7, [`${LOCAL}.3.3`]: 'x', [`${LOCAL}.4.3`]: 'till 4' }, 'ether4'],
    ['ifDescr', { [`${LOCAL}.3.3`]: 'Ethernet Nine', '1.3.6.1.2.1.2.2.1.2.9': 'Ethernet Nine' }, 'ether9'],
    ['nothing but its number, an index', {}, 'ether3'],
    ['text nobody knows', { [`${LOCAL}.4.3`]: 'uplink [A]' }, 'ether3'],
  ])('the local port is known by %s', (_, answers, local) => {
    const { lasting } = switchOf({ ...answers, ...lldp('0.3.1', { 5: 'hex:02aabbccdd01', 9: 'n' }) }, [
      port(3, 'ether3'),
      port(4, 'ether4', { alias: 'till 4' }),
      port(9, 'ether9', { mac: '02:00:00:00:00:09' }),
    ]);
    expect(lasting[`neighbour[${local}].device`]).toBe('n');
  });

  test('a number that is no index of an Ethernet port is one of the bridge', () => {
    const { lasting } = switchOf({ ...lldp('0.3.1', { 5: 'x', 9: 'n' }), [`${BRIDGE_PORT}.3`]: 49 }, [
      port(3, 'vlan3', { type: 53 }),
      port(49, 'xe-0'),
    ]);
    expect(Object.keys(lasting)).toEqual(['neighbour[xe-0].device']);
  });

  test('the neighbour is called by its name, or by its chassis whatever that is', () => {
    const rows = {
      ...lldp('0.1.1', { 4: 4, 5: '38:D5:47:23:7D:1E', 9: '' }),
      ...lldp('0.2.1', { 4: 5, 5: 'hex:010a010009' }),
      ...lldp('0.3.1', { 4: 7, 5: 'cabinet 3', 9: 'not advertised' }),
    };
    const { lasting } = switchOf(rows, [port(1, 'p1'), port(2, 'p2'), port(3, 'p3')]);
    expect(lasting).toEqual({
      'neighbour[p1].device': '38:d5:47:23:7d:1e',
      'neighbour[p1].chassis': '38:d5:47:23:7d:1e',
      'neighbour[p2].device': '10.1.0.9',
      'neighbour[p2].address': '10.1.0.9',
      'neighbour[p3].device': 'cabinet 3',
    });
  });

  test.each([
    ['hex:2400', 'phone'],
    ['hex:3000', 'access-point'],
    ['hex:3800', 'router'],
    ['hex:2800', 'switch'],
    ['hex:0800', 'router'],
    ['hex:0100', 'station'],
    ['hex:0000', undefined],
    ['20 2', undefined],
  ])('capabilities %s are of a %s', (bits, kind) => {
    const { lasting } = switchOf(lldp('0.1.1', { 5: 'x', 9: 'n', 12: bits }), [port(1, 'p1')]);
    expect(lasting['neighbour[p1].kind']).toBe(kind);
  });

  test('of several on one port the one that carries most is told, whichever was heard last', () => {
    const phone = lldp('5.1.1', { 5: 'x', 9: 'phone-7', 12: 'hex:2400' });
    const till = lldp('9.1.2', { 5: 'y', 9: 'till-7', 12: 'hex:0100' });
    for (const rows of [
      { ...phone, ...till },
      { ...till, ...phone },
    ]) {
      expect(switchOf(rows, [port(1, 'p1')]).lasting['neighbour[p1].device']).toBe('phone-7');
    }
  });

  test('the newer MIB goes by the index', () => {
    const at = '0.7.1.4';
    const { lasting } = switchOf(
      {
        [`${LLDP2}.5.${at}`]: 4,
        [`${LLDP2}.6.${at}`]: 'hex:02aabbccdd02',
        [`${LLDP2}.7.${at}`]: 3,
        [`${LLDP2}.8.${at}`]: 'hex:02aabbccdd03',
        [`${LLDP2}.9.${at}`]: 'eth0',
        [`${LLDP2}.10.${at}`]: 'ap-2',
        [`${LLDP2}.13.${at}`]: 'hex:30',
        [`1.3.111.2.802.1.1.13.1.4.2.1.3.${at}.1.4.10.1.0.42`]: 2,
      },
      [port(7, 'ge-7')],
    );
    expect(lasting).toEqual({
      'neighbour[ge-7].device': 'ap-2',
      'neighbour[ge-7].port': 'eth0',
      'neighbour[ge-7].chassis': '02:aa:bb:cc:dd:02',
      'neighbour[ge-7].address': '10.1.0.42',
      'neighbour[ge-7].kind': 'access-point',
    });
  });
});

test('CDP speaks of the ports LLDP is silent on', () => {
  const cdp = (at: string, id: string, can: string): Answers => ({
    [`${CDP}.3.${at}`]: 1,
    [`${CDP}.4.${at}`]: 'hex:0a010007',
    [`${CDP}.6.${at}`]: id,
    [`${CDP}.7.${at}`]: 'GigabitEthernet0',
    [`${CDP}.9.${at}`]: can,
  });
  const { lasting } = switchOf(
    {
      ...lldp('0.1.1', { 5: 'x', 9: 'by-lldp' }),
      ...cdp('1.1', 'by-cdp', 'hex:00000029'),
      ...cdp('2.1', 'ap-11', 'hex:00000026'),
      ...cdp('3.1', 'SEP0011', 'hex:00000490'),
    },
    [port(1, 'p1'), port(2, 'p2'), port(3, 'p3')],
  );
  expect(lasting).toMatchObject({
    'neighbour[p1].device': 'by-lldp',
    'neighbour[p2].device': 'ap-11',
    'neighbour[p2].port': 'GigabitEthernet0',
    'neighbour[p2].address': '10.1.0.7',
    'neighbour[p2].kind': 'access-point',
    'neighbour[p3].kind': 'phone',
  });
});

describe('forwarding tables', () => {
  const bridge = { [`${BRIDGE_PORT}.1`]: 101, [`${BRIDGE_PORT}.2`]: 102, [`${BRIDGE_PORT}.3`]: 103 };
  const ports = [port(101, 'p1'), port(102, 'p2'), port(103, 'p3', { mac: '02:00:00:00:00:33' })];

  test('stations of all VLANs are told by the port they were learned on', () => {
    const { stations } = switchOf(
      {
        ...bridge,
        [`${VLAN_FDB}.2.10.2.0.0.0.0.1`]: 1,
        [`${VLAN_FDB}.3.10.2.0.0.0.0.1`]: 3,
        [`${VLAN_FDB}.2.20.2.0.0.0.0.1`]: 1,
        [`${VLAN_FDB}.2.20.2.0.0.0.0.2`]: 2,
        // Its own, a multicast group, one entered by hand, ports that there are not.
        [`${VLAN_FDB}.2.20.2.0.0.0.0.51`]: 3,
        [`${VLAN_FDB}.2.20.1.0.94.0.0.5`]: 2,
        [`${VLAN_FDB}.2.20.2.0.0.0.0.4`]: 2,
        [`${VLAN_FDB}.3.20.2.0.0.0.0.4`]: 5,
        [`${VLAN_FDB}.2.20.2.0.0.0.0.5`]: 0,
        [`${VLAN_FDB}.2.20.2.0.0.0.0.6`]: 77,
        [`${FDB}.2.2.0.0.0.0.3`]: 3,
        [`${FDB}.3.2.0.0.0.0.3`]: 3,
      },
      ports,
    );
    expect(stations).toEqual({
      'station[02:00:00:00:00:01].port': 'p1',
      'station[02:00:00:00:00:02].port': 'p2',
      'station[02:00:00:00:00:03].port': 'p3',
    });
  });

  test('ports that lead to others tell none, bundles with them; behind a phone there is a till', () => {
    const rows = Object.fromEntries([
      [`${FDB}.2.2.0.0.0.0.1`, 1],
      [`${FDB}.2.2.0.0.0.0.2`, 2],
      [`${FDB}.2.2.0.0.0.0.3`, 3],
      ...Array.from({ length: 17 }, (_, i) => [`${FDB}.2.2.0.0.0.1.${i}`, 4]),
    ]);
    const { stations } = switchOf(
      {
        ...bridge,
        ...rows,
        [`${BRIDGE_PORT}.3`]: 500,
        [`${BRIDGE_PORT}.4`]: 104,
        '1.2.840.10006.300.43.1.2.1.1.13.103': 500,
        ...lldp('0.101.1', { 5: 'x', 9: 'core', 12: 'hex:20' }),
        ...lldp('0.102.1', { 5: 'x', 9: 'phone', 12: 'hex:24' }),
        ...lldp('0.103.1', { 5: 'x', 9: 'core', 12: 'hex:20' }),
      },
      [...ports, port(104, 'p4'), port(500, 'Po1')],
    );
    expect(stations).toEqual({ 'station[02:00:00:00:00:02].port': 'p2' });
  });

  test('300 at most', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 640 }, (_, i) => [`${FDB}.2.2.0.0.0.${i >> 8}.${i & 255}`, 1 + (i % 40)]),
    );
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${BRIDGE_PORT}.${i + 1}`, i + 1]));
    const { stations } = switchOf(
      { ...rows, ...many },
      Array.from({ length: 40 }, (_, i) => port(i + 1, `p${i + 1}`)),
    );
    expect(Object.keys(stations)).toHaveLength(300);
  });
});

describe('what is its own', () => {
  test('MACs with the first interface that bears them, and the chassis’; none that routers share', () => {
    const { lasting } = switchOf({ '1.3.6.1.2.1.17.1.1.0': 'hex:0200000000ff' }, [
      port(1, 'p1', { mac: '02:00:00:00:00:01' }),
      port(2, 'p2', { mac: '02:00:00:00:00:01' }),
      port(3, 'vrrp', { mac: '00:00:5e:00:01:07' }),
      port(4, 'lo', { mac: '00:00:00:00:00:00' }),
    ]);
    expect(lasting).toEqual({
      'own[02:00:00:00:00:01].interface': 'p1',
      'own[02:00:00:00:00:ff].interface': 'chassis',
    });
  });

  test('addresses of both tables, not those that mean nothing to others', () => {
    const { lasting } = switchOf(
      {
        '1.3.6.1.2.1.4.20.1.2.10.1.0.1': 1,
        '1.3.6.1.2.1.4.20.1.2.127.0.0.1': 9,
        '1.3.6.1.2.1.4.34.1.3.1.4.10.1.0.1': 1,
        '1.3.6.1.2.1.4.34.1.3.1.4.10.2.0.1': 2,
        '1.3.6.1.2.1.4.34.1.3.2.16.253.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1': 2,
        '1.3.6.1.2.1.4.34.1.3.2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1': 2,
      },
      [port(1, 'lan'), port(2, 'wan')],
    );
    expect(lasting).toEqual({
      'address[10.1.0.1].interface': 'lan',
      'address[10.2.0.1].interface': 'wan',
      'address[fd00::1].interface': 'wan',
    });
  });
});

describe('ARP', () => {
  const rows: Answers = {
    '1.3.6.1.2.1.4.22.1.2.1.10.1.0.20': 'hex:020000000020',
    '1.3.6.1.2.1.4.22.1.2.1.10.1.0.21': 'hex:020000000021',
    '1.3.6.1.2.1.4.22.1.4.1.10.1.0.21': 2,
    '1.3.6.1.2.1.4.22.1.2.1.192.0.2.9': 'hex:020000000022',
    '1.3.6.1.2.1.4.22.1.2.1.10.1.0.1': 'hex:020000000001',
    '1.3.6.1.2.1.4.35.1.4.1.1.4.172.16.0.3': 'hex:020000000023',
    '1.3.6.1.2.1.4.35.1.4.1.2.16.253.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1': 'hex:020000000024',
  };
  const lan = [port(1, 'lan', { mac: '02:00:00:00:00:01' })];

  test('of routers, the private addresses of others', () => {
    const told = { 'arp[10.1.0.20].mac': '02:00:00:00:00:20', 'arp[172.16.0.3].mac': '02:00:00:00:00:23' };
    expect(switchOf(rows, lan, 'router').arp).toEqual(told);
    expect(switchOf({ ...rows, '1.3.6.1.2.1.4.1.0': 1 }, lan).arp).toEqual(told);
  });

  test('of others nothing', () => expect(switchOf({ ...rows, '1.3.6.1.2.1.4.1.0': 2 }, lan).arp).toEqual({}));
});

test('what makes no sense says nothing, and what is told can be told', () => {
  const { lasting, stations, arp } = switchOf(
    {
      ...lldp('0', { 5: 'x' }),
      ...lldp('0.1', { 5: 4, 7: 5, 9: 6, 12: 7 }),
      ...lldp('0.2.1', { 4: 5, 5: 'hex:01', 6: 4, 7: 'hex:ff', 9: 'a\u0007\n[b]', 12: 'hex:' }),
      [`${LOCAL}.4.2`]: `x[${'y'.repeat(300)}]\n`,
      [`${MANAGED}.0.2.1.1`]: 2,
      [`${MANAGED}.0.2.1.1.9.1.2`]: 2,
      [`${CDP}.6.x.1`]: 'hex:00ff',
      [`${CDP}.4.5`]: 'odd',
      [`${FDB}.2.1.2`]: 1,
      [`${FDB}.2.2.0.0.0.0.300`]: 1,
      [`${BRIDGE_PORT}.1`]: 1,
      '1.3.6.1.2.1.4.22.1.2.1.10.1.0.999': 'hex:020000000099',
      [`${VLAN_FDB}.2`]: 'what',
      [`${BRIDGE_PORT}.2`]: 'one',
      '1.3.6.1.2.1.4.20.1.2.10.1': 1,
      '1.3.6.1.2.1.4.34.1.3.1.4.10.1': 1,
      '1.3.6.1.2.1.4.22.1.2.1.10.1.0.20': 'hex:0200',
      '1.3.6.1.2.1.4.35.1.4.1.4.8.1': 'hex:020000000023',
      '1.3.6.1.2.1.17.1.1.0': 'hex:ffffffffffff',
    },
    [port(1, 'p1')],
    'router',
  );
  expect(stations).toEqual({});
  expect(arp).toEqual({});
  expect(Check(Facts, { v: 1, boot: 'abcdefgh', seq: 1, at: 1, facts: lasting })).toBe(true);
  for (const value of Object.values(lasting)) expect(value).not.toMatch(/\p{Cc}/u);
  expect(Object.keys(lasting).some((path) => path.startsWith('neighbour[x '))).toBe(true);
});
