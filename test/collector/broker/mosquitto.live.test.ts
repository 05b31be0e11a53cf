import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectExternalBroker } from '../../../collector/broker/external-broker.ts';
import type { ExternalBrokerOptions } from '../../../collector/broker/external-broker-options.ts';
import type { Broker } from '../../../collector/ports.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { type Mosquitto, startMosquitto } from '../../support/mosquitto.ts';
import { Heard, Taken } from './taken.ts';

const ALONE = { index: 0, of: 1 };

let mosquitto: Mosquitto;
let brokers: Broker[];
let agents: MqttClient[];
let problems: Heard;

beforeEach(async () => {
  brokers = [];
  agents = [];
  problems = new Heard();
  mosquitto = await startMosquitto();
});
afterEach(async () => {
  for (const agent of agents) agent.end(true);
  for (const broker of brokers) await broker.close();
  await mosquitto.remove();
});

function collector(id: string, options: Partial<ExternalBrokerOptions> = {}): Broker {
  const broker = connectExternalBroker(
    { url: mosquitto.url, id, ...options },
    { now: Date.now, chance: () => 0, onProblem: (client, problem) => problems.add(`${id} ${client} ${problem}`) },
  );
  brokers.push(broker);
  return broker;
}

async function agent(): Promise<MqttClient> {
  const client = await mqtt.connectAsync(mosquitto.url, { protocolVersion: 4, reconnectPeriod: 200 });
  agents.push(client);
  return client;
}

const report = (from: MqttClient, text: string) => from.publishAsync('vigie/v1/c/s/d/report', text, { qos: 1 });

