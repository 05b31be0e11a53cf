import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-cimc.ts';
import { readSnapshot } from '../read-snapshot.ts';

const UCS = '1.3.6.1.4.1.9.9.719.1';

test('a rack server: board, drives, supplies', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0':
        'Cisco Integrated Management Controller(CIMC) UCS C220 M4S, Firmware Version 3.0(4a) Copyright',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.9.1.2178',
      [`${UCS}.9.6.1.6.1`]: 'UCSC-C220-M4S',
      [`${UCS}.9.6.1.14.1`]: 'FCH000',
      [`${UCS}.9.14.1.4.1`]: 120,
      [`${UCS}.45.4.1.3.1`]: 'disk-1',
      [`${UCS}.45.4.1.9.1`]: 2,
      [`${UCS}.45.4.1.9.2`]: 6,
      [`${UCS}.15.56.1.8.1`]: 1,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'bmc', model: 'UCSC-C220-M4S', version: '3.0(4a)', serial: 'FCH000' });
  expect(sensors).toMatchObject([
    { kind: 'power', value: 120 },
    { name: 'Physical Drive disk-1', status: 'critical' },
    { name: 'Power Supply 1', status: 'ok' },
  ]);
});
