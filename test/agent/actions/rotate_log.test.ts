import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plugin } from '../../../agent/actions/rotate_log.ts';
import { createFakeActionContext } from '../fake-action-context.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-log-'));
  log = join(folder, 'pos.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rotate = (options: object = {}, file = log) =>
  plugin.create({ files: [file], ...options }).act(createFakeActionContext({ args: { file } }));
const kept = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('the log is put aside, earlier ones move on, and no more are kept than asked', async () => {
  for (const day of ['one', 'two', 'three', 'four']) {
    writeFileSync(log, day);
    await rotate({ keep: 2 });
  }
  expect(kept()).toEqual({ 'pos.log.1': 'four', 'pos.log.2': 'three' });
});

test('in place: the program goes on writing to the file it has open', async () => {
  writeFileSync(log, 'one');
  const { ino } = statSync(log);
  await rotate({ inPlace: true });
  expect(kept()).toEqual({ 'pos.log': '', 'pos.log.1': 'one' });
  expect(statSync(log).ino).toBe(ino);
});

test('of a log that is too large its end is kept', async () => {
  writeFileSync(log, `${'x'.repeat(5000)}the end`);
  await rotate({ maxBytes: 1024 });
  const { 'pos.log.1': end = '', ...rest } = kept();
  expect(rest).toEqual({});
  expect(end).toHaveLength(1024);
  expect(end).toMatch(/x+the end$/);
});

test('keep 0 throws the log away; an empty one is left as it is', async () => {
  writeFileSync(log, 'one');
  await rotate({ keep: 0 });
  expect(kept()).toEqual({});
  writeFileSync(log, '');
  expect(await rotate()).toMatch(/nothing to do/);
  expect(kept()).toEqual({ 'pos.log': '' });
});

test('links are not followed, neither the log nor what stands beside it', async () => {
  const other = join(folder, 'other');
  writeFileSync(other, 'not ours');
  symlinkSync(other, log);
  await expect(rotate({ inPlace: true })).rejects.toThrow('not a plain file');
  rmSync(log);
  writeFileSync(log, 'one');
  symlinkSync(other, `${log}.1`);
  await expect(rotate({ inPlace: true })).rejects.toThrow('not a plain file');
  await rotate({ keep: 1, inPlace: true });
  expect(readFileSync(other, 'utf8')).toBe('not ours');
  expect(readFileSync(`${log}.1`, 'utf8')).toBe('one');
});

test('what is not there, and what is no full path, is said', async () => {
  await expect(rotate()).rejects.toThrow('is not there');
  await expect(rotate({}, 'pos.log')).rejects.toThrow('not a full path');
});

test('before and after tell the sizes', async () => {
  writeFileSync(log, 'four');
  const ctx = createFakeActionContext({ args: { file: log } });
  const action = plugin.create({ files: [log] });
  expect((await action.look(ctx)).text).toBe(`${log}: 4 bytes, 0 kept (0 bytes)`);
  await action.act(ctx);
  expect((await action.look(ctx)).text).toBe(`${log}: not there, 1 kept (4 bytes)`);
});
