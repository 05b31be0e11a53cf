import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dell-os10.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const OS10 = '1.3.6.1.4.1.674.11000.5000.100';

test('its version and its parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${OS10}.2.1.9`,
      [DESCR]: 'Dell EMC Networking OS10 Enterprise.\r\nOS Version: 10.5.1.3.\r\nSystem Type: S9999F-ON',
      [`${OS10}.4.1.1.3.1.11.1`]: 33,
      [`${OS10}.4.1.2.1.1.4.1`]: 2,
      [`${OS10}.4.1.2.3.1.7.1`]: 1,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { model: 'S9999F-ON', version: '10.5.1.3' },
    sensors: [
      { kind: 'temperature', value: 33 },
      { name: 'Power supply 1', status: 'critical' },
      { name: 'Fan 1', status: 'ok' },
    ],
  });
});
