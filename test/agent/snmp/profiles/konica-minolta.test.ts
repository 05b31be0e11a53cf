import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/konica-minolta.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'a bizhub',
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.18334.1.1.1.2.1',
      '1.3.6.1.4.1.18334.1.1.1.1.6.2.1.0': 'KONICA MINOLTA bizhub C999',
      '1.3.6.1.4.1.18334.1.1.1.1.6.1.0': '9.9',
    },
    { kind: 'printer', model: 'bizhub C999', version: '9.9' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
