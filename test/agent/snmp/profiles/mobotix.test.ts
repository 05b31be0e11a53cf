import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/mobotix.ts';
import { readSnapshot } from '../read-snapshot.ts';

const MOBOTIX = '1.3.6.1.4.1.21701';

test('what it measures; what it has no sensor for is left out', () => {
  const { sensors, storage } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${MOBOTIX}`,
      [`${MOBOTIX}.2.3.8.0`]: 64,
      [`${MOBOTIX}.2.7.2.1.1.0`]: 38,
      [`${MOBOTIX}.2.7.2.2.1.0`]: -1000,
    },
    [profile],
  );
  expect(sensors).toMatchObject([{ name: 'Camera', kind: 'temperature', value: 38 }]);
  expect(storage).toMatchObject([{ usedPercent: 64 }]);
});
