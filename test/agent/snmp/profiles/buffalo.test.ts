import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/buffalo.ts';
import { profile as linux } from '../../../../agent/snmp/profiles/linux.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('says what it is', () => {
  const { identity } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'BUFFALO TeraStation TS3410 Ver.5.20',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
    },
    [profile, linux],
  );
  expect(identity).toMatchObject({ kind: 'nas', model: 'TeraStation TS3410', version: '5.20' });
});