/** Resolves when the broker has granted every subscription. */
async function connected(broker: Broker): Promise<void> {
  while (!broker.stats().connected) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('what one collector has not done goes to the next one that opens the partition, and only that', async () => {
  const one = collector('one');
  const first = new Taken();
  const intake = await one.open(ALONE, [], first.handler);
  await connected(one);
  const till = await agent();
  for (const text of ['a', 'b', 'c']) await report(till, text);
  await first.count(3);
  first.all[0]?.done(true);
  // A report that is taken after the PUBACK of 'a' went out on the same connection.
  await report(till, 'd');
  await first.count(4);
  const two = collector('two');
  const second = new Taken();
  await two.open(ALONE, [], second.handler);
  // Mosquitto ends the first one's connection by itself: one owner at a time.
  await problems.match(/^one vigie-partition:0-1 /);
  await intake.close();
  await second.count(3);
  expect(second.texts).toEqual(['b', 'c', 'd']);
  // Done too late, by the one who no longer owns it: nothing happens.
  for (const { done } of first.all) done(true);
  for (const { done } of second.all) done(true);
  await report(till, 'e');
  await second.count(4);
  expect(second.texts[3]).toBe('e');
});

test('what comes in while no collector is there is kept, in order', async () => {
  const one = collector('one');
  const before = new Taken();
  const intake = await one.open(ALONE, [], before.handler);
  await connected(one);
  await intake.close();
  const till = await agent();
  for (let n = 0; n < 500; n++) await report(till, String(n));
  const after = new Taken();
  await one.open(ALONE, [], after.handler);
  await after.count(500);
  expect(after.texts).toEqual(Array.from({ length: 500 }, (_, n) => String(n)));
  expect(before.all).toEqual([]);
});

test('killed and back, the broker is found again, and tells again what it had retained and saved', async () => {
  const one = collector('one');
  await one.publish('vigie/v1/collector/one', 'present', { qos: 1, retain: true });
  const taken = new Taken();
  await one.open(ALONE, [], taken.handler);
  await connected(one);
  const till = await agent();
  await till.publishAsync('vigie/v1/c/s/d/birth', 'born', { qos: 1, retain: true });
  await taken.count(1);
  taken.all[0]?.done(true);
  await report(till, 'not done');
  await taken.text('not done');
  // Its proper stop saves everything: what was retained, and what was not acknowledged.
  await mosquitto.stop();
  await mosquitto.start();
  await taken.count(4);
  expect(taken.texts.slice(2).sort()).toEqual(['born', 'not done']);
  expect(taken.all.slice(2).map(({ text, message }) => message.retain === (text === 'born'))).toEqual([true, true]);
  for (const { done } of taken.all) done(true);
  await connected(one);
  await mosquitto.kill();
  while (one.stats().connected) await new Promise((resolve) => setTimeout(resolve, 10));
  await mosquitto.start();
  await connected(one);
  const heard = new Heard();
  const listener = await agent();
  listener.on('message', (topic, payload) => heard.add(`${topic} ${payload}`));
  await listener.subscribeAsync('vigie/v1/collector/+', { qos: 1 });
  await heard.match(/one present/);
  await report(listener, 'goes on');
  await taken.text('goes on');
});

test('a frozen broker is noticed by its silence and taken up again when it thaws', async () => {
  const one = collector('one', { keepaliveS: 1, answerTimeoutMs: 1000, connectTimeoutMs: 1000 });
  const taken = new Taken();
  await one.open(ALONE, [], taken.handler);
  await connected(one);
  const till = await agent();
  mosquitto.freeze();
  await problems.match(/vigie-partition:0-1 no answer to PINGREQ/);
  expect(one.stats().connected).toBe(false);
  const sent = report(till, 'while frozen');
  mosquitto.thaw();
  await sent;
  await taken.count(1);
  expect(taken.texts).toEqual(['while frozen']);
});

test('never more than so many in hand, whatever waits at the broker', async () => {
  const one = collector('one', { inFlight: 50 });
  const taken = new Taken();
  await one.open(ALONE, [], taken.handler);
  await connected(one);
  const till = await agent();
  const sent = Promise.all(Array.from({ length: 5000 }, (_, n) => report(till, String(n))));
  await sent;
  await taken.count(50);
  expect(taken.all).toHaveLength(50);
  let most = 0;
  for (let n = 0; n < 5000; n++) {
    await taken.count(n + 1);
    most = Math.max(most, taken.all.length - n);
    taken.all[n]?.done(true);
  }
  expect(most).toBe(50);
  expect(taken.texts).toEqual(Array.from({ length: 5000 }, (_, n) => String(n)));
});

test('a partition of 2,000 stores hears its own, then those it is given, and no others', async () => {
  const one = collector('one');
  const stores = Array.from({ length: 2000 }, (_, n): StoreKey => `c/s${n}`);
  const taken = new Taken();
  const intake = await one.open({ index: 1, of: 2 }, stores, taken.handler);
  await connected(one);
  const till = await agent();
  const from = (store: string) => till.publishAsync(`vigie/v1/${store}/d/report`, store, { qos: 1 });
  for (const store of ['c/s0', 'c/elsewhere', 'c/s1999']) await from(store);
  await taken.count(2);
  expect(taken.texts).toEqual(['c/s0', 'c/s1999']);
  for (const { done } of taken.all) done(true);
  await intake.setStores([...stores.slice(1000), 'c/elsewhere']);
  for (const store of ['c/s0', 'c/elsewhere', 'c/s1999']) await from(store);
  await taken.count(4);
  expect(taken.texts.slice(2)).toEqual(['c/elsewhere', 'c/s1999']);
});

test('a collector that dies is told to be gone by its will', async () => {
  const listener = await agent();
  const heard = new Heard();
  listener.on('message', (_, payload) => heard.add(String(payload)));
  await listener.subscribeAsync('vigie/v1/collector/one', { qos: 1 });
  const one = collector('one');
  await connected(one);
  await one.publish('vigie/v1/collector/one', '{"v":1,"online":true,"at":1}', { qos: 1, retain: true });
  await heard.match(/true/);
  // The same client id on another connection: the broker ends ours as it would a dead one's.
  const thief = await mqtt.connectAsync(mosquitto.url, { protocolVersion: 4, clientId: 'vigie-collector:one' });
  await heard.match(/"online":false/);
  await thief.endAsync();
  // Ours comes back, and says again that it is there.
  while (heard.all.filter((said) => said.includes('true')).length < 2) {
    await new Promise<void>((resolve) => listener.once('message', () => resolve()));
  }
});
