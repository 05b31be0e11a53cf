import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOnCall } from '../../cli/server/on-call.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { RotaError } from '../../dashboard/ports/on-call.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const duty = (who: string) =>
  `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:${who}\nDTSTART:20261123T080000\nDTEND:20261123T200000\nEND:VEVENT\nEND:VCALENDAR`;

let state: StateStore;
beforeEach(() => {
  state = openSqliteStateStore(':memory:', { now: () => NOW });
});
afterEach(() => state.close());
const open = () => createOnCall({ state, isShared: false, onTrouble: () => {}, now: () => NOW });

test('a calendar says who is on call, from its import on and after a restart', async () => {
  const { port, whoIsOn } = await open();
  expect(whoIsOn('network', NOW)).toBeUndefined();
  await port.put('network', duty('Inès'), 'Europe/Paris', 'ana');
  expect(whoIsOn('network', NOW)).toBe('Inès');
  expect(port.list()).toMatchObject([
    { name: 'network', by: 'ana', at: NOW, now: { who: 'Inès', from: NOW - 7_200_000 } },
  ]);
  await port.put('network', duty('Karim'), 'UTC', 'ana');
  const again = await open();
  expect(again.whoIsOn('network', NOW)).toBe('Karim');
  expect(again.whoIsOn('network', NOW - 2 * 3_600_000)).toBeUndefined();
  expect(await again.port.remove('network', 'ana')).toBe(true);
  expect([again.port.list(), await again.port.remove('network', 'ana')]).toEqual([[], false]);
  expect((await state.auditLog(5)).map(({ action }) => action)).toEqual([
    ...['on-call.removed', 'on-call.imported', 'on-call.imported'],
  ]);
});

test('what cannot be read is refused, and changes nothing; what cannot be read any more stops nobody', async () => {
  const { port, whoIsOn } = await open();
  await port.put('network', duty('Inès'), 'UTC', 'ana');
  await expect(port.put('network', 'BEGIN:VCALENDAR\nx', 'UTC', 'ana')).rejects.toThrow(RotaError);
  await expect(port.put('network', duty('Max'), 'Mars/Base', 'ana')).rejects.toThrow('Mars/Base is no time zone');
  expect(whoIsOn('network', NOW)).toBe('Inès');
  await state.onCall.put({ name: 'old', calendar: 'x', timeZone: 'UTC', at: 1, by: 'ana' });
  const again = await open();
  expect(again.whoIsOn('old', NOW)).toBeUndefined();
  expect(again.whoIsOn('network', NOW)).toBe('Inès');
  expect(again.port.list().map(({ name }) => name)).toEqual(['network', 'old']);
});
