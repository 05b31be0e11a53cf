import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/omniswitch-aos6.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const AOS = '1.3.6.1.4.1.6486.800';

test('its load and its parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${AOS}.1.1.2.1.99.9`,
      [DESCR]: 'Alcatel-Lucent OS9999-24 6.7.1.79.R04 Service Release, January 1, 2020.',
      [`${AOS}.1.2.1.16.1.1.1.14.0`]: 18,
      [`${AOS}.1.2.1.16.1.1.1.9.0`]: 66,
      [`${AOS}.1.1.1.3.1.1.1.1.5.1`]: 2,
      [`${AOS}.1.1.1.3.1.1.1.1.6.1`]: 2,
      [`${AOS}.1.2.1.13.1.1.1.1.1.19.40000001`]: 1,
      [`${AOS}.1.2.1.13.1.1.1.1.1.19.40000002`]: 0,
      [`${AOS}.1.1.1.1.1.1.1.2.3`]: 2,
      '1.3.6.1.2.1.47.1.1.1.1.7.3': 'CMM-A',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'OS9999-24', version: '6.7.1.79.R04' },
    cpu: [{ usedPercent: 18 }],
    memory: [{ usedPercent: 66 }],
    sensors: [
      { name: 'Configuration', status: 'warning' },
      { name: 'Control modules', status: 'ok' },
      { name: 'Link aggregate 40000001', label: 'one port', status: 'warning' },
      { name: 'CMM-A', label: 'down', status: 'critical' },
    ],
  });
});
