import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/epson.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'a WorkForce',
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1248.1.1.2.1.3.5.69',
      '1.3.6.1.2.1.2.2.1.2.1': 'EEPS9 Hard Ver.2.00 Firm Ver.1.77',
    },
    { kind: 'printer', vendor: 'Epson', version: '1.77' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
