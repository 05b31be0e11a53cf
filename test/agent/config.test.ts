import { expect, test } from 'vitest';
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
    outbox: { maxBytes: 64 * 1024 * 1024, maxAgeH: 72 },
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
    'checks[1].type: no check is called "no_such"; known are cpu, disk',
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
