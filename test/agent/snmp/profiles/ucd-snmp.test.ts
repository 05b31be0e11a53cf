import { expect, test } from 'vitest';
import { profile as hostResources } from '../../../../agent/snmp/profiles/host-resources.ts';
import { profile } from '../../../../agent/snmp/profiles/ucd-snmp.ts';
import { readSnapshot } from '../read-snapshot.ts';

const UCD = '1.3.6.1.4.1.2021';
const HOST = {
  [`${UCD}.4.3.0`]: 1000,
  [`${UCD}.4.4.0`]: 900,
  [`${UCD}.4.5.0`]: 1000,
  [`${UCD}.4.6.0`]: 300,
  [`${UCD}.4.14.0`]: 100,
  [`${UCD}.4.15.0`]: 200,
  [`${UCD}.11.11.0`]: 85,
  [`${UCD}.9.1.2.1`]: '/',
  [`${UCD}.9.1.6.1`]: 2000,
  [`${UCD}.9.1.8.1`]: 500,
  [`${UCD}.10.1.2.1`]: 'Load-1',
  [`${UCD}.10.1.3.1`]: '0.42',
};

test('a host that tells no HOST-RESOURCES-MIB', () => {
  expect(readSnapshot(HOST, [profile, hostResources])).toMatchObject({
    cpu: [{ name: 'CPU', usedPercent: 15 }],
    memory: [
      { name: 'Physical memory', usedPercent: 40, totalBytes: 1_024_000 },
      { name: 'Swap space', usedPercent: 10 },
    ],
    storage: [{ name: '/', usedPercent: 25 }],
    sensors: [{ kind: 'count', name: 'Load-1', value: 0.42 }],
  });
});

test('stands back where HOST-RESOURCES-MIB tells the same', () => {
  const { cpu } = readSnapshot({ ...HOST, '1.3.6.1.2.1.25.3.3.1.2.1': 3 }, [profile, hostResources]);
  expect(cpu).toMatchObject([{ usedPercent: 3 }]);
});
