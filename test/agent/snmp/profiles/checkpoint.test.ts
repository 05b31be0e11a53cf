import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/checkpoint.ts';
import { readSnapshot } from '../read-snapshot.ts';

const PRODUCTS = '1.3.6.1.4.1.2620.1';

test('identity, hardware, cluster, tunnels and licences', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2620.1.6.123.1.99',
      [`${PRODUCTS}.6.16.7.0`]: 'Check Point 3200',
      [`${PRODUCTS}.6.16.3.0`]: '1705B',
      [`${PRODUCTS}.6.4.1.0`]: 'R80.40',
      [`${PRODUCTS}.6.7.5.1.5.1.0`]: 12,
      [`${PRODUCTS}.6.7.8.1.1.2.1.0`]: 'CPU Temp',
      [`${PRODUCTS}.6.7.8.1.1.3.1.0`]: '47.50',
      [`${PRODUCTS}.6.7.8.1.1.6.1.0`]: 1,
      [`${PRODUCTS}.6.7.9.1.1.2.1.0`]: 'Down',
      [`${PRODUCTS}.5.6.0`]: 'active attention',
      '1.3.6.1.4.1.2620.500.9002.1.2.10.0.0.1.0': 'store-12',
      '1.3.6.1.4.1.2620.500.9002.1.3.10.0.0.1.0': 131,
      [`${PRODUCTS}.39.1.1.0`]: 'about-to-expire',
      [`${PRODUCTS}.1.25.3.0`]: 300,
      [`${PRODUCTS}.1.25.10.0`]: 0,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'firewall', model: 'Check Point 3200', version: 'R80.40', serial: '1705B' },
    cpu: [{ name: 'CPU 1', usedPercent: 12 }],
    sensors: [
      { kind: 'state', name: 'CPU Temp', status: 'critical' },
      { kind: 'state', name: 'Power supply 1', status: 'critical' },
      { kind: 'state', name: 'Cluster member', status: 'warning' },
      { kind: 'state', name: 'VPN store-12', label: 'down', status: 'critical' },
      { kind: 'state', name: 'Application control subscription', status: 'warning' },
      { kind: 'temperature', name: 'CPU Temp', value: 47.5 },
      { kind: 'count', name: 'Connections', value: 300, status: 'ok' },
      { kind: 'count', name: 'Connections, limit', value: 0 },
    ],
  });
});
