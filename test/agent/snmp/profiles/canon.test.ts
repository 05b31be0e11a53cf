import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/canon.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'an imageRUNNER',
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1602.4.7',
      '1.3.6.1.4.1.1602.1.1.1.1.0': 'Canon iR-ADV C9999',
      '1.3.6.1.4.1.1602.1.1.1.4.0': '12.34',
    },
    { kind: 'printer', model: 'iR-ADV C9999', version: '12.34' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
