import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-redundancy.ts';
import { readSnapshot } from '../read-snapshot.ts';

const CISCO = '1.3.6.1.4.1.9';
const HSRP = `${CISCO}.9.106.1.2.1.1`;
const RTTMON = `${CISCO}.9.42.1.2`;

test('units, HSRP groups, and the IP SLA probes that run', () => {
  const { sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${CISCO}.1.9999`,
      [`${CISCO}.9.176.1.1.2.0`]: 14,
      [`${CISCO}.9.176.1.1.4.0`]: 5,
      [`${HSRP}.11.3.1`]: ['ip', '10.0.0.1'],
      [`${HSRP}.15.3.1`]: 1,
      [`${RTTMON}.1.1.3.1`]: 'backup link',
      [`${RTTMON}.1.1.9.1`]: 1,
      [`${RTTMON}.10.1.1.1`]: ['gauge', 45],
      [`${RTTMON}.10.1.2.1`]: 1,
      [`${RTTMON}.1.1.9.2`]: 1,
      [`${RTTMON}.10.1.1.2`]: ['gauge', 0],
      [`${RTTMON}.10.1.2.2`]: 4,
      [`${RTTMON}.1.1.9.3`]: 2,
      [`${RTTMON}.10.1.2.3`]: 4,
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { name: 'Unit', status: 'ok' },
    { name: 'Peer unit', status: 'warning' },
    { name: 'HSRP 10.0.0.1', status: 'critical', label: 'initial' },
    { kind: 'state', name: 'IP SLA 1 backup link', status: 'ok' },
    { kind: 'state', name: 'IP SLA 2', status: 'warning', label: 'timeout' },
    { kind: 'delay', name: 'IP SLA 1 backup link', value: 0.045 },
  ]);
});
