import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaveAll } from '../../../agent/snmp/leave-all.ts';
import { rememberTold, resumeTold } from '../../../agent/snmp/told-checks.ts';
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

test('it is kept as it changes, and an earlier run’s is gone on from', () => {
  const kept: unknown[] = [];
  const told = rememberTold({ sw: ['hardware', 'uplink:wan'] }, (raised) => kept.push(raised));
  expect(told.devices()).toEqual(['sw']);
  expect(told.polled('sw', [critical('hardware')], true)).toEqual([critical('hardware'), ok('uplink:wan')]);
  told.polled('sw', [critical('hardware'), ok('snmp')], true);
  told.polled('ap', [ok('snmp')], true);
  told.note('ap', [critical('trap:fan'), critical('snmp')]);
  expect(told.leave('ap', (check) => check.startsWith('trap:'))).toEqual([ok('trap:fan')]);
  told.leave('sw');
  expect(kept).toEqual([
    { sw: ['hardware'] },
    { sw: ['hardware'], ap: ['trap:fan', 'snmp'] },
    { sw: ['hardware'], ap: ['snmp'] },
    { ap: ['snmp'] },
  ]);
});

test('an agent that asks nobody any more takes back what it had raised, once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-told-'));
  const filed: unknown[] = [];
  const leave = () =>
    leaveAll(
      folder,
      () => {},
      (device, over) => filed.push([device, over]),
    );
  try {
    resumeTold(folder, () => {}).note('sw', [critical('uplink:wan')]);
    leave();
    leave();
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(filed).toEqual([['sw', [ok('uplink:wan')]]]);
});
