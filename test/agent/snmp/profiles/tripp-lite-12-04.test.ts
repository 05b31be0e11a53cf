import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/tripp-lite-12-04.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('whole hertz', () => {
  const { sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.850.1',
      '1.3.6.1.2.1.33.1.1.4.0': '12.04.0056',
      '1.3.6.1.2.1.33.1.4.2.0': 60,
    },
    [profile],
  );
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([['frequency', 60, 'ok']]);
});
