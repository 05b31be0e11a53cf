import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/advantech.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const OPTICS = '1.3.6.1.4.1.10297.202.7000.2.5.2.1';

test('its optics', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.10297.202.7999',
      [DESCR]: 'EKI-9999G-4C',
      [`${OPTICS}.2.9`]: '41.5',
      [`${OPTICS}.4.9`]: '6.1',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'EKI-9999G-4C' },
    sensors: [
      { kind: 'temperature', value: 41.5 },
      { kind: 'current', value: 0.0061 },
    ],
  });
});
