import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/raisecom.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';

test('what its description says, and its temperature', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.8886.6.999',
      [DESCR]: 'ROS ISCOM9924G version 5.2.1',
      '1.3.6.1.4.1.8886.1.1.4.2.1.0': 38,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'ISCOM9924G', version: '5.2.1' },
    sensors: [{ kind: 'temperature', value: 38 }],
  });
});
