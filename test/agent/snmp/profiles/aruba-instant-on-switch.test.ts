import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/aruba-instant-on-switch.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';

test('its load, where ProCurve has none', () => {
  const answers = {
    [OBJECT_ID]: 'oid:1.3.6.1.4.1.11.2.3.7.11.999',
    [DESCR]: 'Aruba Instant On 1930 24G, InstantOn_1930_1.0.5.0 (139)',
    '1.3.6.1.4.1.89.1.8.0': 101,
    '1.3.6.1.4.1.11.2.1.9.0': 7,
  };
  expect(readSnapshot(answers, [profile])).toMatchObject({
    identity: { kind: 'switch' },
    cpu: [{ usedPercent: 7 }],
  });
  expect(readSnapshot({ ...answers, [DESCR]: 'HP J1A Switch, revision W.1' }, [profile]).profiles).toEqual([]);
});
