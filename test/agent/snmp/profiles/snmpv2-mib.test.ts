import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/snmpv2-mib.ts';

test('a link that is up again takes back that the same interface was down', () => {
  const up = profile.traps?.find(({ severity }) => severity === 'clears');
  const down = profile.traps?.find(({ oid }) => oid === up?.clears);
  expect(down).toMatchObject({ oid: '1.3.6.1.6.3.1.1.5.3', severity: 'warning', key: up?.key });
  expect(down?.key).toContain('1.3.6.1.2.1.2.2.1.1}');
});
