import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Agent, startAgent } from '../../agent/agent.ts';
import { systemClock } from '../../agent/clock.ts';
import { validateAgentConfig } from '../../agent/config.ts';
import { noteSeen, type Ranges } from '../../collector/ingest/ranges.ts';
import { Receipts } from '../../collector/ingest/receipts.ts';
import type { Report } from '../../protocol/messages.ts';
import { deviceKey } from '../../protocol/names.ts';
import { collectorTopic, parseDeviceTopic } from '../../protocol/topics.ts';
import { NumberedSender } from '../support/load.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';

const REPORTS = 100;
const soon = { timeout: 15_000, interval: 20 };

/** What it has not handed on when it is killed is gone: nothing is saved in between. */
const forgetful = (_: string, port: number) => `
listener ${port} 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
`;

let mosquitto: Mosquitto;
let folder: string;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  mosquitto = await startMosquitto(forgetful);
  folder = mkdtempSync(join(tmpdir(), 'vigie-receipts-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await mosquitto.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What a collector does with reports: counts each once, and says so if it gives receipts. Its books outlive it. */
function createCollector(givesReceipts: boolean) {
  const books = new Map<string, Ranges>();
  const counted: string[] = [];
  let client: MqttClient | undefined;
  const receipts = new Receipts({
    publish: async (topic, payload) => void (await client?.publishAsync(topic, payload)),
    now: Date.now,
    after: systemClock.after,
  });

  async function open(): Promise<void> {
    client = await mqtt.connectAsync(mosquitto.url, { clientId: 'collector', clean: false, reconnectPeriod: 0 });
    client.on('error', () => {});
    client.on('message', (topic, payload) => {
      const from = parseDeviceTopic(topic);
      if (from?.kind !== 'report') return;
      const { boot, seq }: Report = JSON.parse(payload.toString());
      const seen = books.get(boot) ?? [];
      books.set(boot, seen);
      const cursor = { agent: deviceKey(from.chain, from.store, from.device), boot, seen };
      const isNew = noteSeen(seen, seq);
      if (isNew) counted.push(`${boot} ${seq}`);
      if (!givesReceipts) return;
      if (isNew) receipts.note([cursor]);
      else receipts.noteSeen(cursor, seq);
    });
    await client.subscribeAsync('vigie/v1/+/+/+/report', { qos: 1 });
    const presence = { v: 1, online: true, at: Date.now(), ...(givesReceipts && { receipts: true }) };
    await client.publishAsync(collectorTopic('one'), JSON.stringify(presence), { qos: 1, retain: true });
  }

  /** Gone without a word: the broker keeps for it what comes. */
  function die(): void {
    client?.stream.destroy();
  }
  closing.push(die);
  return { open, die, counted };
}

/** `done` resolves when Mosquitto has had this many reports. */
async function witness(count: number): Promise<{ done: Promise<void> }> {
  const client = await mqtt.connectAsync(mosquitto.url, { reconnectPeriod: 0 });
  client.on('error', () => {});
  closing.push(() => client.end(true));
  const heard = new Set<string>();
  const done = new Promise<void>((resolve) => {
    client.on('message', (_, payload) => {
      const { boot, seq }: Report = JSON.parse(payload.toString());
      if (heard.add(`${boot} ${seq}`).size === count) resolve();
    });
  });
  await client.subscribeAsync('vigie/v1/load/+/+/report', { qos: 0 });
  return { done };
}

/** A collector dies, the broker takes what agents send for it, and is killed before anyone has had it. */
async function sendAndForget(collector: ReturnType<typeof createCollector>): Promise<NumberedSender> {
  await collector.open();
  collector.die();
  const { done } = await witness(REPORTS);
  const sender = new NumberedSender(mosquitto.port, 's1', 'd1', 'bootofasender');
  closing.push(() => sender.end());
  for (let made = 0; made < REPORTS; made += 1) sender.next();
  await done;
  // Its acknowledgements are on their way: the last sign of life from the broker follows them.
  await vi.waitFor(() => expect(sender.untaken).toBe(0), soon);
  await mosquitto.kill();
  await mosquitto.start();
  await collector.open();
  return sender;
}

test('what Mosquitto had acknowledged and forgot when it was killed is counted all the same, once', async () => {
  const collector = createCollector(true);
  const sender = await sendAndForget(collector);
  await vi.waitFor(() => expect(sender.unacknowledged).toBe(0), soon);
  expect(collector.counted.filter((name) => name.startsWith('bootofasender '))).toHaveLength(REPORTS);
  expect(sender.acknowledged.size).toBe(REPORTS);
});

test('without receipts it would be lost: the fault above is a real one', async () => {
  const collector = createCollector(false);
  const sender = await sendAndForget(collector);
  expect(sender.acknowledged.size).toBe(REPORTS);
  sender.next();
  await vi.waitFor(() => expect(collector.counted).toContain(`bootofasender ${REPORTS + 1}`), soon);
  expect(collector.counted).toHaveLength(1);
});

test('an agent on Mosquitto keeps its reports until their receipts, over a kill of the broker', async () => {
  const collector = createCollector(true);
  await collector.open();
  const written = { chain: 'load', store: 's1', device: 'd1', server: mosquitto.url, dataDir: folder, intervalS: 1 };
  const config = await validateAgentConfig({ ...written, checks: [{ type: 'mem' }] }, 'test');
  const agent: Agent = await startAgent(config, { version: 'test', log: () => {}, chance: () => 0 });
  closing.push(() => agent.stop());
  const counted = (seq: number) => collector.counted.includes(`${agent.boot} ${seq}`);
  await vi.waitFor(() => expect(counted(1)).toBe(true), soon);
  collector.die();
  const { done } = await witness(2);
  await done;
  await mosquitto.kill();
  await mosquitto.start();
  await collector.open();
  await vi.waitFor(() => expect(counted(5)).toBe(true), soon);
  await vi.waitFor(() => expect([1, 2, 3, 4, 5].every(counted)).toBe(true), soon);
  expect(new Set(collector.counted).size).toBe(collector.counted.length);
});
