import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLaunchState, writeLaunchState } from '../../../agent/update/launch-state.ts';
import { ownPlatform } from '../../../agent/update/release-file.ts';
import { startUpdater, type UpdaterOptions } from '../../../agent/update/updater.ts';
import { makeReleaseKey, signRelease } from '../../../cli/sign-release.ts';
import type { WantedRelease } from '../../../protocol/releases.ts';
import { createFakeClock } from '../fake-clock.ts';

const { secretKey, publicKey } = makeReleaseKey(undefined);
const signer = signRelease(secretKey, undefined);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-updater-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const wanted = (version: string, more: Partial<WantedRelease> = {}) => {
  const files = [{ platform: ownPlatform(), sha256: 'a'.repeat(64), size: 2, packed: 1 }];
  const signed = signer.sign({ v: 1, version, at: 1, files });
  const release: WantedRelease = { signed, attempt: 1, spreadS: 600, bytesPerSecond: 1024, until: 1e15, ...more };
  return Buffer.from(JSON.stringify(release));
};

function rig(given: Partial<UpdaterOptions> = {}) {
  const clock = createFakeClock();
  const said: string[] = [];
  const updater = startUpdater({
    installation: { folder, publicKey, packaged: '1.0.0' },
    version: '1.0.0',
    dataDir: folder,
    intervalMs: 10_000,
    clock,
    chance: () => 0.5,
    log: (_level, message) => said.push(message),
    isSelling: async () => false,
    onChange: () => said.push('changed'),
    onConfirmed: () => said.push('ready'),
    restart: () => said.push('restart'),
    fetchFile: async () => {},
    unpack: async () => true,
    checkRoom: () => {},
    ...given,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, said, updater, settle };
}

test('downloads are spread, and a proven version is tried', async () => {
  const { clock, said, updater, settle } = rig();
  updater.hear(wanted('1.1.0'));
  await clock.advance(299_000);
  expect(said).toEqual([]);
  await clock.advance(1000);
  await settle();
  expect(said.at(-1)).toBe('restart');
  expect(readLaunchState(folder).trial).toEqual({ version: '1.1.0', attempt: 1, starts: 0 });
});

test('an open sale is waited for, and what the store’s opening has overtaken is not started', async () => {
  let isSelling = true;
  const { clock, said, updater, settle } = rig({ isSelling: async () => isSelling });
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  await clock.advance(0);
  await settle();
  expect(said).not.toContain('restart');
  isSelling = false;
  await clock.advance(30_000);
  await settle();
  expect(said).toContain('restart');

  const late = rig();
  late.updater.hear(wanted('1.2.0', { spreadS: 0, until: late.clock.now() }));
  await late.clock.advance(0);
  await late.settle();
  expect(late.said).not.toContain('restart');
});

test('an older version, another key’s, and what was refused before are not downloaded', async () => {
  writeLaunchState(folder, { refused: [{ version: '1.1.0', attempt: 1, reason: 'beats' }] });
  let asked = 0;
  const { clock, updater } = rig({
    fetchFile: async () => {
      asked += 1;
    },
  });
  updater.hear(wanted('0.9.0', { spreadS: 0 }));
  await clock.advance(1000);
  expect(updater.state().refused).toEqual({ version: '0.9.0', attempt: 1, reason: 'older' });
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  const body = wanted('1.1.0').toString().replace('1.1.0', '1.3.0');
  updater.hear(Buffer.from(body));
  updater.hear(Buffer.from('not a message'));
  await clock.advance(1_000_000);
  expect(asked).toBe(0);
  updater.hear(wanted('1.1.0', { attempt: 2, spreadS: 0 }));
  await clock.advance(0);
  expect(asked).toBe(1);
});

test('what is taken back is not downloaded', async () => {
  const { clock, said, updater } = rig();
  updater.hear(wanted('1.1.0'));
  updater.hear(new Uint8Array());
  await clock.advance(1_000_000);
  expect(said).toEqual([]);
});

test('what did not arrive is asked for again, after longer and longer pauses', async () => {
  let asked = 0;
  const { clock, updater, settle } = rig({
    fetchFile: async () => {
      asked += 1;
      throw new Error('cut');
    },
  });
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  await clock.advance(0);
  await settle();
  await clock.advance(90_000);
  await settle();
  expect(asked).toBe(2);
  await clock.advance(90_000);
  await settle();
  expect(asked).toBe(2);
  await clock.advance(90_000);
  await settle();
  expect(asked).toBe(3);
});

test('a file that is not what was signed is refused and said', async () => {
  const { clock, said, updater, settle } = rig({ unpack: async () => false });
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  await clock.advance(0);
  await settle();
  expect(said).toContain('changed');
  expect(updater.state().refused).toEqual({ version: '1.1.0', attempt: 1, reason: 'file' });
});

test('a version under trial stays after three reports', async () => {
  writeLaunchState(folder, { trial: { version: '1.1.0', attempt: 1, starts: 1 }, refused: [] });
  const { said, updater } = rig({ version: '1.1.0' });
  expect(updater.isOnTrial).toBe(true);
  updater.delivered();
  updater.delivered();
  expect(said).toEqual([]);
  updater.delivered();
  expect(said).toEqual(['the new version stays', 'changed', 'ready']);
  expect(updater.isOnTrial).toBe(false);
  expect(readLaunchState(folder)).toEqual({ confirmed: { version: '1.1.0', packaged: '1.0.0' }, refused: [] });
});

test('a version under trial whose reports do not arrive goes back by itself', async () => {
  writeLaunchState(folder, { trial: { version: '1.1.0', attempt: 1, starts: 1 }, refused: [] });
  const { clock, said } = rig({ version: '1.1.0' });
  await clock.advance(599_000);
  expect(said).toEqual([]);
  await clock.advance(1000);
  expect(said.at(-1)).toBe('restart');
  expect(readLaunchState(folder).refused).toEqual([{ version: '1.1.0', attempt: 1, reason: 'beats' }]);
});

test('a version that is to be tried is said before the restart', async () => {
  const { clock, said, updater, settle } = rig({ onChange: () => said.push(`trying ${updater.state().trying}`) });
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  await clock.advance(0);
  await settle();
  expect(said.slice(-2)).toEqual(['trying 1.1.0', 'restart']);
});

test('what came of another release is not gone on from, and goes', async () => {
  const to: string[] = [];
  const { clock, updater, settle } = rig({
    fetchFile: async (asked) => {
      to.push(asked.to);
      writeFileSync(asked.to, 'half');
      throw new Error('cut');
    },
  });
  for (const [version, sha256] of [
    ['1.1.0', 'a'.repeat(64)],
    ['1.2.0', 'b'.repeat(64)],
  ] as const) {
    const files = [{ platform: ownPlatform(), sha256, size: 2, packed: 1 }];
    const signed = signer.sign({ v: 1, version, at: 1, files });
    updater.hear(wanted(version, { spreadS: 0, signed }));
    await clock.advance(0);
    await settle();
  }
  expect(new Set(to).size).toBe(2);
  expect(to.map((path) => existsSync(path))).toEqual([false, true]);
});

test('nothing is downloaded to a disk without room for it, and nothing of it stays there; it is tried again', async () => {
  let isFull = true;
  let asked = 0;
  const { clock, updater, settle } = rig({
    checkRoom() {
      if (isFull) throw new Error('full');
    },
    fetchFile: async () => {
      asked += 1;
    },
  });
  writeFileSync(join(folder, `incoming-${'a'.repeat(64)}.zst`), 'half');
  mkdirSync(join(folder, '0.8.0'));
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  await clock.advance(0);
  await settle();
  expect(asked).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  isFull = false;
  await clock.advance(90_000);
  await settle();
  expect(asked).toBe(1);
});

test('a disk that refuses to remember neither ends the agent nor decides: it is asked again', async () => {
  const refused = join(folder, 'state.json.new');
  const { clock, said, updater, settle } = rig({
    unpack: async () => {
      mkdirSync(refused);
      return true;
    },
  });
  updater.hear(wanted('1.1.0', { spreadS: 0 }));
  await clock.advance(0);
  await settle();
  expect(said).not.toContain('restart');
  rmSync(refused, { recursive: true });
  await clock.advance(30_000);
  await settle();
  expect(said).toContain('restart');

  const trial = rig({ version: '1.1.0' });
  mkdirSync(refused);
  await trial.clock.advance(600_000);
  expect(trial.said).not.toContain('restart');
  for (let i = 0; i < 3; i++) trial.updater.delivered();
  expect(trial.updater.isOnTrial).toBe(true);
  rmSync(refused, { recursive: true });
  trial.updater.delivered();
  expect(trial.updater.isOnTrial).toBe(false);
  await trial.clock.advance(600_000);
  expect(trial.said).not.toContain('restart');
});
