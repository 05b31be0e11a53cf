import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/didactum.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('words for states', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.46501',
      '1.3.6.1.4.1.46501.5.2.1.4.101': 'temperature',
      '1.3.6.1.4.1.46501.5.2.1.5.101': 'Rack',
      '1.3.6.1.4.1.46501.5.2.1.6.101': 'high warning',
      '1.3.6.1.4.1.46501.5.2.1.7.101': '31.5',
      '1.3.6.1.4.1.46501.5.2.1.4.102': 'humidity',
      '1.3.6.1.4.1.46501.5.2.1.6.102': 'not connected',
      '1.3.6.1.4.1.46501.5.2.1.7.102': '0',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'environment' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['temperature', 31.5, 'ok'],
    ['state', 5, 'warning'],
  ]);
});
