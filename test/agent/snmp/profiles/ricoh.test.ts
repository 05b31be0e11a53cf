import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ricoh.ts';
import { readSnapshot } from '../read-snapshot.ts';

const RICOH = '1.3.6.1.4.1.367';

test('by its own MIB, and what -100 means', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${RICOH}.1.1`,
      [`${RICOH}.3.2.1.1.1.1.0`]: 'Aficio MP 9999',
      [`${RICOH}.3.2.1.1.1.2.0`]: '1.15',
      [`${RICOH}.3.2.1.2.1.4.0`]: 'R9',
      '1.3.6.1.2.1.43.11.1.1.6.1.1': 'Black Toner',
      '1.3.6.1.2.1.43.11.1.1.8.1.1': 100,
      '1.3.6.1.2.1.43.11.1.1.9.1.1': -100,
    },
    [profile],
  );
  expect(reading.identity).toMatchObject({ kind: 'printer', model: 'Aficio MP 9999', version: '1.15', serial: 'R9' });
  expect(reading.supplies).toMatchObject([{ name: 'Black Toner', leftPercent: 0, status: 'critical' }]);
});

test('NRG’s by what they describe themselves as', () => {
  const answers = { '1.3.6.1.2.1.1.1.0': 'NRG MP C9999 1.60 / NRG Network Printer C model' };
  expect(readSnapshot(answers, [profile]).identity).toMatchObject({ model: 'NRG MP C9999', version: '1.60' });
});
