import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/label-printer.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'a label printer of SATO',
    {
      '1.3.6.1.2.1.1.1.0': 'SATO CL4NX firmware 1',
    },
    { kind: 'printer', model: 'CL4NX' },
  ],
  [
    'one of Intermec',
    {
      '1.3.6.1.2.1.1.1.0': 'Intermec PM43 Printer',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1963.15.3',
    },
    { kind: 'printer', model: 'PM43' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
