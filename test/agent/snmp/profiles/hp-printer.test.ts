import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/hp-printer.ts';
import { readSnapshot } from '../read-snapshot.ts';

const HP = '1.3.6.1.4.1.11.2.3.9';
const LASERJET = `${HP}.4.2.1`;

test('a LaserJet tells what it is and what it printed', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'HP ETHERNET MULTI-ENVIRONMENT,SN:NET1,PID:HP LaserJet 9999',
      '1.3.6.1.2.1.1.2.0': `oid:${HP}.1`,
      [`${HP}.1.1.7.0`]: 'MFG:Hewlett-Packard;CMD:PJL;MDL:HP LaserJet 9999 Series;CLS:PRINTER;',
      [`${LASERJET}.1.1.3.3.0`]: 'SN9',
      [`${LASERJET}.1.1.3.5.0`]: '20200101',
      [`${LASERJET}.3.3.1.13.1`]: 26,
      [`${LASERJET}.3.3.1.13.2`]: 99,
      [`${LASERJET}.4.1.2.5.0`]: 4321,
    },
    [profile],
  );
  expect(reading.identity).toMatchObject({
    kind: 'printer',
    vendor: 'HP',
    model: 'LaserJet 9999',
    version: '20200101',
    serial: 'SN9',
  });
  expect(reading.sensors).toMatchObject([
    { kind: 'state', name: 'Default Paper 1', label: 'ISO A4', status: 'ok' },
    { kind: 'count', name: 'Total page cnt', value: 4321 },
  ]);
});

test('others that sit on a JetDirect card are not HP’s', () => {
  const answers = { '1.3.6.1.2.1.1.1.0': 'OKI OkiLAN 9999', '1.3.6.1.2.1.1.2.0': `oid:${HP}.1` };
  expect(readSnapshot(answers, [profile]).profiles).toEqual([]);
});
