import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/kyocera.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

test.each<[string, Answers, Record<string, string>]>([
  [
    'an Ecosys',
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1347.41',
      '1.3.6.1.4.1.1347.43.5.1.1.1.1': 'ECOSYS P9999',
      '1.3.6.1.4.1.1347.43.5.1.1.28.1': 'KSN9',
      '1.3.6.1.4.1.1347.43.5.4.1.5.1.1': '2XX_3000.001',
    },
    { kind: 'printer', model: 'ECOSYS P9999', serial: 'KSN9', version: '2XX_3000.001' },
  ],
])('%s is known', (_, answers, identity) => {
  expect(readSnapshot(answers, [profile]).identity).toMatchObject(identity);
});
