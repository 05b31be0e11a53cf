import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectExternalBroker } from '../../../collector/broker/external-broker.ts';
import type { ExternalBrokerOptions } from '../../../collector/broker/external-broker-options.ts';
import type { Broker, Partition } from '../../../collector/ports.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { type ScriptedBroker, type ScriptedSession, startScriptedBroker } from './scripted-broker.ts';
import { Heard, Taken } from './taken.ts';

const ALONE: Partition = { index: 0, of: 1 };
const PARTITION = 'vigie-partition:0-1';
const COLLECTOR = 'vigie-collector:one';

let far: ScriptedBroker;
let broker: Broker | undefined;
let problems: Heard;
let taken: Taken;

beforeEach(async () => {
  far = await startScriptedBroker();
  problems = new Heard();
  taken = new Taken();
});
afterEach(async () => {
  await broker?.close();
  broker = undefined;
  await far.close();
});

function connect(options: Partial<ExternalBrokerOptions> = {}): Broker {
  broker = connectExternalBroker(
    { url: far.url, id: 'one', ...options },
    { now: () => 1000, chance: () => 0, onProblem: (client, problem) => problems.add(`${client} ${problem}`) },
  );
  return broker;
}

/** The collector's two connections, welcomed, with partition 0 of 1 subscribed. */
async function opened(options: Partial<ExternalBrokerOptions> = {}, handler = taken.handler) {
  const own = connect(options);
  const presence = await far.session(COLLECTOR);
  presence.welcome();
  const intake = await own.open(ALONE, [], handler);
  const session = await far.session(PARTITION);
  session.welcome();
  await session.next('subscribe');
  return { own, presence, intake, session };
}

test('a message is acknowledged once it is done, and in the order they came', async () => {
  const { session, intake } = await opened();
  for (const id of [11, 12, 13]) session.deliver(id, `m${id}`);
  await taken.count(3);
  expect(taken.texts).toEqual(['m11', 'm12', 'm13']);
  taken.all[1]?.done(true);
  taken.all[2]?.done(false);
  // Something asked after it: had a PUBACK been sent, it would be here before this.
  await intake.close();
  await session.closed();
  expect(session.received.map(({ cmd }) => cmd)).toEqual(['disconnect']);
});

test('what waits behind an earlier message is acknowledged together with it', async () => {
  const { session } = await opened();
  for (const id of [11, 12, 65_535]) session.deliver(id, `m${id}`);
  await taken.count(3);
  for (const at of [1, 2, 0]) taken.all[at]?.done(true);
  taken.all[0]?.done(true);
  for (const id of [11, 12, 65_535]) expect((await session.next('puback')).messageId).toBe(id);
  session.deliver(11, 'again');
  await taken.count(4);
  taken.all[3]?.done(true);
  expect((await session.next('puback')).messageId).toBe(11);
  expect(session.received).toEqual([]);
});

test('the partition has a fixed client id and a session that stays; retained and QoS 0 messages pass as they are', async () => {
  const { session } = await opened({ user: 'collector', password: 'secret' });
  expect(session.connect).toMatchObject({ clean: false, protocolVersion: 4, keepalive: 15, username: 'collector' });
  expect(String(session.connect.password)).toBe('secret');
  expect(session.connect.will).toBeUndefined();
  const birth = { cmd: 'publish', topic: 'vigie/v1/c/s/d/birth', payload: 'b', dup: false } as const;
  session.send({ ...birth, qos: 0, retain: true });
  session.deliver(5, 'r');
  await taken.count(2);
  expect(taken.all.map(({ message }) => [message.topic, message.retain, message.client])).toEqual([
    ['vigie/v1/c/s/d/birth', true, undefined],
    ['vigie/v1/c/s/d/report', false, undefined],
  ]);
  for (const { done } of taken.all) done(true);
  expect((await session.next('puback')).messageId).toBe(5);
  expect(session.received).toEqual([]);
});

