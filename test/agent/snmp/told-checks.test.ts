import { expect, test } from 'vitest';
import { rememberTold } from '../../../agent/snmp/told-checks.ts';
import type { CheckStatus } from '../../../protocol/status.ts';

const ok = (check: string): CheckStatus => ({ check, status: 'ok' });
const critical = (check: string): CheckStatus => ({ check, status: 'critical', text: 'Broken.' });

test('what was raised and is told no more is told once as ok', () => {
  const told = rememberTold();
  const first = [ok('snmp'), critical('hardware'), critical('uplink:wan'), ok('supplies')];
  expect(told.polled('sw', first, true)).toEqual(first);
  expect(told.polled('ap', [ok('snmp')], true)).toEqual([ok('snmp')]);
  expect(told.polled('sw', [ok('snmp')], true)).toEqual([ok('snmp'), ok('hardware'), ok('uplink:wan')]);
  expect(told.polled('sw', [ok('snmp')], true)).toEqual([ok('snmp')]);
});

test('a poll that could not read all takes back no more than an uplink', () => {
  const told = rememberTold();
  told.polled('sw', [critical('hardware'), critical('uplink:wan')], true);
  expect(told.polled('sw', [critical('snmp')], false)).toEqual([critical('snmp'), ok('uplink:wan')]);
  expect(told.polled('sw', [ok('snmp')], true)).toEqual([ok('snmp'), ok('hardware')]);
});

test('what traps raised is left to them, until the device leaves', () => {
  const told = rememberTold();
  told.note('sw', [critical('trap:linkDown:3'), critical('trap:onBattery'), critical('snmp')]);
  expect(told.polled('sw', [ok('snmp'), critical('hardware')], true)).toEqual([ok('snmp'), critical('hardware')]);
  told.note('sw', [ok('trap:onBattery')]);
  expect(told.leave('sw')).toEqual([ok('trap:linkDown:3'), ok('hardware')]);
  expect(told.leave('sw')).toEqual([]);
});
