import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';
import { giveToNobody } from '../support/without-privilege.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let running: VigieProcess | undefined;
let taken: Server | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-cli-'));
});
afterEach(async () => {
  await running?.end('SIGKILL');
  running = undefined;
  taken?.close();
  taken = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Runs to the end. */
async function run(args: string[], env: Record<string, string> = {}) {
  running = runVigie(args, env);
  const code = await running.end('SIGCONT');
  return { code, output: running.output() };
}

async function takePort(): Promise<number> {
  taken = createServer();
  await new Promise<void>((resolve) => taken?.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function startServer(env: Record<string, string> = {}): Promise<string> {
  const ports = [`--http-port=${await freePort()}`, `--mqtt-port=${await freePort()}`];
  running = runVigie(['server', `--data-dir=${folder}`, ...ports], env);
  const [, url] = await running.says(/Open (\S+)/);
  await running.says(/Ctrl-C/);
  return url as string;
}

test('npx vigie --help, with the Node that npm ci brings', async () => {
  const { stdout } = await promisify(execFile)('npx', ['vigie', '--help'], {
    cwd: ROOT,
    env: { ...process.env, VIGIE_LANG: 'en' },
  });
  for (const name of ['start', 'demo', 'server', 'agent', 'import']) expect(stdout).toContain(`\n  ${name} `);
});

test('help is there in both languages, and a wrong word is answered in one line', async () => {
  expect((await run(['start', '--help', '--lang=fr'])).output).toContain('surveille cette machine');
  expect((await run(['start', '--help', '--lang=en'])).output).toContain('watches this machine');
  const { code, output } = await run(['strat']);
  expect(code).toBe(2);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect((await run(['start', '--no-such-flag'])).code).toBe(1);
});

test('too old a Node: one clear line, and a non-zero exit', async () => {
  const pretend = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.1.0"})';
  const old = promisify(execFile)(process.execPath, ['--import', pretend, 'cli/vigie.mjs', 'start'], {
    cwd: ROOT,
    env: { ...process.env, LC_ALL: 'C' },
  });
  await expect(old).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^vigie: Node 24 or newer is needed, this is 20\.1\.0\.[^\n]*\n$/),
  });
});

test.each([
  ['HTTP', '--http-port', '--mqtt-port'],
  ['MQTT', '--mqtt-port', '--http-port'],
])('a taken %s port: one clear line, and a non-zero exit', async (what, flag, other) => {
  const port = await takePort();
  const { code, output } = await run([
    'server',
    `--data-dir=${folder}`,
    `${flag}=${port}`,
    `${other}=${await freePort()}`,
  ]);
  expect(code).toBe(1);
  expect(output).toBe(
    `vigie: ${what} port ${port} on 127.0.0.1 is taken by another program; choose another with ${flag}\n`,
  );
});

test('a data folder that cannot be written: one clear line, and a non-zero exit', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const { code, output } = await run(['server', `--data-dir=${file}/data`]);
  expect(code).toBe(1);
  expect(output).toMatch(/^vigie: the data folder \S+ cannot be written: [^\n]+\n$/);
});

test('a store that is no database: one clear line that names it', async () => {
  writeFileSync(join(folder, 'state.sqlite'), 'a shopping list '.repeat(200));
  const { code, output } = await run(['server', `--data-dir=${folder}`, '--http-port=0', '--mqtt-port=0']);
  expect(code).toBe(1);
  expect(output).toMatch(/^vigie: [^\n]*state\.sqlite[^\n]*not a database[^\n]*\n$/);
});

test.each([
  ['a word for a port', ['--http-port=many'], /--http-port: "many" is not a port/],
  ['a configuration that is not there', ['--config=nowhere.yaml'], /nowhere\.yaml cannot be read/],
])('%s: one clear line', async (_, args, line) => {
  const { code, output } = await run(['server', `--data-dir=${folder}`, ...args]);
  expect(code).toBe(1);
  expect(output).toMatch(line);
  expect(output.trim().split('\n')).toHaveLength(1);
});

test('a configuration with a wrong key: its path and what was expected, and nothing started', async () => {
  const file = join(folder, 'vigie.yaml');
  writeFileSync(file, 'http:\n  prot: 80\ndesks:\n  main: { type: fax, url: x }\n');
  const { code, output } = await run(['server', `--data-dir=${folder}`, `--config=${file}`]);
  expect(code).toBe(1);
  expect(output).toMatch(/\/http/);
  expect(output).toMatch(/\/desks\/main/);
});

test('a second server on the same folder is told who holds it', async () => {
  await startServer();
  const first = running as VigieProcess;
  const { code, output } = await run(['server', `--data-dir=${folder}`, '--http-port=0', '--mqtt-port=0']);
  expect(code).toBe(1);
  expect(output).toContain(`in use by process ${first.pid}`);
  running = first;
});

test('the first token is made once, for its owner only, is never printed, and imports an inventory', async () => {
  const url = await startServer();
  const file = join(folder, 'admin-token');
  const token = readFileSync(file, 'utf8').trim();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((running as VigieProcess).output()).not.toContain(token);
  const server = running as VigieProcess;

  const sample = join(ROOT, 'deploy/samples/inventory.yaml');
  const imported = await run(['import', sample, `--url=${url}`, `--data-dir=${folder}`]);
  expect(imported.output).toMatch(/^Imported: 1 chain\(s\), [1-9]\d* store\(s\), [1-9]\d* device\(s\)\.\n$/);
  const { chains } = (await (await fetch(`${url}/api/v1/inventory`)).json()) as { chains: { stores: unknown[] }[] };
  expect(chains).toHaveLength(1);

  const bad = join(folder, 'bad.yaml');
  writeFileSync(
    bad,
    'chains:\n  - name: c\n    title: C\n    stores:\n      - { name: s, title: S, timeZone: Mars/Olympus, devices: [] }\n',
  );
  const refused = await run(['import', bad, `--url=${url}`, `--data-dir=${folder}`]);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/Mars\/Olympus/);

  expect((await run(['import', sample, `--url=${url}`, `--data-dir=${tmpdir()}/nowhere`])).output).toMatch(
    /a token is needed/,
  );
  expect(await server.end('SIGTERM')).toBe(0);
});

test('an agent whose folder cannot be written, and one with a wrong configuration, say so', async () => {
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  writeFileSync(join(locked, 'agent'), '');
  giveToNobody(locked);
  chmodSync(locked, 0o500);
  const named = ['--server=mqtt://127.0.0.1:1', '--chain=c', '--store=s', '--device=d'];
  const { code, output } = await run(['agent', ...named, `--data-dir=${locked}/agent/data`]);
  expect(code).toBe(1);
  expect(output).toMatch(/^vigie: the data folder \S+ cannot be written: [^\n]+\n$/);
  const wrong = await run(['agent', '--server=http://x', '--chain=c', '--store=s', '--device=d']);
  expect(wrong.code).toBe(1);
  expect(wrong.output).toMatch(/server/);
});
