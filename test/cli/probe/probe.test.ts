import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Invocation } from '../../../cli/command.ts';
import { command } from '../../../cli/commands/probe.ts';
import { exitCodeOf } from '../../../cli/probe/exit-code.ts';
import { addressOf, secretsOf } from '../../../cli/probe/snmp-target.ts';
import { table } from '../../../cli/probe/table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-probe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function probe(operands: string[], flags: Invocation['flags'] = {}, locale: Invocation['locale'] = 'en') {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const code = await command.run({ operands, flags, env: {}, locale, say, stop: new AbortController().signal });
  return { code, said };
}

describe('a check', () => {
  test('is run once, and what it found is printed', async () => {
    const { code, said } = await probe(['filestat', `path=${file('backup', 'x'.repeat(2000))}`, 'minBytes=1000']);
    expect(code).toBe(0);
    expect(said[0]).toMatch(/^OK {2}filestat:/);
    expect(said).toContain('Readings');
    expect(said.find((line) => line.includes('size_bytes'))).toMatch(/ 2,000$/);
  });

  test('ends with the code of its worst status, in one’s own language', async () => {
    const path = join(folder, 'missing');
    const warning = await probe(['filestat', `path=${path}`, 'severity=warning'], {}, 'fr');
    expect(warning.code).toBe(1);
    expect(warning.said[0]).toMatch(/^Avertissement {2}filestat:/);
    expect((await probe(['filestat', `path=${path}`])).code).toBe(2);
  });

  test('takes its options from a file; what is said besides goes over it', async () => {
    const backup = file('backup', 'x'.repeat(2000));
    const options = file('options.yaml', `path: ${backup}\nminBytes: 5000\n`);
    expect((await probe(['filestat'], { 'config-file': options })).code).toBe(2);
    expect((await probe(['filestat', 'minBytes=1000'], { 'config-file': options })).code).toBe(0);
  });

  test('is told as JSON', async () => {
    const { said } = await probe(['filestat', `path=${file('backup', 'x')}`, 'name=Backup'], { json: true });
    const told = JSON.parse(said.join('\n'));
    expect(told).toMatchObject({ check: 'Backup', statuses: [{ check: 'Backup', status: 'ok' }] });
    expect(told.points[0].f.size_bytes).toBe(1);
  });

  test.each([
    [[], 'vigie probe snmp HOST'],
    [['nosuch'], 'no check is called "nosuch"; there are: antivirus,'],
    [['filestat', 'path'], '"path": OPTION=VALUE is expected'],
    [['filestat', 'maxFiles=[1'], '"maxFiles=[1": OPTION=VALUE is expected'],
    [['filestat', 'minBytes=many'], '\n  minBytes: must be integer'],
    [['filestat', 'minBytes=1'], '\n  path: is missing'],
  ])('that cannot be run says why: %j', async (operands, why) => {
    await expect(probe(operands)).rejects.toMatchObject({
      name: 'Fault',
      exitCode: 3,
      message: expect.stringContaining(why),
    });
  });
});

test('the worst status tells the exit code: what failed matters more than what is not known', () => {
  expect([
    exitCodeOf([]),
    exitCodeOf(['ok', 'unknown']),
    exitCodeOf(['warning', 'unknown']),
    exitCodeOf(['critical', 'warning']),
  ]).toEqual([0, 3, 1, 2]);
});

test('columns stand one below the other', () => {
  expect(
    table(
      [
        ['a', '1'],
        ['long', '234', 'x'],
        ['b', '', 'y'],
      ],
      [1],
    ),
  ).toEqual(['a       1', 'long  234  x', 'b          y']);
});

describe('a device’s address', () => {
  test.each([
    ['switch', 'switch', 161],
    ['10.0.0.1:1161', '10.0.0.1', 1161],
    ['2001:db8::1', '2001:db8::1', 161],
    ['[2001:db8::1]:1161', '2001:db8::1', 1161],
  ])('%s', (given, host, port) => expect(addressOf(given, 'en')).toEqual({ host, port }));

  test.each(['a:b', 'a:0', 'a:70000', '[a]:1', ''])('%j is none', (given) => {
    expect(() => addressOf(given, 'en')).toThrow(`"${given}": HOST, HOST:PORT or [IPv6]:PORT is expected`);
  });
});

describe('credentials', () => {
  const secrets = (flags: Invocation['flags'], env: NodeJS.ProcessEnv = {}) =>
    secretsOf({ flags, env, locale: 'en' }, undefined);

  test('a community is said, or stands in a file or the environment', async () => {
    expect(await secrets({ community: 'public' })).toEqual({ version: '2c', community: 'public' });
    expect(await secrets({ v1: true, 'community-file': file('c', 'ours\n') })).toEqual({
      version: 1,
      community: 'ours',
    });
    expect(await secrets({}, { VIGIE_SNMP_COMMUNITY: 'theirs' })).toEqual({ version: '2c', community: 'theirs' });
  });

  test('a user’s passwords stand in files or the environment', async () => {
    const flags = { user: 'vigie', auth: 'SHA256', priv: 'aes', 'auth-password-file': file('p', 'long enough\n') };
    expect(await secrets(flags, { VIGIE_SNMP_PRIV_PASSWORD: 'longer still' })).toEqual({
      version: 3,
      user: 'vigie',
      auth: { protocol: 'sha256', password: 'long enough' },
      priv: { protocol: 'aes128', password: 'longer still' },
    });
  });

  test.each<[Invocation['flags'], string]>([
    [{}, 'Community is missing: give it in VIGIE_SNMP_COMMUNITY, or in a file with --community-file'],
    [{ v1: true, v2c: true }, 'only one of --v1, --v2c and --user'],
    [{ user: 'x', priv: 'aes' }, '--priv: SNMP does not encrypt without --auth'],
    [{ user: 'x', auth: 'sha3' }, '--auth: "sha3" is not known; there are: md5,'],
    [{ user: 'x', auth: 'sha1' }, 'give it in VIGIE_SNMP_AUTH_PASSWORD, or in a file with --auth-password-file'],
    [{ 'community-file': '/nowhere/c' }, '/nowhere/c cannot be read: ENOENT'],
  ])('%j are not enough', async (flags, why) => {
    await expect(secrets(flags)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(why) });
  });

  test('a password too short for a key is not tried, nor repeated', async () => {
    const short = secrets({ user: 'x', auth: 'sha1' }, { VIGIE_SNMP_AUTH_PASSWORD: 'sesame' });
    await expect(short).rejects.toMatchObject({
      message: 'Password for authentication: SNMP wants at least 8 characters',
    });
  });
});
