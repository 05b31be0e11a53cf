import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectExternalBroker } from '../../collector/broker/external-broker.ts';
import type { Broker } from '../../collector/ports.ts';
import type { Report } from '../../protocol/messages.ts';
import { agentTopic, collectorTopic } from '../../protocol/topics.ts';
import {
  type Certificate,
  deployedRules,
  makeCertificate,
  passwordOf,
  startDeployedMosquitto,
} from '../support/deployed-mosquitto.ts';
import type { Mosquitto } from '../support/mosquitto.ts';
import { runBuiltAgent, type VigieProcess } from '../support/vigie-process.ts';

const TILL = 'acme/s001/till-1';
const OTHER_TILL = 'acme/s001/till-2';
const GATEWAY = 'acme/s001';

let folder: string;
let ours: Certificate;
let strangers: Certificate;
const closing: (() => unknown)[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-login-'));
  ours = makeCertificate(folder, 'ours');
  strangers = makeCertificate(folder, 'strangers');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The file of a password. */
function secret(text: string): string {
  const file = join(mkdtempSync(join(folder, 'secret-')), 'password');
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return file;
}

/** A built agent of acme/s001, configured by a file as an operator writes it. */
function runAgent(device: string, more: Record<string, unknown>, env: Record<string, string> = {}): VigieProcess {
  const own = mkdtempSync(join(folder, 'agent-'));
  const config = join(own, 'agent.yaml');
  const usual = { chain: 'acme', store: 's001', device, dataDir: join(own, 'data'), intervalS: 1 };
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify({ ...usual, checks: [{ type: 'mem' }], ...more }));
  const agent = runBuiltAgent([`--config=${config}`], env);
  closing.push(() => agent.end('SIGKILL'));
  return agent;
}

/** What an agent said in its log under this message. */
async function logged(agent: VigieProcess, message: string): Promise<Record<string, unknown>> {
  const [line] = await agent.says(new RegExp(`^.*"msg":"${message}.*$`, 'm'));
  return JSON.parse(line);
}

/** As a buffer is written out. */
const bytesOf = (text: string) => (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' ');
const reportOf = (text: string): Report => JSON.parse(text);
const waitingIn = (report: Report) => report.points.find(({ m }) => m === 'internal_agent')?.f.outbox_reports as number;

