import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/zyxel-switch.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const COMMON = '1.3.6.1.4.1.890.1.15.3';

test('what it is, its load, and what it measures', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.890.1.15',
      [DESCR]: 'XGS9999-28',
      [`${COMMON}.1.6.0`]: 'V4.70(ABML.4) | 04/15/2021',
      [`${COMMON}.1.11.0`]: 'XGS9999-28',
      [`${COMMON}.1.12.0`]: 'S9',
      [`${COMMON}.2.7.0`]: 21,
      [`${COMMON}.2.5.0`]: 44,
      [`${COMMON}.26.1.1.1.2.1`]: 'FAN1',
      [`${COMMON}.26.1.1.1.3.1`]: 400,
      [`${COMMON}.26.1.1.1.6.1`]: 500,
      [`${COMMON}.26.1.3.1.2.1`]: '1V5',
      [`${COMMON}.26.1.3.1.3.1`]: 1500,
      [`${COMMON}.84.1.2.1.6.25.5`]: -612,
      [`${COMMON}.84.1.2.1.7.25.5`]: 'RxPower',
      [`${COMMON}.84.1.2.1.6.25.1`]: 4100,
      [`${COMMON}.84.1.2.1.7.25.1`]: 'Temperature',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'XGS9999-28', version: 'V4.70(ABML.4)', serial: 'S9' },
    cpu: [{ usedPercent: 21 }],
    memory: [{ usedPercent: 44 }],
    sensors: [
      { kind: 'fanspeed', name: 'FAN1', value: 400, status: 'critical' },
      { kind: 'voltage', name: '1V5', value: 1.5, status: 'ok' },
      { kind: 'dbm', value: -6.12 },
    ],
  });
  expect(reading.sensors).toHaveLength(3);
});
