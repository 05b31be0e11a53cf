import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Invocation } from '../../cli/command.ts';
import { Fault } from '../../cli/fault.ts';
import { readSettings } from '../../cli/settings.ts';

const SAMPLE = fileURLToPath(new URL('../../deploy/samples/vigie.yaml', import.meta.url));
const SECRET = 'long-enough-a-secret';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (flags: Invocation['flags'], env: NodeJS.ProcessEnv = {}) =>
  readSettings(
    { flags, env, operands: [], locale: 'en', say: () => {}, stop: new AbortController().signal },
    { dataDir: 'data' },
  );

function file(text: string): string {
  const path = join(folder, 'vigie.yaml');
  writeFileSync(path, text);
  return path;
}

const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  return '';
};

test('without a word: loopback, 8080, 1883, ./data, no desk', () => {
  expect(read({})).toMatchObject({
    http: { host: '127.0.0.1', port: 8080 },
    mqtt: { host: '127.0.0.1', port: 1883 },
    dataDir: resolve('data'),
    desks: {},
    adminToken: undefined,
  });
});

test('flags go before variables, variables before the file', () => {
  const config = file('http: { port: 1 }\nmqtt: { port: 1, host: 127.0.0.2 }\ndataDir: /from/file\n');
  const settings = read(
    { config, 'http-port': '3' },
    { VIGIE_HTTP_PORT: '2', VIGIE_MQTT_PORT: '2', VIGIE_DATA_DIR: '/from/env', VIGIE_ADMIN_TOKEN: 't' },
  );
  expect(settings).toMatchObject({
    http: { port: 3 },
    mqtt: { port: 2, host: '127.0.0.2' },
    dataDir: '/from/env',
    adminToken: 't',
  });
});

test('plain MQTT is for this machine alone; on an external broker it has no address at all', () => {
  const said = faultOf(() => read({ 'mqtt-host': '0.0.0.0' }));
  expect(said).toMatch(/^mqtt\.host: 0\.0\.0\.0 is not this machine alone.*section "agents"/);
  const external = 'mqtt: { host: 10.0.0.1 }\nbroker: { url: "mqtts://b:8884" }\n';
  expect(read({ config: file(external) }).mqtt.host).toBe('10.0.0.1');
});

test('the doors for agents: absent until asked for, then with what is usual', () => {
  expect(read({}).agents).toBeUndefined();
  const agents = { host: '0.0.0.0', mqttPort: 8883, httpsPort: 8443, certificateDays: 90, mqttUrl: undefined };
  expect(read({ config: file('agents: {}\n') }).agents).toMatchObject(agents);
  expect(read({ config: file('agents: {}\n') }).agents?.names).toContain('localhost');
  const own = file('agents: { names: [vigie.example], httpsPort: 443, certificateDays: 30 }\n');
  expect(read({ config: own }).agents).toEqual({
    ...agents,
    names: ['vigie.example'],
    httpsPort: 443,
    certificateDays: 30,
  });
});

test('with an external broker the agents must be told where it is', () => {
  const broker = 'broker: { url: "mqtts://b:8884" }\n';
  expect(faultOf(() => read({ config: file(`${broker}agents: {}\n`) }))).toMatch(/^agents\.mqttUrl is missing/);
  const told = file(`${broker}agents: { mqttUrl: "mqtts://broker.example:8883" }\n`);
  expect(read({ config: told }).agents?.mqttUrl).toBe('mqtts://broker.example:8883');
});

test('how a desk is watched is said with it, and is as by default where it is not', () => {
  const desk = (said: string) => file(`desks: { main: { type: webhook, url: 'https://d.example'${said} } }`);
  const watched = (said: string) => read({ config: desk(said) }, { VIGIE_DESK_SECRET: SECRET }).desks.main;
  expect(watched(', pollS: 10, whenClosed: leave')).toMatchObject({
    options: { url: 'https://d.example' },
    watch: { pollS: 10, whenClosed: 'leave', closedGraceS: 120 },
  });
  expect(watched('')).not.toHaveProperty('watch');
  expect(() => watched(', whenClosed: never')).toThrow(/whenClosed/);
});

