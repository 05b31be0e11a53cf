import { expect, test } from 'vitest';
import { profile as ilo } from '../../../../agent/snmp/profiles/hpe-ilo.ts';
import { profile } from '../../../../agent/snmp/profiles/hpe-proliant.ts';
import { readSnapshot } from '../read-snapshot.ts';

const CPQ = '1.3.6.1.4.1.232';

test('the health of a server whose iLO answers', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'Integrated Lights-Out 5 2.44 Aug 30 2021',
      '1.3.6.1.2.1.1.2.0': `oid:${CPQ}.9.4.11`,
      [`${CPQ}.2.2.4.2.0`]: 'ProLiant DL360 Gen10',
      [`${CPQ}.2.2.2.1.0`]: 'CZ0000',
      [`${CPQ}.6.2.6.8.1.4.0.1`]: 51,
      [`${CPQ}.6.2.6.8.1.5.0.1`]: 42,
      [`${CPQ}.6.2.6.8.1.4.0.2`]: 30,
      [`${CPQ}.6.2.6.8.1.5.0.2`]: 0,
      [`${CPQ}.6.2.6.8.1.4.0.3`]: -99,
      [`${CPQ}.6.2.9.3.1.2.0.1`]: 1,
      [`${CPQ}.6.2.9.3.1.4.0.1`]: 4,
      [`${CPQ}.6.2.9.3.1.7.0.1`]: 90,
      [`${CPQ}.3.2.3.1.1.4.0.1`]: 7,
    },
    [profile, ilo],
  );
  expect(identity).toMatchObject({ kind: 'bmc', model: 'ProLiant DL360 Gen10', version: '2.44', serial: 'CZ0000' });
  expect(sensors).toMatchObject([
    { kind: 'temperature', value: 51, status: 'critical' },
    { kind: 'temperature', value: 30, status: 'ok' },
    { kind: 'power', name: 'PowerSupply #1', value: 90 },
    { kind: 'state', name: 'PowerSupply #1', status: 'critical' },
    { name: 'Logical Drive Status #1', label: 'rebuilding', status: 'warning' },
  ]);
});

test('every trap that clears takes back one that is raised', () => {
  const raised = profile.traps?.filter(({ severity }) => severity !== 'clears').map(({ oid }) => oid);
  const cleared = profile.traps?.flatMap(({ clears }) => clears ?? []);
  expect(cleared?.length).toBeGreaterThan(0);
  expect(raised).toEqual(expect.arrayContaining(cleared ?? []));
});