describe('on Mosquitto with the files of deploy/mosquitto', () => {
  let mosquitto: Mosquitto;
  let server: string;
  let broker: Broker;
  let heard: { topic: string; text: string }[];
  let arrived: () => void;

  async function open(edit?: (config: string) => string): Promise<void> {
    const started = await startDeployedMosquitto({
      certificate: ours,
      agents: [TILL, OTHER_TILL, GATEWAY],
      rules: deployedRules('agents.acl'),
      ...(edit && { edit }),
    });
    mosquitto = started.mosquitto;
    closing.push(() => mosquitto.remove());
    server = `mqtts://127.0.0.1:${started.agentsPort}`;
    heard = [];
    arrived = () => {};
    broker = connectExternalBroker(
      {
        url: `mqtts://127.0.0.1:${mosquitto.port}`,
        id: 'one',
        user: 'vigie-collector',
        password: passwordOf('vigie-collector'),
        ca: ours.crt,
      },
      { now: Date.now, onProblem: () => {} },
    );
    closing.push(() => broker.close());
    await broker.open({ index: 0, of: 1 }, ['acme/s001'], ({ topic, payload }, done) => {
      heard.push({ topic, text: Buffer.from(payload).toString() });
      done(true);
      arrived();
    });
    while (!broker.stats().connected) await new Promise((resolve) => setTimeout(resolve, 10));
    const presence = JSON.stringify({ v: 1, online: true, receipts: true, at: Date.now() });
    await broker.publish(collectorTopic('one'), presence, { qos: 1, retain: true });
  }

  async function until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }
  const topicsOf = (agent: string) =>
    heard.map(({ topic }) => topic).filter((topic) => topic.startsWith(`vigie/v1/${agent}/`));
  const report = (agent: string, isWanted: (report: Report) => boolean) =>
    until(() => {
      const reports = heard.filter(({ topic }) => topic === `vigie/v1/${agent}/report`);
      return reports.map(({ text }) => reportOf(text)).find(isWanted);
    });

  test('an agent logs in with its account, its reports arrive, their receipts come back, its password is never told', async () => {
    await open();
    const account = { server, caFile: ours.crt, passwordFile: secret(passwordOf(TILL)) };
    const agent = runAgent('till-1', account, { VIGIE_LOG: 'debug', DEBUG: '*' });
    const { boot } = await report(TILL, (each) => waitingIn(each) >= 2);
    await broker.publish(agentTopic(TILL, 'receipt'), JSON.stringify({ v: 1, boot, seen: [[1, 3]], at: Date.now() }), {
      qos: 0,
      retain: false,
    });
    // Without it what waits would only grow.
    await report(TILL, (each) => each.seq > 3 && waitingIn(each) < each.seq - 1);
    expect(await agent.end('SIGTERM')).toBe(0);
    await until(() => heard.find(({ text }) => text.includes('"stopped"')));
    const told = agent.output();
    // The library under it was asked to say all it can; in the built agent it says nothing.
    expect(told).not.toContain('mqtt-packet');
    expect(told.includes('"msg":"connected"')).toBe(true);
    expect(told.includes(passwordOf(TILL))).toBe(false);
    expect(told.includes(bytesOf(passwordOf(TILL)))).toBe(false);
    expect(told).not.toMatch(/"level":"(warn|error)"/);
    expect(JSON.stringify(heard)).not.toContain(passwordOf(TILL));
  });

  test('a wrong password is told and tried slowly; once the file is put right the agent is in', async () => {
    await open();
    const passwordFile = secret('guessed');
    const agent = runAgent('till-1', { server, caFile: ours.crt, passwordFile });
    const line = await logged(agent, 'the broker refuses user or password');
    expect(line).toMatchObject({ level: 'error', user: TILL, error: 'Connection refused: Not authorized' });
    expect(line.advice).toContain('passwordFile');
    expect(line.retryMs).toBeGreaterThanOrEqual(7500);
    expect(heard).toEqual([]);
    writeFileSync(passwordFile, passwordOf(TILL));
    await report(TILL, ({ seq }) => seq === 1);
    expect(agent.output()).not.toContain('guessed');
  });

  test.each([
    ['an authority it was not given', () => ({ caFile: strangers.crt }), 'the broker’s certificate comes from an auth'],
    ['an authority the system does not know', () => ({}), 'the broker’s certificate comes from an authority'],
    [
      'a name the certificate does not hold',
      () => ({ caFile: ours.crt, server: server.replace('127.0.0.1', 'localhost') }),
      'the broker’s certificate is for another host',
    ],
  ])('%s: the agent says so and sends nothing', async (_, files, message) => {
    await open();
    const agent = runAgent('till-1', { server, passwordFile: secret(passwordOf(TILL)), ...files() });
    const { level, advice, retryMs } = await logged(agent, message);
    expect([level, typeof advice]).toEqual(['error', 'string']);
    expect(retryMs).toBeGreaterThanOrEqual(7500);
    expect(agent.output()).not.toContain('"msg":"connected"');
    expect(heard).toEqual([]);
  });

  test('under another agent’s account nothing is heard of it, not even its end; a gateway’s account speaks for its store', async () => {
    await open();
    const tls = { server, caFile: ours.crt };
    const forger = runAgent('till-1', { ...tls, user: OTHER_TILL, passwordFile: secret(passwordOf(OTHER_TILL)) });
    await logged(forger, 'connected');
    const gateway = runAgent('gateway', { ...tls, user: GATEWAY, passwordFile: secret(passwordOf(GATEWAY)) });
    // As many seconds, and thus reports of the other.
    await report('acme/s001/gateway', ({ seq }) => seq === 4);
    await forger.end('SIGKILL');
    await gateway.end('SIGTERM');
    await until(() => heard.find(({ text }) => text.includes('"stopped"')));
    expect(topicsOf('acme/s001/gateway')).toContain('vigie/v1/acme/s001/gateway/birth');
    expect([...topicsOf(TILL), ...topicsOf(OTHER_TILL)]).toEqual([]);
  });

  test('where the broker wants a certificate too, an agent with one comes in and one without is told', async () => {
    await open((config) =>
      config.replace('use_username_as_clientid true', (line) =>
        [line, `cafile ${strangers.crt}`, 'require_certificate true'].join('\n'),
      ),
    );
    const account = { server, caFile: ours.crt, passwordFile: secret(passwordOf(TILL)) };
    const without = runAgent('till-1', account);
    expect((await logged(without, 'the broker refuses this agent’s certificate')).level).toBe('error');
    await without.end('SIGTERM');
    runAgent('till-1', { ...account, certFile: strangers.crt, keyFile: strangers.key });
    await report(TILL, ({ seq }) => seq === 1);
  });
});

describe('elsewhere', () => {
  let said: string;
  beforeEach(() => {
    said = '';
  });

  test('a stranger in the broker’s place is told neither account nor password', async () => {
    const stranger = createServer({ key: readFileSync(strangers.key), cert: readFileSync(strangers.crt) }, (socket) =>
      socket.on('data', (chunk) => {
        said += chunk;
      }),
    );
    stranger.on('tlsClientError', () => {});
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    closing.push(() => stranger.close());
    const server = `mqtts://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    const ended = once(stranger, 'connection').then(([socket]) => once(socket, 'close'));
    const agent = runAgent('till-1', { server, caFile: ours.crt, passwordFile: secret('mine alone') });
    await logged(agent, 'the broker’s certificate comes from an authority');
    await ended;
    expect(said).toBe('');
  });

  test('a secret that others may read, and one that travels in the clear, are told at the start', async () => {
    const passwordFile = secret('mine');
    execFileSync('chmod', ['644', passwordFile]);
    const agent = runAgent('till-1', { server: 'mqtt://192.0.2.1:1883', passwordFile });
    expect(await logged(agent, 'others on this machine may read a secret')).toMatchObject({
      level: 'warn',
      file: passwordFile,
      advice: `chmod o= ${passwordFile}`,
    });
    expect((await logged(agent, 'the password travels unencrypted')).level).toBe('warn');
  });

  test('the sample configuration is good once its files are there', async () => {
    const sample = readFileSync(fileURLToPath(new URL('../../deploy/samples/agent.yaml', import.meta.url)), 'utf8');
    const config = join(mkdtempSync(join(folder, 'sample-')), 'agent.yaml');
    const files = sample
      .replace('/etc/vigie/broker-password', secret('mine'))
      .replace('/etc/vigie/ca.pem', ours.crt)
      .replace('/var/lib/vigie-agent', join(folder, 'sample-data'))
      .replace('broker.example', 'localhost');
    writeFileSync(config, files);
    const agent = runBuiltAgent([`--config=${config}`]);
    closing.push(() => agent.end('SIGKILL'));
    expect((await logged(agent, 'agent started')).device).toBe(TILL);
  });
});
