import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultChecks, parseAgentConfig, validateAgentConfig } from '../../agent/config.ts';
import { ConfigError } from '../../agent/config-faults.ts';

const least = {
  chain: 'demo',
  store: 'lyon',
  device: 'till-1',
  server: 'mqtt://127.0.0.1:1883',
  dataDir: '/var/lib/vigie',
};
const faultsOf = async (value: unknown): Promise<readonly string[]> => {
  const error = await validateAgentConfig(value, 'agent.yaml').catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error('no fault was found');
  return error.faults;
};

test('the least there is takes every default', async () => {
  const config = await validateAgentConfig(least, 'agent.yaml');
  expect(config).toMatchObject({
    server: { host: '127.0.0.1', port: 1883 },
    intervalS: 10,
    keepaliveS: 10,
    locale: 'fr',
    outbox: { maxBytes: 64 * 1024 * 1024, maxAgeH: 76 },
    watches: [],
  });
  expect(config.checks.map(({ name }) => name)).toEqual(defaultChecks().map(({ type }) => type));
});

test('YAML, with checks named by what tells them apart', async () => {
  const config = await parseAgentConfig(
    `
chain: demo
store: lyon
device: till-1
server: mqtt://[::1]:1883
dataDir: /var/lib/vigie
outbox: { maxAgeH: 24 }
checks:
  - type: cpu
  - type: net_response
    server: pos
    port: 8443
  - type: net_response
    server: pos
    port: 8444
    timeoutMs: 2000
    everyS: 60
  - type: process
    name: the till
    program: posd
`,
    'agent.yaml',
  );
  expect(config.server).toEqual({ host: '::1', port: 1883 });
  expect(config.outbox).toEqual({ maxBytes: 64 * 1024 * 1024, maxAgeH: 24 });
  expect(config.checks.map(({ name, timeoutMs, everyS }) => [name, timeoutMs, everyS])).toEqual([
    ['cpu', 5000, undefined],
    ['net_response:pos:8443', 5000, undefined],
    ['net_response:pos:8444', 2000, 60],
    ['the till', 5000, undefined],
  ]);
});

test('every fault is told at once, with its path and what was expected', async () => {
  const { store: _, ...withoutStore } = least;
  const faults = await faultsOf({
    ...withoutStore,
    chain: 'a/b',
    server: 'http://x',
    intervalS: 0,
    locale: 'de',
    colour: 'red',
    outbox: { maxBytes: 'much' },
    checks: [
      { type: 'cpu', speed: 1 },
      { type: 'no_such' },
      { type: 'net_response', server: 'pos', port: 70_000 },
      { type: 'mem' },
      { type: 'mem' },
      { type: 'process' },
      { type: 'http_response', url: 'http://[' },
      { type: 'http_response', url: 'http://pos/', match: '(' },
      { type: 'disk', timeoutMs: 'long' },
      'swap',
    ],
  });
  const starts = [
    'chain: must match pattern',
    'store: is missing',
    'server: must match pattern',
    'intervalS: must be >= 1 (Seconds between two reports.)',
    'locale: must be one of "fr", "en"',
    'colour: unknown key; known are chain, store',
    'outbox.maxBytes: must be integer',
    'checks[0].speed: unknown key; nothing is expected here',
    'checks[1].type: no check is called "no_such"; known are ',
    'checks[2].port: must be <= 65535',
    'checks[4].name: "mem" is already the name of checks[3]',
    'checks[5]: is not complete (Needs `program` or `pattern`.)',
    'checks[6].url: must match format "url"',
    'checks[7].match: must match format "regex"',
    'checks[8].timeoutMs: must be integer',
    'checks[9]: must be object',
  ];
  for (const start of starts)
    expect(
      faults.filter((fault) => fault.startsWith(start)),
      start,
    ).toHaveLength(1);
  expect(faults.filter((fault) => !starts.some((start) => fault.startsWith(start)))).toEqual([]);
});

