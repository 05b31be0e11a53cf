import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/generex.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('a CS121 by its description', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'CS121 v 5.12.21',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'CS121', version: '5.12.21' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([]);
});
