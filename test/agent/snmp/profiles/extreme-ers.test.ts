import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/extreme-ers.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const CHASSIS = '1.3.6.1.4.1.45.1.6.3';

test('its load and its parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.45.3.99.1',
      [DESCR]: 'Ethernet Routing Switch 9999GTS-PWR+  HW:10  FW:5.8.0.1  SW:v5.9.2.030',
      [`${CHASSIS}.8.1.1.6.3.10.0`]: 19,
      [`${CHASSIS}.7.1.1.5.5.10.0`]: 62,
      [`${CHASSIS}.3.1.1.5.4.11.0`]: 'Power Supply',
      [`${CHASSIS}.3.1.1.10.3.10.0`]: 10,
      [`${CHASSIS}.3.1.1.10.4.11.0`]: 10,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { model: 'ERS-9999GTS-PWR+', version: '5.9.2.030' },
    cpu: [{ usedPercent: 19 }],
    sensors: [
      { kind: 'temperature', value: 31 },
      { name: 'Unit 11 Power Supply', label: 'fatal error', status: 'critical' },
    ],
  });
  expect(reading.sensors).toHaveLength(2);
});
