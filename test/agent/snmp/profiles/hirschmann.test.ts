import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/hirschmann.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const HIRSCHMANN = '1.3.6.1.4.1.248';

test('both of its systems', () => {
  const { sensors, ...hios } = readSnapshot(
    {
      [OBJECT_ID]: `oid:${HIRSCHMANN}.11.2.1.99`,
      [DESCR]: 'Hirschmann BOBCAT Switch, HiOS-2S-08.0.00',
      [`${HIRSCHMANN}.11.22.1.8.10.1.0`]: 30,
      [`${HIRSCHMANN}.11.10.1.5.1.0`]: 75,
      [`${HIRSCHMANN}.11.10.1.5.2.0`]: 70,
      [`${HIRSCHMANN}.11.10.1.5.3.0`]: 0,
      [`${HIRSCHMANN}.11.11.1.1.1.1.2.1.1`]: 2,
    },
    [profile],
  );
  expect(hios).toMatchObject({ identity: { kind: 'switch', model: 'BOBCAT Switch' }, cpu: [{ usedPercent: 30 }] });
  expect(sensors).toMatchObject([
    { kind: 'temperature', value: 75, status: 'critical' },
    { name: 'Power supply 1.1', label: 'defective', status: 'critical' },
  ]);

  const classic = readSnapshot({ [OBJECT_ID]: `oid:${HIRSCHMANN}.14.10.99`, [`${HIRSCHMANN}.14.1.1.35.1.4.0`]: 4 }, [
    profile,
  ]);
  expect(classic.sensors).toMatchObject([{ name: 'Fault light', label: 'red', status: 'critical' }]);
});
