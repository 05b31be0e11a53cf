import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, type StatsFs, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { install, needRoom } from '../../../agent/update/install.ts';
import { filesOf } from '../../../agent/update/installation.ts';
import { hashFile, type ReleaseFile } from '../../../agent/update/release-file.ts';

const PROGRAM = Buffer.from('a program');
const signed = { v: 1 as const, body: '{}', sig: `${'A'.repeat(86)}==` };
let folder: string;
let packed: string;
let release: ReleaseFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-install-'));
  packed = join(folder, 'incoming-x.zst');
  writeFileSync(packed, PROGRAM);
  release = { version: '1.1.0', sha256: hashFile(packed), size: PROGRAM.length, packed: 1, downgrade: false };
  writeFileSync(packed, zstdCompressSync(PROGRAM));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was signed is unpacked to where the launcher looks', async () => {
  expect(await install(packed, { folder, release, signed })).toBe(true);
  expect(readFileSync(filesOf(folder, '1.1.0').program)).toEqual(PROGRAM);
  expect(existsSync(packed)).toBe(false);
});

test('nothing of another file is kept', async () => {
  const other = { ...release, sha256: 'a'.repeat(64) };
  expect(await install(packed, { folder, release: other, signed })).toBe(false);
  expect(existsSync(join(folder, '1.1.0'))).toBe(false);
});

test('a disk that refuses half-way is left as it was', async () => {
  const { program } = filesOf(folder, '1.1.0');
  mkdirSync(program, { recursive: true });
  await expect(install(packed, { folder, release, signed })).rejects.toThrow('EISDIR');
  expect(existsSync(dirname(program))).toBe(false);
});

test('a release needs room for itself, packed and unpacked, and a reserve for the till', () => {
  const disk = (free: number) => (() => ({ bavail: free / 4096, bsize: 4096 }) as StatsFs) as never;
  const asked: ReleaseFile = { ...release, size: 100_000_000, packed: 30_000_000 };
  expect(() => needRoom(folder, asked, disk(398_435_456))).not.toThrow();
  expect(() => needRoom(folder, asked, disk(398_435_455))).toThrow(/398435455 bytes free, 398435456 are needed/);
});
