import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/siemens-scalance.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const MSPS = '1.3.6.1.4.1.4329.20.1.1.1.1';

test('what it is, its faults and power supplies', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.4329.6.1.2',
      [DESCR]: 'Siemens, SIMATIC NET, SCALANCE X999, 6GK5 999, HW: 1, FW: V4',
      '1.3.6.1.4.1.4329.6.3.2.1.1.3.0': 'VP9',
      '1.3.6.1.4.1.4329.6.3.2.1.1.5.0': 'V04.01',
      [`${MSPS}.28.1.0`]: 2,
      [`${MSPS}.28.4.0`]: 0,
      [`${MSPS}.28.5.0`]: 1,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'X999', version: 'V04.01', serial: 'VP9' },
    sensors: [
      { name: 'Faults', status: 'critical' },
      { name: 'Power supply 1', status: 'ok' },
      { name: 'Power supply 2', status: 'critical' },
    ],
  });
});
