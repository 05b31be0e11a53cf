import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/samsung-printer.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'one that describes itself',
    {
      '1.3.6.1.2.1.1.1.0': 'Samsung CLX-9999 Series;V1.00.02 Sep-27-2010;Engine 1.7;S/N ABC123',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.236.11.5.1',
    },
    { kind: 'printer', model: 'CLX-9999', version: '1.00.02', serial: 'ABC123' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
