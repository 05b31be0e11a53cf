import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/3com.ts';
import { readSnapshot } from '../read-snapshot.ts';

const HUAWEI = '1.3.6.1.4.1.43.45.1';

test('one that Huawei-3Com made: its load and its parts', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.43.1.16.4.3.99',
      '1.3.6.1.2.1.1.1.0': '3Com Switch 9900 26-Port Software Version 3Com OS V3.03.02s168p01',
      [`${HUAWEI}.6.1.1.1.3.0.0.0`]: 9,
      [`${HUAWEI}.6.1.2.1.1.2.0.0.0`]: 1000,
      [`${HUAWEI}.6.1.2.1.1.3.0.0.0`]: 250,
      [`${HUAWEI}.2.23.1.9.1.1.1.2.1`]: 2,
      [`${HUAWEI}.2.23.1.9.1.2.1.2.1`]: 1,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'Switch 9900 26-Port', version: 'V3.03.02s168p01' },
    cpu: [{ usedPercent: 9 }],
    memory: [{ usedPercent: 75 }],
    sensors: [{ status: 'critical' }, { status: 'ok' }],
  });
});
