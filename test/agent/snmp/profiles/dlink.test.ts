import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dlink.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const DLINK = '1.3.6.1.4.1.171';

test('a newer managed switch', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${DLINK}.10.153.9`,
      [DESCR]: 'D-Link DGS-9999-28 Gigabit Ethernet Switch',
      '1.3.6.1.2.1.16.19.2.0': '1.70.B009',
      [`${DLINK}.14.5.1.7.1.4.1.1`]: 14,
      [`${DLINK}.14.5.1.4.1.3.1.1`]: 200_000,
      [`${DLINK}.14.5.1.4.1.4.1.1`]: 50_000,
      [`${DLINK}.14.5.1.4.1.5.1.1`]: 150_000,
      [`${DLINK}.14.5.1.4.1.3.1.2`]: 30_000,
      [`${DLINK}.14.5.1.4.1.4.1.2`]: 20_000,
      [`${DLINK}.14.5.1.4.1.5.1.2`]: 10_000,
      [`${DLINK}.14.5.1.1.1.1.3.1.1`]: 'Central',
      [`${DLINK}.14.5.1.1.1.1.4.1.1`]: 70,
      [`${DLINK}.14.5.1.1.1.1.5.1.1`]: 11,
      [`${DLINK}.14.5.1.1.1.1.6.1.1`]: 60,
      [`${DLINK}.14.5.1.1.3.1.6.1.1`]: 3,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'DGS-9999-28', version: '1.70.B009' },
    cpu: [{ usedPercent: 14 }],
    memory: [{ usedPercent: 25 }],
    sensors: [
      { kind: 'temperature', name: 'Central', value: 70, status: 'critical' },
      { label: 'empty', status: 'unknown' },
    ],
  });
});