test.each([
  ['nothing at all', ''],
  ['a list', '- chain: demo'],
  ['a text', 'hello'],
])('%s is no configuration', async (_, text) => {
  await expect(parseAgentConfig(text, 'agent.yaml')).rejects.toThrow('agent.yaml: 1 fault\n  .: must be object');
});

test('broken YAML says where', async () => {
  await expect(parseAgentConfig('chain: [demo', 'agent.yaml')).rejects.toThrow(/agent\.yaml: 1 fault\n {2}.*line 1/);
});

test('a port beyond 65535', async () => {
  expect(await faultsOf({ ...least, server: 'mqtt://pos:99999' })).toEqual([
    'server: the port must be from 1 to 65535',
  ]);
});

test('off Linux the readings that start a program run once a minute', () => {
  expect(defaultChecks('linux').every(({ everyS }) => everyS === undefined)).toBe(true);
  expect(defaultChecks('win32').map(({ type, everyS }) => [type, everyS])).toEqual([
    ['cpu', undefined],
    ['mem', undefined],
    ['swap', 60],
    ['disk', 60],
    ['net', 60],
    ['system', undefined],
    ['processes', 60],
  ]);
  expect(defaultChecks('darwin').map(({ type }) => type)).toContain('diskio');
});

describe('a broker with accounts', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const pem = (name: string) => file(name, '-----BEGIN CERTIFICATE-----\n');
  const secure = { ...least, server: 'mqtts://broker.example:8883' };

  test('a password alone is for the account named after the device; the configuration holds no more than its file', async () => {
    const passwordFile = file('password', 'hunter2\n');
    const config = await validateAgentConfig({ ...secure, passwordFile, caFile: pem('ca') }, 'agent.yaml');
    expect(config.server).toEqual({
      host: 'broker.example',
      port: 8883,
      user: 'demo/lyon/till-1',
      passwordFile,
      tls: { caFile: join(folder, 'ca') },
    });
    expect(JSON.stringify(config)).not.toContain('hunter2');
  });

  test('an account of another name, as a gateway has it, and a certificate', async () => {
    const files = { certFile: pem('cert'), keyFile: pem('key') };
    const config = await validateAgentConfig({ ...secure, user: 'demo/lyon', ...files }, 'agent.yaml');
    expect(config.server).toEqual({ host: 'broker.example', port: 8883, user: 'demo/lyon', tls: files });
  });

  test('without any of it nobody is named and the system’s authorities count', async () => {
    const { server } = await validateAgentConfig(secure, 'agent.yaml');
    expect(server).toEqual({ host: 'broker.example', port: 8883, tls: {} });
  });

  test('every fault of theirs is told', async () => {
    const none = join(folder, 'none');
    expect(
      await faultsOf({
        ...secure,
        server: 'mqtts://user:pw@broker:8883',
        user: '',
        passwordFile: file('two', 'one\ntwo\n'),
        caFile: file('text', 'not a certificate'),
        certFile: none,
      }),
    ).toEqual([
      expect.stringMatching(/^server: must match pattern .*mqtts:\/\/host:port over TLS/),
      expect.stringMatching(/^user: must not have fewer than 1 char/),
      'keyFile: is missing (The key to certFile.)',
      `passwordFile: ${folder}/two holds more than one line`,
      `caFile: ${folder}/text is not PEM`,
      `certFile: ENOENT: no such file or directory, open '${none}'`,
    ]);
    expect(await faultsOf({ ...secure, passwordFile: file('empty', '\n'), keyFile: pem('key') })).toEqual([
      'certFile: is missing (The certificate of keyFile.)',
      `passwordFile: ${folder}/empty is empty`,
    ]);
    expect(await faultsOf({ ...least, caFile: pem('ca') })).toEqual([
      'caFile: needs a server that begins with mqtts://',
    ]);
  });
});
