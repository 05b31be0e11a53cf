import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectExternalBroker } from '../../../collector/broker/external-broker.ts';
import type { ExternalBrokerOptions } from '../../../collector/broker/external-broker-options.ts';
import type { Broker } from '../../../collector/ports.ts';
import {
  type Certificate,
  deployedRules,
  makeCertificate,
  passwordOf,
  startDeployedMosquitto,
} from '../../support/deployed-mosquitto.ts';
import type { Mosquitto } from '../../support/mosquitto.ts';
import { Heard, Taken } from './taken.ts';

const ALONE = { index: 0, of: 1 };
const TILL = 'acme/s001/till-1';
const OTHER_TILL = 'acme/s002/till-1';

let certificates: string;
let certificate: Certificate;
beforeAll(() => {
  certificates = mkdtempSync(join(tmpdir(), 'vigie-certificate-'));
  certificate = makeCertificate(certificates, 'server');
});
afterAll(() => rmSync(certificates, { recursive: true, force: true }));

describe.each([
  { rules: 'agents.acl', gateway: 'acme/s001', isByName: false },
  { rules: 'agents-by-name.acl', gateway: 'acme/s001/gateway', isByName: true },
])('deploy/mosquitto with $rules', ({ rules, gateway, isByName }) => {
  let mosquitto: Mosquitto;
  let agentsPort: number;
  let broker: Broker;
  let clients: MqttClient[];
  let taken: Taken;
  let problems: Heard;

  beforeEach(async () => {
    clients = [];
    taken = new Taken();
    problems = new Heard();
    const text = deployedRules(rules);
    ({ mosquitto, agentsPort } = await startDeployedMosquitto({
      certificate,
      agents: [TILL, OTHER_TILL, gateway],
      // The sample names one till: a second one's block is made of the first's.
      rules: isByName ? text + text.replaceAll(TILL, OTHER_TILL) : text,
    }));
    broker = collector();
  });
  afterEach(async () => {
    for (const client of clients) client.end(true);
    await broker.close();
    await mosquitto.remove();
  });

  const ca = () => certificate.crt;

  function collector(options: Partial<ExternalBrokerOptions> = { ca: ca() }): Broker {
    const url = `mqtts://127.0.0.1:${mosquitto.port}`;
    return connectExternalBroker(
      { url, id: 'one', user: 'vigie-collector', password: passwordOf('vigie-collector'), ...options },
      { now: Date.now, chance: () => 0, onProblem: (client, problem) => problems.add(`${client} ${problem}`) },
    );
  }

  async function connect(
    user: string | undefined,
    options: IClientOptions & { port?: number } = {},
  ): Promise<MqttClient> {
    const { port = agentsPort, ...rest } = options;
    const client = await mqtt.connectAsync(`mqtts://127.0.0.1:${port}`, {
      protocolVersion: 4,
      reconnectPeriod: 0,
      ca: readFileSync(ca()),
      ...(user !== undefined && { username: user, password: passwordOf(user), clientId: `vigie:${user}` }),
      ...rest,
    });
    clients.push(client);
    return client;
  }

  /** Everything this client is given of all there is, topics with what they say. */
  async function listen(client: MqttClient): Promise<Heard> {
    const heard = new Heard();
    client.on('message', (topic, payload) => heard.add(`${topic} ${payload}`));
    // Mosquitto grants any filter and then delivers only what the rules allow.
    await client.subscribeAsync('#', { qos: 1 });
    return heard;
  }

  test('nobody comes in without an account, with a wrong password, or by the other door', async () => {
    await expect(connect(undefined)).rejects.toThrow(/[Nn]ot authorized/);
    await expect(connect(TILL, { password: 'guessed' })).rejects.toThrow(/[Nn]ot authorized/);
    await expect(connect(TILL, { port: mosquitto.port })).rejects.toThrow(/[Nn]ot authorized/);
    await expect(connect('vigie-collector')).rejects.toThrow(/[Nn]ot authorized/);
    const unknown = collector({ id: 'two', password: 'guessed', ca: ca() });
    await problems.match(/vigie-collector:two the broker refuses/);
    await unknown.close();
    const trusting = collector({ id: 'three' });
    await problems.match(/vigie-collector:three .*self-signed/);
    await trusting.close();
  });

  test('a device is heard on its own topics and on no others', async () => {
    await broker.open(ALONE, [], taken.handler);
    const till = await connect(TILL, {
      will: { topic: `vigie/v1/${TILL}/status`, payload: Buffer.from('lost'), qos: 1, retain: true },
    });
    const say = (topic: string, text: string) => till.publishAsync(topic, text, { qos: 1 });
    for (const victim of [OTHER_TILL, 'acme/s001/till-2', 'acme/s001/gateway']) {
      for (const kind of ['birth', 'status', 'report', 'config', 'command', 'receipt', 'release']) {
        await say(`vigie/v1/${victim}/${kind}`, 'forged');
      }
    }
    await say('vigie/v1/collector/one', 'forged');
    await say(`vigie/v1/${TILL}/config`, 'forged');
    for (const kind of ['birth', 'status', 'report']) await say(`vigie/v1/${TILL}/${kind}`, kind);
    till.stream.destroy();
    await taken.text('lost');
    expect(taken.texts).toEqual(['birth', 'status', 'report', 'lost']);
    // Nothing forged was kept either.
    const heard = await listen(await connect(TILL));
    await broker.publish(`vigie/v1/${TILL}/command`, 'marker', { qos: 1, retain: false });
    await heard.match(/marker/);
    expect(heard.all).toEqual([`vigie/v1/${TILL}/command marker`]);
  });

  test('a device is told what is for it, and whether a collector is there', async () => {
    await broker.publish('vigie/v1/collector/one', 'present', { qos: 1, retain: true });
    await broker.open(ALONE, [], taken.handler);
    while (!broker.stats().connected) await new Promise((resolve) => setTimeout(resolve, 10));
    const [mine, others] = [await connect(TILL), await connect(OTHER_TILL)];
    const [toMe, toOthers] = [await listen(mine), await listen(others)];
    for (const kind of ['config', 'receipt', 'release', 'command']) {
      await broker.publish(`vigie/v1/${TILL}/${kind}`, kind, { qos: 1, retain: kind === 'config' });
    }
    await mine.publishAsync(`vigie/v1/${TILL}/birth`, 'mine', { qos: 1, retain: true });
    await broker.publish(`vigie/v1/${OTHER_TILL}/command`, 'marker', { qos: 1, retain: false });
    await toOthers.match(/marker/);
    await toMe.match(/command/);
    expect(toMe.all.sort()).toEqual([
      `vigie/v1/${TILL}/command command`,
      `vigie/v1/${TILL}/config config`,
      `vigie/v1/${TILL}/receipt receipt`,
      `vigie/v1/${TILL}/release release`,
      'vigie/v1/collector/one present',
    ]);
    expect(toOthers.all.sort()).toEqual([`vigie/v1/${OTHER_TILL}/command marker`, 'vigie/v1/collector/one present']);
    // The collector hears what agents say, and none of its own words.
    await taken.text('mine');
    expect(taken.texts).toEqual(['mine']);
  });

  test('a gateway is heard for the devices it watches, and in no other store', async () => {
    await broker.open(ALONE, [], taken.handler);
    const client = await connect(gateway);
    const say = (topic: string) => client.publishAsync(topic, topic, { qos: 1 });
    for (const topic of [
      'vigie/v1/acme/s002/router/report',
      'vigie/v1/acme/s0011/router/report',
      'vigie/v1/acme/report/router/report',
      'vigie/v1/other/s001/router/report',
      'vigie/v1/acme/s001/router/config',
    ]) {
      await say(topic);
    }
    // Written out by name it speaks only for what was assigned to it; by pattern, for its store.
    await say('vigie/v1/acme/s001/till-1/report');
    await say('vigie/v1/acme/s001/gateway/birth');
    await say('vigie/v1/acme/s001/router/status');
    await say('vigie/v1/acme/s001/router/report');
    await taken.text('vigie/v1/acme/s001/router/report');
    expect(taken.texts).toEqual([
      ...(isByName ? [] : ['vigie/v1/acme/s001/till-1/report']),
      'vigie/v1/acme/s001/gateway/birth',
      'vigie/v1/acme/s001/router/status',
      'vigie/v1/acme/s001/router/report',
    ]);
    const heard = await listen(client);
    for (const device of ['acme/s002/gateway', 'acme/s001/gateway']) {
      await broker.publish(`vigie/v1/${device}/receipt`, 'r', { qos: 1, retain: false });
    }
    await heard.match(/receipt/);
    expect(heard.all).toEqual(['vigie/v1/acme/s001/gateway/receipt r']);
  });

  test('an agent takes nobody’s client id: neither another agent’s nor a partition’s', async () => {
    await broker.open(ALONE, [], taken.handler);
    while (!broker.stats().connected) await new Promise((resolve) => setTimeout(resolve, 10));
    const till = await connect(TILL);
    for (const clientId of [`vigie:${TILL}`, TILL, 'vigie-partition:0-1', 'vigie-collector:one']) {
      const thief = await connect(OTHER_TILL, { clientId });
      await thief.endAsync();
    }
    await till.publishAsync(`vigie/v1/${TILL}/report`, 'still here', { qos: 1 });
    await taken.text('still here');
    expect(problems.all).toEqual([]);
  });

  test('what waits for a partition, and what is retained, outlasts a restart of the broker', async () => {
    const intake = await broker.open(ALONE, [], taken.handler);
    while (!broker.stats().connected) await new Promise((resolve) => setTimeout(resolve, 10));
    await broker.publish(`vigie/v1/${TILL}/config`, 'wanted', { qos: 1, retain: true });
    await intake.close();
    const till = await connect(TILL);
    for (const text of ['a', 'b', 'c']) await till.publishAsync(`vigie/v1/${TILL}/report`, text, { qos: 1 });
    await mosquitto.stop();
    await mosquitto.start();
    await broker.open(ALONE, [], taken.handler);
    await taken.count(3);
    expect(taken.texts).toEqual(['a', 'b', 'c']);
    const heard = await listen(await connect(TILL));
    await heard.match(/config wanted/);
  });
});
