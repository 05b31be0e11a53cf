import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/lexmark.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'a laser',
    {
      '1.3.6.1.2.1.1.1.0': 'Lexmark XY999dn version ZZ1.P2.003 kernel 3.0',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.641.2.71107124',
    },
    { kind: 'printer', vendor: 'Lexmark', model: 'XY999dn', version: 'ZZ1.P2.003' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
