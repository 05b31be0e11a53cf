import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/clavister.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SYSTEM = '1.3.6.1.4.1.5089.1.2.1';

test('its sensors are told apart by the unit they name', () => {
  const { identity, cpu, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'Clavister cOS Core 14.00.05.11-40322',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.5089.1.1',
      [`${SYSTEM}.1.0`]: 17,
      [`${SYSTEM}.5.0`]: 812,
      [`${SYSTEM}.11.1.2.1`]: 'CPU Temp',
      [`${SYSTEM}.11.1.3.1`]: 51,
      [`${SYSTEM}.11.1.4.1`]: 'C',
      [`${SYSTEM}.11.1.2.2`]: 'Fan 1',
      [`${SYSTEM}.11.1.3.2`]: 4300,
      [`${SYSTEM}.11.1.4.2`]: 'RPM',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'firewall', version: '14.00.05.11-40322' });
  expect(cpu).toMatchObject([{ usedPercent: 17 }]);
  expect(sensors?.map(({ kind, name, value }) => [kind, name, value])).toEqual([
    ['temperature', 'CPU Temp', 51],
    ['fanspeed', 'Fan 1', 4300],
    ['count', 'Connections', 812],
  ]);
});
