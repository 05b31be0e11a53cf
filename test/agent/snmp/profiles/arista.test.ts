import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/arista.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('model and version stand in sysDescr', () => {
  const { identity } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'Arista Networks EOS version 4.26.1F running on an Arista Networks DCS-7050TX-48',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.30065.1.9999',
      '1.3.6.1.2.1.47.1.1.1.1.11.1': 'JPE1',
    },
    [profile],
  );
  expect(identity).toMatchObject({
    kind: 'switch',
    vendor: 'Arista',
    model: 'DCS-7050TX-48',
    version: '4.26.1F',
    serial: 'JPE1',
  });
});
