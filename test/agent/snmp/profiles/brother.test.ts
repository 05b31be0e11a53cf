import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/brother.ts';
import { readSnapshot } from '../read-snapshot.ts';

const BROTHER = '1.3.6.1.4.1.2435';
const SUPPLY = '1.3.6.1.2.1.43.11.1.1';

test('model, version and serial', () => {
  const answers = {
    '1.3.6.1.2.1.1.2.0': `oid:${BROTHER}.2.3.9.1`,
    [`${BROTHER}.2.3.9.1.1.7.0`]: 'MFG:Brother;CMD:PJL;MDL:HL-0000;CLS:PRINTER;',
    [`${BROTHER}.2.4.3.2435.5.13.3.0`]: 'Brother HL-9999DW series',
    [`${BROTHER}.2.4.3.1240.6.5.0`]: 'Firmware Ver.1.33 (06.07.21)',
    [`${BROTHER}.2.3.9.4.2.1.5.5.1.0`]: 'B9',
  };
  expect(readSnapshot(answers, [profile]).identity).toEqual({
    kind: 'printer',
    vendor: 'Brother',
    model: 'HL-9999DW',
    version: '1.33',
    serial: 'B9',
  });
});

test('without a capacity its levels are codes, 0 for full; with one they are levels', () => {
  const row = (index: number, max: number, level: number) => ({
    [`${SUPPLY}.5.1.${index}`]: 3,
    [`${SUPPLY}.6.1.${index}`]: `Toner ${index}`,
    [`${SUPPLY}.8.1.${index}`]: max,
    [`${SUPPLY}.9.1.${index}`]: level,
  });
  const answers = { '1.3.6.1.2.1.1.1.0': 'Brother NC-9000h', ...row(1, -2, 0), ...row(2, -2, 2), ...row(3, 1000, 0) };
  expect(readSnapshot(answers, [profile]).supplies?.map(({ name, leftPercent }) => [name, leftPercent])).toEqual([
    ['Toner 3', 0],
    ['Toner 1', 100],
    ['Toner 2', 0],
  ]);
});
