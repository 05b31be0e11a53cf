import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/oki.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'one behind an OkiLAN',
    {
      '1.3.6.1.2.1.1.1.0': 'OKI OkiLAN 9999e Rev.02.40 10/100BASE Ethernet PrintServer: Attached to C9999 Rev.C2.04',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2001.1.1',
    },
    { kind: 'printer', vendor: 'OKI', model: 'C9999', version: 'C2.04' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
