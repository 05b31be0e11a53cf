import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followRevocations, type Revocations } from '../../../agent/gateway/revocations.ts';
import { filesOf } from '../../../agent/identity/folder.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';

let folder: string;
let clock: FakeClock;
/** What the server answers; undefined: nothing, the line is cut. */
let answer: string | undefined;
let asked: string[];
let changes: number;
let said: string[];
const open: Revocations[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-revoked-'));
  const files = filesOf(folder);
  mkdirSync(files.folder);
  const identity = { v: 1, chain: 'c', store: 's', device: 'gw', kind: 'gateway' };
  const where = { mqtt: 'mqtts://vigie.example:8883', https: 'https://vigie.example:8443' };
  writeFileSync(files.identity, JSON.stringify({ ...identity, ...where }));
  for (const file of [files.key, files.certificate, files.authority]) writeFileSync(file, 'PEM');
  clock = createFakeClock();
  answer = list('0a');
  asked = [];
  changes = 0;
  said = [];
});
afterEach(() => {
  for (const each of open.splice(0)) each.stop();
  rmSync(folder, { recursive: true, force: true });
});

const list = (...revoked: string[]) => JSON.stringify({ revoked });

function follow(): Revocations {
  const revocations = followRevocations({
    dataDir: folder,
    folder: join(folder, 'gateway'),
    clock,
    log: (level, message) => said.push(`${level} ${message}`),
    onChange: () => changes++,
    async ask({ server, path }) {
      asked.push(`${server}${path}`);
      if (answer === undefined) throw new Error('ENETUNREACH');
      return { status: 200, body: Buffer.from(answer) };
    },
  });
  open.push(revocations);
  return revocations;
}

test('it asks when it is connected and every ten minutes; what it was told holds over a restart', async () => {
  const revocations = follow();
  await clock.advance(600_000);
  expect(asked).toEqual([]);
  revocations.look();
  await clock.advance(0);
  expect(asked).toEqual(['https://vigie.example:8443/v1/revoked']);
  expect([revocations.has('0a'), revocations.has('0b'), changes]).toEqual([true, false, 1]);
  answer = list('0b');
  await clock.advance(599_000);
  expect(asked).toHaveLength(1);
  await clock.advance(1_000);
  expect([revocations.has('0a'), revocations.has('0b'), changes]).toEqual([false, true, 2]);
  await clock.advance(600_000);
  expect([asked.length, changes]).toEqual([3, 2]);
  revocations.stop();
  expect(follow().has('0b')).toBe(true);
});

test('while the line is cut the last list holds, it asks again each minute, and says so once', async () => {
  const revocations = follow();
  revocations.look();
  await clock.advance(0);
  answer = undefined;
  await clock.advance(600_000);
  await clock.advance(120_000);
  expect([asked.length, revocations.has('0a')]).toEqual([4, true]);
  expect(said).toEqual([
    'warn what is revoked in this store cannot be asked',
    'debug what is revoked in this store cannot be asked',
    'debug what is revoked in this store cannot be asked',
  ]);
});

test('an answer that is none of ours changes nothing, and reasons to ask are bundled', async () => {
  const revocations = follow();
  revocations.look();
  await clock.advance(0);
  answer = '{"revoked":["<html>"]}';
  for (let n = 0; n < 5; n++) revocations.look();
  await clock.advance(14_000);
  expect(asked).toHaveLength(1);
  for (let n = 0; n < 5; n++) revocations.look();
  await clock.advance(1_000);
  expect([asked.length, revocations.has('0a'), changes]).toEqual([2, true, 1]);
});
