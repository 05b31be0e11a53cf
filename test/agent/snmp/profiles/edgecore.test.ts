import { expect, test } from 'vitest';
import { chooseProfiles } from '../../../../agent/snmp/evaluate/match.ts';
import { questionsOf } from '../../../../agent/snmp/evaluate/questions.ts';
import { profile } from '../../../../agent/snmp/profiles/edgecore.ts';
import { readSnapshot, snapshotOf } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const ROOT = '1.3.6.1.4.1.259.10.1.45';

test('what Accton makes: identity, load and parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.259.10.1.45.101',
      [`${ROOT}.1.1.5.1.0`]: 'S9999-24T4S',
      [`${ROOT}.1.1.3.1.6.1`]: '1.7.1',
      [`${ROOT}.1.1.3.1.10.1`]: 'C9',
      [`${ROOT}.1.39.2.1.0`]: 16,
      [`${ROOT}.1.39.3.1.0`]: 1000,
      [`${ROOT}.1.39.3.2.0`]: 300,
      [`${ROOT}.1.39.3.3.0`]: 700,
      [`${ROOT}.1.1.4.0`]: 5,
      [`${ROOT}.1.1.6.1.3.1.2`]: 1,
      [`${ROOT}.1.1.11.1.3.1.1`]: 39,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', vendor: 'Edgecore', model: 'S9999-24T4S', version: '1.7.1', serial: 'C9' },
    cpu: [{ usedPercent: 16 }],
    memory: [{ usedPercent: 30 }],
    sensors: [
      { name: 'Switch', status: 'critical' },
      { name: 'Unit 1 power supply 2', status: 'unknown' },
      { kind: 'temperature', value: 39 },
    ],
  });
});

/** What a device of this sysObjectID is asked of the maker's own. */
function askedOf(id: string): string[] {
  const chosen = chooseProfiles([profile], snapshotOf({ [OBJECT_ID]: `oid:${id}` }));
  const { fast, slow } = questionsOf(chosen);
  return [fast, slow]
    .flatMap(({ scalars, columns }) => [...scalars, ...columns])
    .filter((oid) => oid.startsWith('1.3.6.1.4.1.259.'));
}

test('a device is asked what its own model has, one of another model nothing of it', () => {
  const asked = askedOf(`${ROOT}.1`);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((oid) => !oid.startsWith(`${ROOT}.`))).toEqual([]);
  expect(askedOf('1.3.6.1.4.1.259.10.1.24.1')).toHaveLength(asked.length);
  expect(askedOf('1.3.6.1.4.1.259.10.1.999')).toEqual([]);
});
