import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesOf } from '../../../agent/update/installation.ts';
import { readLaunchState, writeLaunchState } from '../../../agent/update/launch-state.ts';
import { chooseProgram } from '../../../agent/update/launcher.ts';
import { mayReplace, ownPlatform, readRelease } from '../../../agent/update/release-file.ts';
import { makeReleaseKey, signRelease } from '../../../cli/sign-release.ts';
import { compareVersions, type Platform, type Release } from '../../../protocol/releases.ts';

const { secretKey, publicKey } = makeReleaseKey(undefined);
const signer = signRelease(secretKey, undefined);
const PROGRAM = 'a program';
const release = (version: string, contents = PROGRAM, platform: Platform = ownPlatform()): Release => {
  const sha256 = createHash('sha256').update(contents).digest('hex');
  return { v: 1, version, at: 1, files: [{ platform, sha256, size: contents.length, packed: 1 }] };
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-launcher-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(version: string, signed: object, contents = PROGRAM): void {
  const files = filesOf(folder, version);
  mkdirSync(dirname(files.program), { recursive: true });
  writeFileSync(files.program, contents);
  writeFileSync(files.release, JSON.stringify(signed));
}
const choose = () => chooseProgram({ folder, publicKey, packaged: '1.0.0' });
const wanted = (version: string) =>
  writeLaunchState(folder, { confirmed: { version, packaged: '1.0.0' }, refused: [] });

test('a confirmed version that proves itself is run', () => {
  put('1.1.0', signer.sign(release('1.1.0')));
  wanted('1.1.0');
  expect(choose()).toBe(filesOf(folder, '1.1.0').program);
});

test('a version under trial is counted on disk before it runs', () => {
  put('1.1.0', signer.sign(release('1.1.0')));
  writeLaunchState(folder, { trial: { version: '1.1.0', attempt: 1, starts: 1 }, refused: [] });
  expect(choose()).toBe(filesOf(folder, '1.1.0').program);
  expect(readLaunchState(folder).trial?.starts).toBe(2);
});

test.each([
  ['another program', () => put('1.1.0', signer.sign(release('1.1.0')), 'another')],
  ['another version’s signature', () => put('1.1.0', signer.sign(release('1.2.0')))],
  ['another key', () => put('1.1.0', signRelease(makeReleaseKey('x').secretKey, 'x').sign(release('1.1.0')))],
  [
    'a signature over another text',
    () => put('1.1.0', { ...signer.sign(release('1.1.0')), body: JSON.stringify(release('1.1.0', 'x')) }, 'x'),
  ],
  ['another platform', () => put('1.1.0', signer.sign(release('1.1.0', PROGRAM, 'win32-x64')))],
  ['nothing', () => {}],
])('%s is not run, and forgotten', (_what, prepare) => {
  prepare();
  wanted('1.1.0');
  expect(choose()).toBeUndefined();
  expect(readLaunchState(folder)).toEqual({ refused: [] });
});

test('a state that cannot be read is none', () => {
  writeFileSync(join(folder, 'state.json'), '{"confirmed":');
  expect(choose()).toBeUndefined();
});

test('a release says why it is not taken', () => {
  const read = (signed: ReturnType<typeof signer.sign>) => readRelease(signed, { publicKey, platform: 'linux-x64' });
  expect(read(signer.sign(release('1.1.0', PROGRAM, 'win32-x64')))).toEqual({ fault: 'platform' });
  expect(read({ ...signer.sign(release('1.1.0')), body: '{}' })).toEqual({ fault: 'signature' });
  const file = { version: '1.1.0', sha256: '', size: 1, packed: 1, downgrade: false };
  expect([mayReplace(file, '1.0.9'), mayReplace(file, '1.1.0'), mayReplace(file, '1.2.0')]).toEqual([
    true,
    false,
    false,
  ]);
  const down = { ...file, downgrade: true };
  expect([mayReplace(down, '1.2.0'), mayReplace(down, '1.1.0')]).toEqual([true, false]);
});

test('versions are compared as numbers, and what comes before a version is older', () => {
  const sorted = ['0.9.0', '1.0.0-rc.2', '1.0.0-rc.10', '1.0.0', '1.2.0', '1.10.0'];
  expect(sorted.toReversed().sort(compareVersions)).toEqual(sorted);
});
