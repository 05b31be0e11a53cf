import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandRecord, openShelf } from '../../../agent/commands/record.ts';
import { saleIsOpen } from '../../../agent/commands/sale.ts';
import { createFakeActionContext } from '../fake-action-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-sale-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a sale is open while its file is there, and, where the till leaves it behind, while it is young', async () => {
  const file = join(folder, 'sale');
  const ctx = createFakeActionContext({ now: () => 1_800_000_000_000 });
  expect(await saleIsOpen({ file }, ctx)).toBeUndefined();
  writeFileSync(file, '');
  utimesSync(file, 1_800_000_000 - 120, 1_800_000_000 - 120);
  expect(await saleIsOpen({ file }, ctx)).toMatch(/a sale is open/);
  expect(await saleIsOpen({ file, youngerThanS: 300 }, ctx)).toMatch(/a sale is open/);
  expect(await saleIsOpen({ file, youngerThanS: 60 }, ctx)).toBeUndefined();
});

test('a file that cannot be looked at counts as a sale', async () => {
  writeFileSync(join(folder, 'file'), '');
  const hidden = join(folder, 'file', 'sale');
  expect(await saleIsOpen({ file: hidden }, createFakeActionContext())).toMatch(/cannot be told/);
});

test('the record on a real disk is read back by the next run, whole', () => {
  const reply = { v: 1 as const, id: 'aaaaaaaa-1', at: 5, state: 'done' as const };
  const first = new CommandRecord(openShelf(join(folder, 'commands')), 1);
  first.see({ id: 'aaaaaaaa-1', action: 'a', expiresAt: 10 }, 1, true);
  first.willRun('a', 2);
  const second = new CommandRecord(openShelf(join(folder, 'commands')), 3);
  expect([second.hasSeen('aaaaaaaa-1'), second.runsOf('a', 3), second.interrupted?.id]).toEqual([
    true,
    1,
    'aaaaaaaa-1',
  ]);
  second.answer(reply);
  const third = new CommandRecord(openShelf(join(folder, 'commands')), 4);
  expect([third.interrupted, third.replies()]).toEqual([undefined, [reply]]);
});
