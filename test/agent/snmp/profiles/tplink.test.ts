import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/tplink.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const TPLINK = '1.3.6.1.4.1.11863';

test('a JetStream switch, its optics and what it powers', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${TPLINK}.5.99`,
      [DESCR]: 'JetStream 24-Port Gigabit L2+ Managed Switch',
      [`${TPLINK}.6.1.1.5.0`]: 'TL-SG9999P 3.0',
      [`${TPLINK}.6.1.1.6.0`]: '3.0.1 Build 1',
      [`${TPLINK}.6.1.1.8.0`]: '99',
      [`${TPLINK}.6.4.1.1.1.1.2.1`]: 17,
      [`${TPLINK}.6.4.1.2.1.1.2.1`]: 61,
      [`${TPLINK}.6.96.1.7.1.1.1.49177`]: '1/0/25',
      [`${TPLINK}.6.96.1.7.1.1.2.49177`]: '35.5',
      [`${TPLINK}.6.96.1.7.1.1.5.49177`]: '0.5',
      [`${TPLINK}.6.96.1.7.1.1.9.49177`]: 'True',
      [`${TPLINK}.6.56.1.1.1.3.0`]: 255,
      [`${TPLINK}.6.56.1.1.2.1.1.7.1`]: 0,
      [`${TPLINK}.6.56.1.1.2.1.1.11.1`]: 0,
      [`${TPLINK}.6.56.1.1.2.1.1.7.2`]: 64,
      [`${TPLINK}.6.56.1.1.2.1.1.11.2`]: 4,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'TL-SG9999P 3.0', version: '3.0.1 Build 1', serial: '99' },
    cpu: [{ usedPercent: 17 }],
    memory: [{ usedPercent: 61 }],
    sensors: [
      { kind: 'temperature', name: '1/0/25 optics', value: 35.5 },
      { kind: 'dbm', name: '1/0/25 TX power', value: expect.closeTo(-3.01, 2) },
      { kind: 'state', label: 'fault', status: 'warning' },
      { kind: 'power', name: 'PoE used', value: 25.5 },
      { kind: 'power', value: 6.4 },
      { kind: 'state', label: 'off', status: 'ok' },
      { kind: 'state', label: 'short circuit', status: 'critical' },
    ],
  });
});

test('a smart switch is told by RMON’s probe, a router and an access point by their names', () => {
  const kindOf = (description: string) =>
    readSnapshot({ [OBJECT_ID]: `oid:${TPLINK}.1`, [DESCR]: description }, [profile]).identity.kind;
  expect(
    readSnapshot({ [OBJECT_ID]: `oid:${TPLINK}.1.1.9`, '1.3.6.1.2.1.16.19.3.0': 'TL-SG9 1.0' }, [profile]).identity,
  ).toMatchObject({ kind: 'switch', model: 'TL-SG9 1.0' });
  expect([kindOf('Omada EAP999'), kindOf('ER9999 Gigabit VPN Router')]).toEqual(['access-point', 'router']);
});
