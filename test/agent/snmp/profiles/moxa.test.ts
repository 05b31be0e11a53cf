import { expect, test } from 'vitest';
import { chooseProfiles } from '../../../../agent/snmp/evaluate/match.ts';
import { questionsOf } from '../../../../agent/snmp/evaluate/questions.ts';
import { profile } from '../../../../agent/snmp/profiles/moxa.ts';
import { readSnapshot, snapshotOf } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const MODEL = '1.3.6.1.4.1.8691.7.69';

test('by the number of its model', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${MODEL}`,
      [`${MODEL}.1.2.0`]: 'EDS-G999E',
      [`${MODEL}.1.4.0`]: 'V5.1 build 1',
      [`${MODEL}.1.53.0`]: 12,
      [`${MODEL}.1.10.8.0`]: '9.5',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'EDS-G999E', version: '5.1' },
    cpu: [{ usedPercent: 12 }],
    sensors: [{ kind: 'power', value: 9.5 }],
  });
});

/** What a device of this sysObjectID is asked of the maker's own. */
function askedOf(id: string): string[] {
  const chosen = chooseProfiles([profile], snapshotOf({ [OBJECT_ID]: `oid:${id}` }));
  const { fast, slow } = questionsOf(chosen);
  return [fast, slow]
    .flatMap(({ scalars, columns }) => [...scalars, ...columns])
    .filter((oid) => oid.startsWith('1.3.6.1.4.1.8691.'));
}

test('a device is asked what its own model has, one of another model nothing of it', () => {
  const asked = askedOf(`${MODEL}.1`);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((oid) => !oid.startsWith(`${MODEL}.`))).toEqual([]);
  expect(askedOf('1.3.6.1.4.1.8691.7.70.1')).toHaveLength(asked.length);
  expect(askedOf('1.3.6.1.4.1.8691.7.999')).toEqual([]);
});