test('the sample is good, and its desk takes the secret from the environment', () => {
  const { desks, publicUrl } = read({ config: SAMPLE }, { VIGIE_DESK_SECRET: SECRET });
  expect(desks).toEqual({
    main: { type: 'webhook', options: { url: 'https://desk.example/hooks/vigie' }, secrets: [SECRET] },
  });
  expect(publicUrl).toBe('https://vigie.example');
});

test('a desk’s secrets may stand in a file, one per line during a rotation', () => {
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${SECRET}-new\n${SECRET}-old\n`);
  const config = file(`desks: { main: { type: webhook, url: 'https://d.example', secretFile: ${secretFile} } }`);
  expect(read({ config }).desks.main?.secrets).toEqual([`${SECRET}-new`, `${SECRET}-old`]);
});

test.each([
  ['an unknown key', 'htpp: {}', {}, /additional properties/],
  ['a port out of reach', 'http: { port: 70000 }', {}, /\/http\/port/],
  ['a desk of another kind', "desks: { main: { type: fax, url: 'https://d' } }", {}, /\/desks\/main\/type/],
  ['a desk without a secret', '', { VIGIE_DESK_URL: 'https://d' }, /VIGIE_DESK_SECRET/],
])('%s is told by where it stands', (_, text, env, fault) => {
  expect(faultOf(() => read({ config: file(text) }, env))).toMatch(fault);
});

test.each(['70000', 'x', '-1', '80.5'])('"%s" is no port', (value) => {
  expect(faultOf(() => read({}, { VIGIE_HTTP_PORT: value }))).toContain('VIGIE_HTTP_PORT');
});

const CLUSTER = fileURLToPath(new URL('../../deploy/samples/cluster.yaml', import.meta.url));

test('the sample of several collectors is good once its certificate is there, and takes its secrets from the environment', () => {
  const ca = file('PEM');
  const text = readFileSync(CLUSTER, 'utf8').replaceAll('/etc/vigie/ca.pem', ca);
  const config = join(folder, 'cluster.yaml');
  writeFileSync(config, text);
  const secrets = {
    VIGIE_BROKER_PASSWORD: 'broker-secret',
    VIGIE_POSTGRES_PASSWORD: 'postgres-secret',
    VIGIE_INFLUX_PASSWORD: 'influx-secret',
  };
  expect(read({ config }, secrets)).toMatchObject({
    collectorId: 'collector-1',
    broker: { url: 'mqtts://broker.example:8884', id: 'collector-1', inFlight: 4_000, password: 'broker-secret', ca },
    state: { kind: 'postgres', partitions: 16, password: 'postgres-secret' },
    metrics: { kind: 'influx', version: 1, database: 'vigie', password: 'influx-secret' },
  });
});

test('alone, everything is embedded; on a broker of its own one collector has one share', () => {
  expect(read({})).toMatchObject({
    broker: undefined,
    state: { kind: 'sqlite' },
    metrics: { kind: 'embedded' },
    retention: { rawDays: 14, fiveMinuteDays: 90, hourDays: 1095 },
    limits: { groupMs: 15, groupMessages: 2_000, inFlight: 20_000, logBytes: 10 * 1024 ** 3 },
    collectorId: 'embedded',
  });
  const config = file('state: { postgres: { url: "postgres://v@localhost/v", partitions: 8 } }');
  expect(read({ config })).toMatchObject({ state: { partitions: 1 } });
});

test('several collectors cannot share an embedded metrics store, and are told so', () => {
  const config = file('broker: { url: "mqtt://b:1883" }\nstate: { postgres: { url: "postgres://v@localhost/v" } }');
  expect(faultOf(() => read({ config }))).toMatch(/metrics\.influx/);
});

test.each([
  ['a password in the broker’s address', 'broker: { url: "mqtt://u:p@b:1883" }', /\/broker\/url/],
  ['a password in the file', 'broker: { url: "mqtt://b:1883", password: x }', /\/broker/],
  ['a version of InfluxDB nobody knows', 'metrics: { influx: { url: "http://i", version: 4 } }', /\/metrics\/influx/],
  ['no bound at all', 'limits: { logMb: 0 }', /\/limits\/logMb/],
  ['a retention of nothing', 'retention: { rawDays: 0 }', /\/retention\/rawDays/],
])('%s is refused, with its place', (_what, text, where) => {
  expect(faultOf(() => read({ config: file(text) }))).toMatch(where);
});
