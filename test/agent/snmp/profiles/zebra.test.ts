import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/zebra.ts';
import { readSnapshot } from '../read-snapshot.ts';

const ZEBRA = '1.3.6.1.4.1.10642';
const PRINT_SERVER = '1.3.6.1.4.1.683.1';
const SERVED = { '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.683.6', '1.3.6.1.2.1.1.1.0': 'ZebraNet Wired PS' };

test('the printer’s name, number and serial come before its print server’s', () => {
  const reading = readSnapshot(
    {
      ...SERVED,
      [`${ZEBRA}.1.1.0`]: 'ZTC ZD999',
      [`${ZEBRA}.200.17.3.0`]: '1920 INCHES, 4876 CENTIMETERS',
      [`${ZEBRA}.200.19.5.0`]: '99J1',
      [`${PRINT_SERVER}.4.0`]: '79000',
      [`${PRINT_SERVER}.5.0`]: '700',
      [`${PRINT_SERVER}.9.0`]: 'V1.2Z',
    },
    [profile],
  );
  expect(reading.identity).toMatchObject({
    kind: 'printer',
    model: 'ZTC ZD999 (79000)',
    version: 'V1.2Z',
    serial: '99J1',
  });
  expect(reading.sensors).toMatchObject([{ kind: 'count', value: 1920 }]);
});

test('a print server alone tells its own', () => {
  const answers = { ...SERVED, [`${PRINT_SERVER}.4.0`]: '79000', [`${PRINT_SERVER}.5.0`]: '700' };
  expect(readSnapshot(answers, [profile]).identity).toMatchObject({ model: '79000', serial: '700' });
});