test('no more than so many are in hand, and then the socket is not read', async () => {
  const { session } = await opened({ inFlight: 10 });
  const payload = Buffer.alloc(200_000);
  const all = 400;
  for (let id = 1; id <= all; id++) session.deliver(id, payload);
  await taken.count(10);
  // Enough turns of the loop to read everything, were it read.
  for (let turn = 0; turn < 1000; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(taken.all).toHaveLength(10);
  expect(session.socket.writableLength).toBeGreaterThan((all * payload.length) / 2);
  for (let at = 0; at < all; at++) {
    await taken.count(at + 1);
    expect(taken.all.length - at).toBeLessThanOrEqual(10);
    taken.all[at]?.done(true);
  }
  for (let id = 1; id <= all; id++) expect((await session.next('puback')).messageId).toBe(id);
});

test('a handler that is done at once takes thousands in one read without deepening the stack', async () => {
  let count = 0;
  let last = () => {};
  const finished = new Promise<void>((resolve) => {
    last = resolve;
  });
  const { session } = await opened({ inFlight: 1 }, (_, done) => {
    done(true);
    if (++count === 5000) last();
  });
  session.socket.cork();
  for (let id = 1; id <= 5000; id++) session.deliver(id, '');
  session.socket.uncork();
  await finished;
  for (let id = 1; id <= 5000; id++) expect((await session.next('puback')).messageId).toBe(id);
});

test('after a reconnect, what is done late for the old connection is not acknowledged on the new one', async () => {
  const { session } = await opened();
  session.deliver(7, 'first');
  await taken.count(1);
  session.socket.destroy();
  const second = await far.session(PARTITION);
  second.welcome();
  await second.next('subscribe');
  second.deliver(7, 'first');
  await taken.count(2);
  taken.all[0]?.done(true);
  second.deliver(8, 'next');
  await taken.count(3);
  taken.all[2]?.done(true);
  taken.all[1]?.done(true);
  expect((await second.next('puback')).messageId).toBe(7);
  expect((await second.next('puback')).messageId).toBe(8);
  expect(second.received).toEqual([]);
  expect(problems.all).toEqual([`${PARTITION} the broker closed the connection`]);
});

test('a handler that throws is told, and its message holds up nothing', async () => {
  const { session } = await opened({}, (message, done) => {
    if (message.payload.byteLength === 3) throw new Error('not this one');
    done(true);
  });
  session.deliver(1, 'bad');
  session.deliver(2, 'good');
  expect((await session.next('puback')).messageId).toBe(1);
  expect((await session.next('puback')).messageId).toBe(2);
  expect(problems.all).toEqual([`${PARTITION} vigie/v1/c/s/d/report: not this one`]);
});

test('a message that is too large is told, acknowledged in its turn and kept nowhere', async () => {
  const { session } = await opened();
  session.deliver(1, 'before');
  session.deliver(2, Buffer.alloc(3 * 1024 * 1024), 'vigie/v1/c/s/big/report');
  session.deliver(3, 'after');
  await taken.count(2);
  expect(taken.texts).toEqual(['before', 'after']);
  expect(problems.all.join()).toMatch(/vigie\/v1\/c\/s\/big\/report: packet of 31457\d\d bytes refused/);
  for (const { done } of taken.all) done(true);
  for (const id of [1, 2, 3]) expect((await session.next('puback')).messageId).toBe(id);
});

test.each([
  ['bytes that are no MQTT', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a length without end', Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff])],
  ['a QoS 2 message', Buffer.from([0x34, 0x05, 0x00, 0x01, 0x61, 0x00, 0x01])],
  ['a publish cut short', Buffer.from([0x32, 0x03, 0x00, 0x09, 0x61])],
])('%s end the connection and are told', async (_, bytes) => {
  const { session } = await opened();
  session.socket.write(bytes);
  await session.closed();
  expect(problems.all).toHaveLength(1);
  expect(problems.all[0]).toMatch(/unreadable|QoS 2|not for us/);
});

test('a refused subscription is told by its filter; the others work, and the broker does not count as connected', async () => {
  const own = connect();
  (await far.session(COLLECTOR)).welcome();
  await own.open({ index: 1, of: 2 }, ['c/s'], taken.handler);
  const session = await far.session('vigie-partition:1-2');
  session.welcome({ grants: false });
  const { subscriptions, messageId } = await session.next('subscribe');
  expect(subscriptions.map(({ topic, qos }) => [topic, qos])).toEqual([
    ['vigie/v1/c/s/+/birth', 1],
    ['vigie/v1/c/s/+/status', 1],
    ['vigie/v1/c/s/+/report', 1],
    ['vigie/v1/c/s/+/reply', 1],
    ['vigie/v1/c/s/+/facts', 1],
  ]);
  session.send({ cmd: 'suback', messageId: messageId as number, granted: [1, 128, 0, 1, 1] });
  expect(await problems.match(/refused/)).toBe('vigie-partition:1-2 subscription refused: vigie/v1/c/s/+/status');
  expect(own.stats()).toEqual({ clients: undefined, connected: false });
  session.deliver(1, 'still comes');
  await taken.count(1);
});

test('stores that come and go are subscribed and given up; a new connection asks for all of them again', async () => {
  const own = connect();
  (await far.session(COLLECTOR)).welcome();
  const stores = Array.from({ length: 100 }, (_, i): StoreKey => `c/s${i}`);
  const listening: boolean[] = [];
  const intake = await own.open({ index: 1, of: 2 }, stores, taken.handler, (is) => listening.push(is));
  const session = await far.session('vigie-partition:1-2');
  session.welcome();
  const topics = async (of: ScriptedSession) => (await of.next('subscribe')).subscriptions.map(({ topic }) => topic);
  for (let batch = 0; batch < 5; batch++) expect(await topics(session)).toHaveLength(100);
  await intake.setStores([...stores.slice(1), 'c/new']);
  expect(await topics(session)).toEqual(
    ['birth', 'status', 'report', 'reply', 'facts'].map((kind) => `vigie/v1/c/new/+/${kind}`),
  );
  expect((await session.next('unsubscribe')).unsubscriptions).toEqual(
    ['birth', 'status', 'report', 'reply', 'facts'].map((kind) => `vigie/v1/c/s0/+/${kind}`),
  );
  expect(own.stats().connected).toBe(true);
  expect([listening[0], listening.at(-1)]).toEqual([false, true]);
  session.socket.destroy();
  await session.closed();
  await problems.match(/closed/);
  expect([own.stats().connected, listening.at(-1)]).toEqual([false, false]);
  await intake.setStores(['c/new']);
  const second = await far.session('vigie-partition:1-2');
  second.welcome();
  expect(await topics(second)).toHaveLength(5);
  // What the session still holds from before is given up.
  for (let batch = 0; batch < 5; batch++) {
    expect((await second.next('unsubscribe')).unsubscriptions.length).toBeGreaterThan(90);
  }
});

test('wrong credentials are told once, without the password, and tried again slowly', async () => {
  connect({ user: 'collector', password: 'not-the-password' });
  for (let attempt = 0; attempt < 2; attempt++) {
    const session = await far.session(COLLECTOR);
    session.send({ cmd: 'connack', returnCode: 5, sessionPresent: false });
    await session.closed();
  }
  expect(problems.all).toEqual([`${COLLECTOR} the broker refuses: not authorised`]);
});

test('a broker that says nothing is given up after the time that was set', async () => {
  connect({ connectTimeoutMs: 200 });
  const session = await far.session(COLLECTOR);
  await session.closed();
  expect(problems.all).toEqual([`${COLLECTOR} no answer to CONNECT`]);
});

test('a connection on which pings go unanswered is given up; not so while we do not read ourselves', async () => {
  const { session, presence } = await opened({ keepaliveS: 1, answerTimeoutMs: 300, inFlight: 1 });
  session.deliver(1, 'in hand');
  session.deliver(2, 'waits');
  await taken.count(1);
  await presence.closed();
  expect(problems.all).toEqual([`${COLLECTOR} no answer to PINGREQ`]);
  await session.next('pingreq');
  await session.next('pingreq');
  expect(session.socket.closed).toBe(false);
  // From here on it reads again, and the answer has its time anew.
  taken.all[0]?.done(true);
  session.send({ cmd: 'pingresp' });
  await taken.count(2);
  taken.all[1]?.done(true);
  expect((await session.next('puback')).messageId).toBe(1);
  expect((await session.next('puback')).messageId).toBe(2);
});

test('presence is told on every connection, with a will that takes it back', async () => {
  const own = connect();
  // Away or not yet there: it will be told.
  await own.publish('vigie/v1/collector/one', '{"v":1,"online":true,"at":5}', { qos: 1, retain: true });
  await expect(own.publish('vigie/v1/c/s/d/receipt', 'x', { qos: 0, retain: false })).rejects.toThrow(/no connection/);
  for (let connection = 0; connection < 2; connection++) {
    const session = await far.session(COLLECTOR);
    expect(session.connect).toMatchObject({ clean: true });
    expect(session.connect.will).toMatchObject({ topic: 'vigie/v1/collector/one', qos: 1, retain: true });
    expect(JSON.parse(String(session.connect.will?.payload))).toEqual({ v: 1, online: false, at: 1000 });
    session.welcome();
    const told = await session.next('publish');
    expect([told.topic, String(told.payload), told.qos, told.retain]).toEqual([
      'vigie/v1/collector/one',
      '{"v":1,"online":true,"at":5}',
      1,
      true,
    ]);
    session.socket.destroy();
  }
});

test('publish resolves with the broker’s answer at QoS 1, at once at QoS 0, and rejects when the connection is lost', async () => {
  const { own, presence } = await opened();
  await own.publish('vigie/v1/c/s/d/receipt', 'zero', { qos: 0, retain: false });
  expect(String((await presence.next('publish')).payload)).toBe('zero');
  const first = own.publish('vigie/v1/c/s/d/config', 'one', { qos: 1, retain: true });
  const second = own.publish('vigie/v1/c/s/d/config', 'two', { qos: 1, retain: true });
  const lost = own.publish('vigie/v1/c/s/d/config', 'three', { qos: 1, retain: true });
  const ids = [await presence.next('publish'), await presence.next('publish')].map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(2);
  presence.send({ cmd: 'puback', messageId: ids[1] as number });
  await second;
  presence.send({ cmd: 'puback', messageId: ids[0] as number });
  await first;
  presence.socket.destroy();
  await expect(lost).rejects.toThrow(/closed/);
});

test('closing says goodbye on every connection and comes back on none; a partition is opened once', async () => {
  const { own, presence, session } = await opened();
  await expect(own.open(ALONE, [], taken.handler)).rejects.toThrow(/open already/);
  session.deliver(1, 'done just before');
  await taken.count(1);
  taken.all[0]?.done(true);
  await own.close();
  expect((await session.next('puback')).messageId).toBe(1);
  await session.next('disconnect');
  await presence.next('disconnect');
  expect(problems.all).toEqual([]);
});

test('a broker that cannot be reached, or a file that is not there, is told and stops nothing', async () => {
  const away = connect({ url: 'mqtt://127.0.0.1:1' });
  await away.open(ALONE, [], taken.handler);
  expect(await problems.match(new RegExp(PARTITION))).toMatch(/ECONNREFUSED/);
  expect(away.stats().connected).toBe(false);
  await away.close();
  connect({ url: 'mqtts://127.0.0.1:1', ca: '/there/is/no/such/file' });
  expect(await problems.match(/ENOENT/)).toMatch(COLLECTOR);
});

test('with a real broker between: what an agent says arrives, what we say reaches it', async () => {
  const aedes = await Aedes.createBroker();
  const server = createServer((socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const own = connect({ url: `mqtt://127.0.0.1:${port}` });
  await own.publish('vigie/v1/collector/one', 'present', { qos: 1, retain: true });
  const agent = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4 });
  try {
    await agent.publishAsync('vigie/v1/c/s/d/birth', 'born', { qos: 1, retain: true });
    await own.open(ALONE, [], taken.handler);
    await taken.count(1);
    expect(taken.all[0]?.message).toMatchObject({ topic: 'vigie/v1/c/s/d/birth', retain: true });
    const heard = new Heard();
    agent.on('message', (topic, payload) => heard.add(`${topic} ${payload}`));
    await agent.subscribeAsync(['vigie/v1/collector/+', 'vigie/v1/c/s/d/config'], { qos: 1 });
    await heard.match(/collector\/one present/);
    await own.publish('vigie/v1/c/s/d/config', 'do this', { qos: 1, retain: true });
    await heard.match(/config do this/);
    await agent.publishAsync('vigie/v1/c/s/d/report', 'reading', { qos: 1 });
    await taken.count(2);
    expect(taken.all[1]?.message.retain).toBe(false);
    // Our own words do not come back to us.
    expect(taken.texts).toEqual(['born', 'reading']);
  } finally {
    agent.end(true);
    await own.close();
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    await new Promise((resolve) => server.close(resolve));
  }
});
