import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/extreme-xos.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const SYSTEM = '1.3.6.1.4.1.1916.1.1.1';

test('its load and its parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.1916.2.999',
      [DESCR]: 'ExtremeXOS (X999G2-24p) version 22.4.1.4 22.4.1.4-patch1-2 by release-manager',
      '1.3.6.1.4.1.1916.1.32.1.2.0': 11,
      '1.3.6.1.4.1.1916.1.32.2.2.1.2.1': 1000,
      '1.3.6.1.4.1.1916.1.32.2.2.1.3.1': 400,
      [`${SYSTEM}.7.0`]: 1,
      [`${SYSTEM}.8.0`]: 71,
      [`${SYSTEM}.9.1.1.101`]: 101,
      [`${SYSTEM}.9.1.2.101`]: 2,
      [`${SYSTEM}.27.1.2.1`]: 3,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { model: 'X999G2-24p', version: '22.4.1.4' },
    cpu: [{ usedPercent: 11 }],
    memory: [{ usedPercent: 60 }],
    sensors: [
      { kind: 'temperature', value: 71 },
      { name: 'Over temperature', status: 'critical' },
      { name: 'Fan 101', status: 'critical' },
      { name: 'Power supply 1', status: 'critical' },
    ],
  });
});
