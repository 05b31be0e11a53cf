import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/windows.ts';
import { readSnapshot } from '../read-snapshot.ts';

const read = (role: number, processor: string, build: string) =>
  readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': `Hardware: ${processor} Family 6 Model 63 Stepping 2 AT/AT COMPATIBLE - Software: Windows Version 6.3 (Build ${build} Multiprocessor Free)`,
      '1.3.6.1.2.1.1.2.0': `oid:1.3.6.1.4.1.311.1.1.3.1.${role}`,
    },
    [profile],
  ).identity;

test.each([
  [1, 'Intel64', '22631', 'Intel x64', '11 (23H2)'],
  [1, 'AMD64', '17763', 'AMD x64', '10 (1809)'],
  [2, 'Intel64', '17763', 'Intel x64', 'Server 2019 (1809)'],
  [3, 'Intel64', '20348', 'Intel x64', 'Server 2022 Datacenter (21H2)'],
  [2, 'x86', '99999', 'Generic x86', '6.3 build 99999'],
])('role %i, %s, build %s', (role, processor, build, model, version) => {
  expect(read(role, processor, build)).toMatchObject({ kind: 'server', vendor: 'Microsoft', model, version });
});
