import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sight } from '../../../agent/gateway/look.ts';
import { type Gateway, startGateway } from '../../../agent/gateway/start-gateway.ts';
import type { Link } from '../../../agent/passenger.ts';
import { createFakeClock, type FakeClock } from '../fake-clock.ts';

interface Sent {
  topic: string;
  body: Record<string, unknown>;
  done: (error?: Error) => void;
}

const TILL = 'vigie/v1/c/s/till-1';

let folder: string;
let clock: FakeClock;
let gateway: Gateway;
let sent: Sent[];
let subscribed: string[];
let sights: Sight[];
let clients: MqttClient[];
let lines: string[];
let arrived = () => {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-carried-'));
  clock = createFakeClock();
  sent = [];
  subscribed = [];
  sights = [];
  clients = [];
  lines = [];
  await open();
});
afterEach(async () => {
  for (const client of clients) client.end(true);
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(maxDevices = 2): Promise<void> {
  gateway = await startGateway({
    options: { host: '127.0.0.1', port: 0, maxDevices, maxBytes: 67_108_864 },
    chain: 'c',
    store: 's',
    device: 'gw',
    boot: 'bootofthegateway',
    dataDir: folder,
    maxAgeMs: 1e9,
    clock,
    log: (_, message) => lines.push(message),
    look: async () => sights.shift() ?? 'unsure',
  });
}

const link: Link = {
  publish(topic, body, _retain, done) {
    sent.push({ topic, body: JSON.parse(Buffer.from(body).toString()), done });
    arrived();
    return () => {};
  },
  subscribe: (topics) => subscribed.push(...topics),
};
const online = (receipts = false) => {
  gateway.passenger.board(link);
  gateway.passenger.collectors({ receipts });
};

/** The next thing that is sent up of which this holds. */
async function up(isIt: (sent: Sent) => boolean): Promise<Sent> {
  for (;;) {
    const at = sent.findIndex(isIt);
    if (at >= 0) return sent.splice(at, 1)[0] as Sent;
    await new Promise<void>((resolve) => {
      arrived = resolve;
    });
  }
}
const reportUp = (seq: number) => up(({ topic, body }) => topic === `${TILL}/report` && body.seq === seq);
const statusUp = (isOnline: boolean) => up(({ topic, body }) => topic === `${TILL}/status` && body.online === isOnline);

const connect = (name: string) =>
  mqtt.connectAsync(`mqtt://127.0.0.1:${gateway.ports().mqtt}`, {
    clientId: `vigie:c/s/${name}`,
    protocolVersion: 4,
    reconnectPeriod: 0,
    will: { topic: `vigie/v1/c/s/${name}/status`, payload: Buffer.from('{}'), qos: 1, retain: true },
  });
async function till(name = 'till-1'): Promise<MqttClient> {
  const client = await connect(name);
  clients.push(client);
  return client;
}

const birth = (boot = 'bootofthetill') =>
  JSON.stringify({
    v: 1,
    boot,
    at: clock.now(),
    agent: { version: '1', config: 'h' },
    intervalS: 10,
    host: {},
    checks: [],
  });
const say = (client: MqttClient, kind: string, body: string) =>
  client.publishAsync(`${TILL}/${kind}`, body, { qos: 1, retain: kind === 'birth' });
const report = (seq: number, at = clock.now()) => JSON.stringify({ v: 1, boot: 'bootofthetill', seq, at, points: [] });

test('an agent is told that a collector is there, and what it says is kept and brought up as it was said', async () => {
  const client = await till();
  const told = new Promise<string>((resolve) => client.once('message', (topic) => resolve(topic)));
  await client.subscribeAsync('vigie/v1/collector/+', { qos: 1 });
  expect(await told).toBe('vigie/v1/collector/gw');
  // Nobody is there above: it is acknowledged all the same, for it is on disk.
  await say(client, 'birth', birth());
  await say(client, 'report', report(1));
  await say(client, 'reply', '{"id":"the-first"}');
  expect(sent).toEqual([]);
  online();
  expect(subscribed).toContain(`${TILL}/config`);
  expect((await up(({ topic }) => topic === `${TILL}/birth`)).body).toMatchObject({ boot: 'bootofthetill' });
  expect((await statusUp(true)).body).toMatchObject({ by: 'gw', boot: 'bootofthegateway' });
  const first = await reportUp(1);
  expect(first.body).toEqual(JSON.parse(report(1)));
  first.done();
  const reply = await up(({ topic }) => topic === `${TILL}/reply`);
  expect(reply.body).toEqual({ id: 'the-first' });
  reply.done();
  // What has arrived is not sent again, what has not is.
  await say(client, 'report', report(2));
  await reportUp(2);
  gateway.passenger.leave();
  sent = [];
  online();
  await reportUp(2);
  expect(sent.filter(({ topic }) => /report|reply/.test(topic))).toEqual([]);
});

test('a killed gateway has kept what it acknowledged; of a device that is not back it tells no birth, and no sign of life', async () => {
  const client = await till();
  await say(client, 'birth', birth());
  await say(client, 'report', report(1));
  online();
  (await up(({ topic }) => topic === `${TILL}/birth`)).done();
  gateway.passenger.leave();
  await gateway.stop();
  sent = [];
  await open();
  sights = ['silent'];
  await clock.advance(45_000);
  online();
  expect((await statusUp(false)).body).toMatchObject({ reason: 'lost', evidence: { host: 'silent' } });
  expect((await reportUp(1)).body).toMatchObject({ historical: true });
  expect(sent.filter(({ topic }) => topic === `${TILL}/birth`)).toEqual([]);
});

test('a loss is told at once, then what is seen of it; a goodbye is a goodbye', async () => {
  online();
  const client = await till();
  await say(client, 'birth', birth());
  await statusUp(true);
  sights = ['answers'];
  client.stream.destroy();
  expect((await statusUp(false)).body).not.toHaveProperty('evidence');
  expect((await statusUp(false)).body).toMatchObject({ evidence: { link: 'closed', host: 'answers' } });
  const again = await till();
  await statusUp(true);
  await say(again, 'status', JSON.stringify({ v: 1, boot: 'bootofthetill', online: false, reason: 'stopped', at: 1 }));
  expect((await statusUp(false)).body).toMatchObject({ reason: 'stopped' });
  await again.endAsync();
  await till();
  expect((await statusUp(true)).body).toMatchObject({ online: true });
  expect(sent.filter(({ topic }) => topic.endsWith('/status'))).toEqual([]);
});

test('a device that connects anew before its old connection is seen to end was never lost', async () => {
  online();
  await till();
  await statusUp(true);
  await till();
  await statusUp(true);
  expect(sent.filter(({ body }) => body.online === false)).toEqual([]);
});

test('what the centre tells a device is brought to it, and its receipts free what is kept', async () => {
  online(true);
  const client = await till();
  await client.subscribeAsync(`${TILL}/config`, { qos: 1 });
  const heard = new Promise<string>((resolve) => client.once('message', (_, payload) => resolve(payload.toString())));
  gateway.passenger.hear(`${TILL}/config`, Buffer.from('{"body":"x","sig":"y"}'));
  expect(await heard).toBe('{"body":"x","sig":"y"}');
  await say(client, 'report', report(1));
  (await reportUp(1)).done();
  const receipt = { v: 1, boot: 'bootofthetill', seen: [[1, 1]], at: clock.now() };
  gateway.passenger.hear(`${TILL}/receipt`, Buffer.from(JSON.stringify(receipt)));
  gateway.passenger.leave();
  sent = [];
  online(true);
  await say(client, 'report', report(2));
  await reportUp(2);
  expect(sent.filter(({ topic }) => topic.endsWith('/report'))).toEqual([]);
});

test('an agent speaks for itself only, hears nothing of others, and none beyond the number comes in', async () => {
  online();
  const client = await till();
  await client.publishAsync('vigie/v1/c/s/till-2/report', report(1), { qos: 1 });
  await client.publishAsync('vigie/v1/collector/gw', '{}', { qos: 1, retain: true });
  for (const filter of ['#', 'vigie/v1/c/s/till-2/config', 'vigie/v1/c/s/+/config']) {
    await expect(client.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow();
  }
  await till('till-2');
  await expect(connect('till-3')).rejects.toThrow(/authorized/i);
  await expect(connect('gw')).rejects.toThrow(/authorized/i);
  expect(sent.filter(({ topic }) => topic.endsWith('/report'))).toEqual([]);
});

test('one till that says what is no message harms nobody: it is acknowledged, not kept, and named once', async () => {
  const client = await till();
  await say(client, 'birth', birth());
  const rubbish = [
    '{"v":1,"boot":',
    'null',
    '[]',
    '"x"',
    '{"v":1,"seq":1,"at":1}',
    '{"v":1,"boot":"bootofthetill","at":1}',
  ];
  for (const body of rubbish) await say(client, 'report', body);
  // Each of its bytes takes six as JSON.
  for (const kind of ['reply', 'facts']) await say(client, kind, '\u0001'.repeat(1024 * 1024));
  await say(client, 'reply', '{"id":"good"}');
  await say(client, 'report', report(1));
  expect(lines.filter((line) => /is no message/.test(line))).toHaveLength(1);
  expect(lines.filter((line) => /too long/.test(line))).toHaveLength(2);
  await clock.advance(100_000);
  online();
  expect((await up(({ topic }) => topic === `${TILL}/reply`)).body).toEqual({ id: 'good' });
  expect((await reportUp(1)).body).toMatchObject({ historical: true });
  await clock.advance(1000);
  expect(sent.filter(({ topic }) => /report|reply|facts/.test(topic))).toEqual([]);
});

test('a report of an agent that is newer than the gateway is carried as it is', async () => {
  online();
  const client = await till();
  await say(client, 'report', JSON.stringify({ ...JSON.parse(report(1)), later: true }));
  expect((await reportUp(1)).body).toMatchObject({ later: true });
});

test('it listens before it looks for what earlier runs left, and then brings all of it', async () => {
  for (const name of ['till-1', 'till-2']) {
    const client = await till(name);
    await client.publishAsync(`vigie/v1/c/s/${name}/report`, report(name === 'till-1' ? 1 : 2), { qos: 1 });
  }
  await gateway.stop();
  for (const name of ['till-1', 'till-2']) {
    const reports = join(folder, 'gateway', `c~s~${name}`, 'reports');
    writeFileSync(join(reports, '0000000099.seg'), Buffer.alloc(100, 0x7b));
  }
  lines = [];
  await open();
  expect(lines[0]).toBe('the gateway listens');
  // Known, open or not: there is no room for a third.
  await expect(connect('till-3')).rejects.toThrow(/authorized/i);
  online();
  await reportUp(1);
  await up(({ topic, body }) => topic === 'vigie/v1/c/s/till-2/report' && body.seq === 2);
  expect(lines.filter((line) => /damaged/.test(line))).toHaveLength(2);
});

test('a device long gone leaves its place to another, unless something of it waits', async () => {
  for (const name of ['till-1', 'till-2']) {
    const client = await till(name);
    await client.publishAsync(`vigie/v1/c/s/${name}/birth`, birth(), { qos: 1 });
    if (name === 'till-1') await say(client, 'report', report(1));
  }
  await gateway.stop();
  const kept = join(folder, 'gateway');
  const age = (days: number) => {
    const then = clock.now() / 1000 - days * 86_400;
    for (const path of ['.', ...readdirSync(kept, { recursive: true, encoding: 'utf8' })]) {
      utimesSync(join(kept, path), then, then);
    }
  };
  age(29);
  await open();
  await expect(connect('till-3')).rejects.toThrow(/authorized/i);
  await gateway.stop();
  age(31);
  await open();
  expect(existsSync(join(kept, 'c~s~till-2'))).toBe(false);
  await till('till-3');
  await expect(connect('till-4')).rejects.toThrow(/authorized/i);
  online();
  await reportUp(1);
});
