import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/toshiba-printer.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'an e-STUDIO built by Lexmark',
    {
      '1.3.6.1.2.1.1.1.0': 'TOSHIBA e-STUDIO999 version AB.12 kernel 3.0',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.641.2.1',
    },
    { kind: 'printer', vendor: 'Toshiba', model: 'e-STUDIO999', version: 'AB.12' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
