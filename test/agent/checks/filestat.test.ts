import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/filestat.ts';
import { createFakeContext } from '../fake-context.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

type Files = Record<string, { size: number; ageMs: number; isFile?: boolean }>;
const outside = (found: Files, more = {}) =>
  createFakeContext({
    files: Object.fromEntries(Object.keys(found).map((path) => [path, ''])),
    stat: async (path) => {
      const file = found[path];
      if (!file) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return { size: file.size, mtimeMs: NOW - file.ageMs, ino: 1, isFile: file.isFile ?? true };
    },
    ...more,
  });
const backups: Files = {
  '/srv/b/monday.tar.gz': { size: 900, ageMs: 26 * HOUR },
  '/srv/b/tuesday.tar.gz': { size: 1000, ageMs: 2 * HOUR },
  '/srv/b/.hidden.tar.gz': { size: 1, ageMs: 0 },
  '/srv/b/notes.txt': { size: 5, ageMs: 0 },
  '/srv/b/folder.tar.gz': { size: 5, ageMs: 0, isFile: false },
};

test('the newest of those that match', async () => {
  const { points, statuses } = await plugin.create({ path: '/srv/b/*.tar.gz', maxAgeS: 86_400 })(outside(backups));
  expect(points).toEqual([
    {
      m: 'filestat',
      t: { file: '/srv/b/*.tar.gz' },
      f: { exists: 1, files: 2, size_bytes: 1000, age_seconds: 7200 },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  [{ maxAgeS: 3600 }, 'written 2 h ago, 60 min at most'],
  [{ minBytes: 1001 }, '1000 bytes, 1001 at least'],
  [{ maxBytes: 999 }, '1000 bytes, 999 at most'],
  [{ minFiles: 3 }, '2 file(s), 3 expected'],
  [{ maxFiles: 1, maxAgeS: 60 }, '2 files, 1 allowed, written 2 h ago, 60 s at most'],
])('%j is missed', async (limits, text) => {
  const run = plugin.create({ path: '/srv/b/*.tar.gz', ...limits });
  expect((await run(outside(backups))).statuses).toEqual([
    { check: 'the-check', status: 'critical', text: `/srv/b/*.tar.gz: ${text}.` },
  ]);
});

test('a missing file is told in the severity that was chosen; an empty folder may be what is wanted', async () => {
  const { points, statuses } = await plugin.create({ path: '/srv/price.xml', severity: 'warning' })(outside({}));
  expect(points[0]?.f).toEqual({ exists: 0, files: 0 });
  expect(statuses).toEqual([{ check: 'the-check', status: 'warning', text: '/srv/price.xml: not there.' }]);
  const drop = plugin.create({ path: '/srv/drop/*', minFiles: 0, maxFiles: 10 });
  expect((await drop(outside({}))).statuses[0]?.status).toBe('ok');
});

test('a file written in the future is fresh', async () => {
  const run = plugin.create({ path: '/srv/a', maxAgeS: 1 });
  expect((await run(outside({ '/srv/a': { size: 1, ageMs: -HOUR } }))).points[0]?.f.age_seconds).toBe(0);
});

test('special characters of a pattern stand for themselves; Windows knows no case', async () => {
  const files: Files = {
    'C:\\pos\\Out\\Sales(1).XML': { size: 1, ageMs: 0 },
    'C:\\pos\\Out\\sales1.xml': { size: 2, ageMs: 0 },
  };
  const ctx = outside(files, { platform: 'win32', listDir: async () => ['Sales(1).XML', 'sales1.xml'] });
  expect((await plugin.create({ path: 'C:\\pos\\Out\\sales(*).xml' })(ctx)).points[0]?.f).toMatchObject({ files: 1 });
});

test('a folder that may not be read, and too many files, are no verdict', async () => {
  const listDir = async () => {
    throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
  };
  await expect(plugin.create({ path: '/srv/b/*' })(outside({}, { listDir }))).rejects.toThrow('EACCES');
  const many = async () => Array.from({ length: 2001 }, (_, index) => `f${index}`);
  await expect(plugin.create({ path: '/srv/b/*' })(outside({}, { listDir: many }))).rejects.toThrow('2001 files match');
});
