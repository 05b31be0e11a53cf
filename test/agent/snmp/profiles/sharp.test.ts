import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/sharp.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'a copier',
    {
      '1.3.6.1.2.1.1.1.0': 'SHARP MX-9999N',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2385.3.1',
      '1.3.6.1.4.1.2385.2.1.1.2.1.2.1': '01.02.03',
    },
    { kind: 'printer', model: 'MX-9999N', version: '01.02.03' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
