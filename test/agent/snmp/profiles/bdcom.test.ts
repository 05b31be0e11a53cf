import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/bdcom.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';

test('what its description says, and its load', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.3320.1.999',
      [DESCR]: 'BDCOM(tm) S9928 Software, Version 2.2.0B Build 39\r\nSerial num:12345678',
      '1.3.6.1.4.1.3320.9.109.1.1.1.1.5.1': 23,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'S9928', version: '2.2.0B', serial: '12345678' },
    cpu: [{ usedPercent: 23 }],
  });
});
