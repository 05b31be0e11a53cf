import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/stormshield.ts';
import { readSnapshot } from '../read-snapshot.ts';

const STORMSHIELD = '1.3.6.1.4.1.11256';
const HA = `${STORMSHIELD}.1.11`;

test('a cluster of which a node is gone', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'NS-BSD SN210X amd64',
      '1.3.6.1.2.1.1.2.0': `oid:${STORMSHIELD}.2.0`,
      [`${STORMSHIELD}.1.18.1.0`]: 'SN-S-Series-220',
      [`${STORMSHIELD}.1.18.2.0`]: '4.3.0',
      [`${HA}.7.1.2.0`]: 'SN1',
      [`${HA}.7.1.3.0`]: 1,
      [`${HA}.7.1.2.1`]: 'SN2',
      [`${HA}.7.1.3.1`]: 2,
      [`${HA}.10.1.3.1.0`]: 'Failed',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'firewall', model: 'SN-S-Series-220', version: '4.3.0', serial: 'SN210X' },
    sensors: [
      { name: 'Cluster node SN1', status: 'ok' },
      { name: 'Cluster node SN2', status: 'critical' },
      { name: 'SN2 power supply 0', status: 'critical' },
    ],
  });
});
