import { expect, test } from 'vitest';
import { questionsOfChoice } from '../../../../agent/snmp/evaluate/questions.ts';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';
import { profile } from '../../../../agent/snmp/profiles/windows.ts';
import { readSnapshot, snapshotOf } from '../read-snapshot.ts';

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

/** The profiles a device of this sysObjectID is asked an OID for, to see whether they apply. */
const asksFor = (sysObjectID: string) => {
  const system = snapshotOf({ '1.3.6.1.2.1.1.2.0': `oid:${sysObjectID}` });
  return profiles.filter((one) => questionsOfChoice([one], system).scalars.length > 0).map(({ name }) => name);
};

test('it is asked for what runs on it, not for what is firmware of its own', () => {
  const firmware = ['bosch-camera', 'dahua', 'hikvision', 'qnap', 'readynas', 'supermicro-bmc', 'synology'];
  const agents = ['dell-openmanage', 'fujitsu-irmc', 'hpe-proliant', 'lenovo-xcc', 'supermicro-superdoctor'];
  const ofWindows = asksFor('1.3.6.1.4.1.311.1.1.3.1.2');
  expect(ofWindows).toEqual(expect.arrayContaining([...agents, 'windows-dhcp']));
  expect(firmware.filter((name) => ofWindows.includes(name))).toEqual([]);
  // Several of these run Net-SNMP under its own number.
  const ofLinux = asksFor('1.3.6.1.4.1.8072.3.2.10');
  expect(ofLinux).toEqual(expect.arrayContaining([...firmware, ...agents]));
  expect(ofLinux).not.toContain('windows-dhcp');
});
