import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/perle.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('what its description says it is', () => {
  const answers = { '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1966.1.9', '1.3.6.1.2.1.1.1.0': 'Perle IDS-999 Switch v2.1' };
  expect(readSnapshot(answers, [profile]).identity).toMatchObject({ kind: 'switch', model: 'IDS-999', version: '2.1' });
});
