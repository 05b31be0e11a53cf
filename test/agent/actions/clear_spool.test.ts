import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plugin } from '../../../agent/actions/clear_spool.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { createFakeActionContext, fakePrograms } from '../fake-action-context.ts';

let root: string;
let spool: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigie-spool-'));
  spool = join(root, 'spool');
  mkdirSync(spool);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const now = () => Date.now();
const ctx = (args = {}) => createFakeActionContext({ args, now });
const put = (name: string) => writeFileSync(join(spool, name), 'job');

test('files that match go, and nothing else: no other name, no folder, nothing behind a link', async () => {
  for (const name of ['1.spl', '2.SPL', 'b.spl', 'notes.txt', 'spl', 'x.spl.keep']) put(name);
  mkdirSync(join(spool, 'folder.spl'));
  writeFileSync(join(root, 'outside.spl'), 'not ours');
  symlinkSync(join(root, 'outside.spl'), join(spool, 'link.spl'));
  const action = plugin.create({ folder: spool, files: '*.spl' });
  expect(await action.look(ctx())).toEqual({ text: `${spool}: 2 job(s) waiting`, isGood: false });
  expect(await action.act(ctx())).toBe('1.spl\nb.spl');
  expect(readdirSync(spool).sort()).toEqual(['2.SPL', 'folder.spl', 'link.spl', 'notes.txt', 'spl', 'x.spl.keep']);
  expect(existsSync(join(root, 'outside.spl'))).toBe(true);
  expect(await action.look(ctx())).toMatchObject({ isGood: true });
});

test('a job that is coming in is left alone', async () => {
  put('old.spl');
  put('new.spl');
  const then = Date.now() / 1000 - 120;
  utimesSync(join(spool, 'old.spl'), then, then);
  const action = plugin.create({ folder: spool, files: '*.spl', olderThanS: 60 });
  expect(await action.act(ctx())).toBe('old.spl');
  expect(readdirSync(spool)).toEqual(['new.spl']);
});

test('a link in the place of the folder is not followed, and a path must be whole', async () => {
  put('1.spl');
  symlinkSync(spool, join(root, 'link'));
  await expect(plugin.create({ folder: join(root, 'link'), files: '*' }).act(ctx())).rejects.toThrow('is not a folder');
  await expect(plugin.create({ folder: 'spool', files: '*' }).act(ctx())).rejects.toThrow('not a full path');
  expect(readdirSync(spool)).toEqual(['1.spl']);
});

test('signs that mean something elsewhere are plain letters in a pattern, and a pattern leads nowhere else', async () => {
  for (const name of ['a+b.spl', 'aab.spl', 'a(1).spl']) put(name);
  expect(await plugin.create({ folder: spool, files: 'a+b.spl' }).act(ctx())).toBe('a+b.spl');
  expect(await plugin.create({ folder: spool, files: 'a(?).spl' }).act(ctx())).toBe('a(1).spl');
  for (const files of ['../*', 'sub/*.spl', '..\\*']) {
    expect(listFaults(plugin.options, { folder: spool, files })).not.toEqual([]);
  }
  expect(listFaults(plugin.options, { folder: spool })).not.toEqual([]);
});

test('a queue of CUPS is cleared by its own name', async () => {
  const { exec, calls } = fakePrograms({
    'lpstat -o': [{ stdout: 'tickets-12 pos 1024\ntickets-13 pos 1024\n' }, { stdout: '' }],
    'cancel -a': [{}],
  });
  const context = createFakeActionContext({ exec, args: { queue: 'tickets' } });
  const action = plugin.create({ queues: ['tickets', 'labels'] });
  expect(await action.look(context)).toEqual({ text: 'tickets: 2 job(s) waiting', isGood: false });
  await action.act(context);
  expect(await action.look(context)).toEqual({ text: 'tickets: 0 job(s) waiting', isGood: true });
  expect(calls).toEqual(['lpstat -o tickets', 'cancel -a tickets', 'lpstat -o tickets']);
  expect(plugin.choices?.({ queues: ['tickets', 'labels'] })).toEqual({ queue: ['tickets', 'labels'] });
});
