import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/lm-sensors.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SENSORS = '1.3.6.1.4.1.2021.13.16';

test('thousandths, and what is not plugged in left out', () => {
  const { sensors } = readSnapshot(
    {
      [`${SENSORS}.2.1.2.1`]: 'Core 0',
      [`${SENSORS}.2.1.3.1`]: ['gauge', 41_500],
      [`${SENSORS}.2.1.3.2`]: ['gauge', 0],
      [`${SENSORS}.3.1.2.1`]: 'fan1',
      [`${SENSORS}.3.1.3.1`]: ['gauge', 1200],
      [`${SENSORS}.4.1.2.1`]: 'in0',
      [`${SENSORS}.4.1.3.1`]: ['gauge', 1016],
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { kind: 'temperature', name: 'Core 0', value: 41.5 },
    { kind: 'fanspeed', name: 'fan1', value: 1200 },
    { kind: 'voltage', name: 'in0', value: 1.016 },
  ]);
});
