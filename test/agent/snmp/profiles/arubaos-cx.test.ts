import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/arubaos-cx.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const WIRED = '1.3.6.1.4.1.47196.4.1.1.3';
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';

test('what it is, and how its parts and its stack fare', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.47196.4.1.1.1.9',
      [`${ENTITY}.2.1`]: 'Aruba 6300 VSF Stack',
      [`${ENTITY}.10.1`]: 'FL.10.1',
      [`${ENTITY}.11.1`]: '',
      [`${ENTITY}.11.101001`]: 'SG9',
      [`${ENTITY}.7.107301`]: '1/1',
      '1.3.6.1.2.1.99.1.1.1.1.107301': 6,
      '1.3.6.1.2.1.99.1.1.1.5.107301': 3,
      '1.3.6.1.2.1.99.1.1.1.1.107001': 8,
      '1.3.6.1.2.1.99.1.1.1.5.107001': 1,
      [`${WIRED}.11.3.1.1.5.1.1.1`]: '1/1-Inlet',
      [`${WIRED}.11.3.1.1.7.1.1.1`]: 24500,
      [`${WIRED}.11.2.1.1.7.1.1`]: 34,
      [`${WIRED}.11.2.1.1.11.1.1`]: 12,
      [`${WIRED}.11.5.1.1.10.1.1`]: 5,
      [`${WIRED}.15.1.1.1.0`]: 'no_split',
      [`${WIRED}.15.1.1.2.0`]: 2,
      [`${WIRED}.15.1.2.1.3.1`]: 'ready',
      [`${WIRED}.15.1.2.1.3.2`]: 10,
      [`${WIRED}.15.1.2.1.7.1`]: 'SG9',
      [`${WIRED}.15.1.2.1.7.2`]: 'SG8',
      [`${WIRED}.27.1.2.2.1.12.25.1`]: '0.5',
      '1.3.6.1.2.1.31.1.1.1.1.25': '1/1/25',
    },
    [profile],
  );
  expect(reading.identity).toMatchObject({ model: 'Aruba 6300 VSF Stack', version: 'FL.10.1', serial: 'SG9' });
  expect(reading.sensors).toMatchObject([
    { kind: 'temperature', name: '1/1-Inlet', value: 24.5 },
    { kind: 'dbm', name: '1/1/25 lane 1 RX power', value: expect.closeTo(-3.01, 2) },
    { kind: 'power', value: 34 },
    { name: 'Power supply 1.1', label: 'empty', status: 'unknown' },
    { name: 'Fan 1.1', status: 'critical' },
    { name: '1/1', label: 'not ok', status: 'critical' },
    { name: 'VSF status', label: 'no split', status: 'ok' },
    { name: 'VSF topology', label: 'chain', status: 'warning' },
    { name: 'Member SG9 Status', label: 'ready', status: 'ok' },
    { name: 'Member SG8 Status', label: 'not present', status: 'critical' },
  ]);
});
