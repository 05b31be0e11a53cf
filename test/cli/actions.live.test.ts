import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createSigner, type Signer } from '../../collector/signer.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { CommandView } from '../../dashboard/ports/actions.ts';
import type { Command } from '../../protocol/commands.ts';
import type { IncidentView, TimelineEntry } from '../../protocol/views.ts';
import { until } from '../faults/until.ts';
import { freePort } from '../support/free-port.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

const TILL = 'brico/lyon-01/till-01';
const SOON_MS = 20_000;

const RULES = `
settle: 1 s
quiet: 600 s
grace: 20 s
rules:
  - id: process-down
    title: { fr: Programme arrêté, en: Program down }
    type: status
    check: 'process:*'
    raise: [critical]
    kinds: [till]
    severity: critical
    urgency: 1
    hours: always
    for: 0 s
    clearFor: 1 s
`;

/** Called so, and no more than this: it keeps one program running by its pid file, and is slow when it is told to. */
const FAKE_SYSTEMCTL = (folder: string) => `#!/bin/sh
case "$*" in
  *restart*)
    if [ -f ${folder}/slow ]; then echo $$ > ${folder}/slow-pid; exec sleep 60; fi
    [ -f ${folder}/pid ] && kill "$(cat ${folder}/pid)"
    sleep 600 >/dev/null 2>&1 &
    echo $! > ${folder}/pid
    echo "started with password=hunter2"
    ;;
  *show*)
    if [ -f ${folder}/pid ] && kill -0 "$(cat ${folder}/pid)" 2>/dev/null
    then printf 'LoadState=loaded\\nActiveState=active\\nSubState=running\\nMainPID=%s\\n' "$(cat ${folder}/pid)"
    else printf 'LoadState=loaded\\nActiveState=inactive\\nSubState=dead\\nMainPID=0\\n'; fi
    ;;
esac
`;

test('the embedded broker hands nobody a command that a stranger publishes, and sets it aside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-stranger-'));
  const [port, mqttPort] = [await freePort(), await freePort()];
  const ports = [`--http-port=${port}`, `--mqtt-port=${mqttPort}`];
  const server = runVigie(['server', `--data-dir=${folder}`, ...ports], { VIGIE_ADMIN_TOKEN: 'a-token' });
  try {
    await server.says(/Ctrl-C/);
    const as = (clientId: string) =>
      mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { clientId, protocolVersion: 4 });
    const [till, stranger] = [await as(`vigie:${TILL}`), await as('stranger')];
    const heard: string[] = [];
    till.on('message', (_, payload) => heard.push(String(payload)));
    await till.subscribeAsync(`vigie/v1/${TILL}/command`, { qos: 1 });
    await stranger.publishAsync(`vigie/v1/${TILL}/command`, '{"id":"from-a-stranger"}', { qos: 1 });
    const entry = await until(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/api/v1/set-aside`, {
          headers: { authorization: 'Bearer a-token' },
        });
        const { entries } = (await answer.json()) as { entries: { source: string; sample: string }[] };
        return entries.find(({ source }) => source === `stranger vigie/v1/${TILL}/command`);
      },
      SOON_MS,
      'not set aside',
    );
    expect(JSON.stringify(entry)).toContain('from-a-stranger');
    expect(heard).toEqual([]);
    await till.endAsync(true);
    await stranger.endAsync(true);
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A server on a broker that lets anybody publish anything, as none should, and an agent with actions. */
describe('actions, with a real server, broker and agent', () => {
  const undo: (() => unknown)[] = [];
  let folder: string;
  let base: string;
  let signer: Signer;
  let mosquitto: Mosquitto;
  let hand: MqttClient;
  let ear: Socket;
  let agent: VigieProcess;

  const api = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      headers: { authorization: 'Bearer a-token', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await answer.json()) as T;
  };
  const commands = async () => (await api<{ commands: CommandView[] }>(`/devices/${TILL}/actions`)).commands;
  const audit = async () =>
    (await api<{ entries: { who: string; action: string; detail: string }[] }>('/audit?limit=1000')).entries;
  const settled = (id: string) =>
    until(
      async () => (await commands()).find((command) => command.id === id && command.state !== 'sent'),
      SOON_MS,
      () => `${id} is not answered: ${agent.output()}`,
    );
  const ask = async (body: object) => {
    const { command, error } = await api<{ command?: CommandView; error?: { code: string } }>(
      `/devices/${TILL}/actions`,
      body,
    );
    if (!command) throw new Error(error?.code);
    return settled(command.id);
  };
  const startAgent = async () => {
    agent = runVigie(['agent', `--config=${join(folder, 'agent.yaml')}`], {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    });
    await agent.says(/"connected"/);
    await until(async () => (await api<{ online: boolean }>(`/devices/${TILL}/actions`)).online, SOON_MS, 'no agent');
  };
  const inFolder = (name: string) => join(folder, name);
  const stopProgram = (pidFile: string) => {
    if (!existsSync(pidFile)) return;
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8')));
    } catch {
      // It has ended by itself.
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-actions-'));
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of ['bin', 'data', 'spool']) mkdirSync(inFolder(name));
    undo.push(() => [inFolder('pid'), inFolder('slow-pid')].forEach(stopProgram));
    writeFileSync(inFolder('bin/systemctl'), FAKE_SYSTEMCTL(folder));
    chmodSync(inFolder('bin/systemctl'), 0o755);
    writeFileSync(inFolder('rules.yaml'), RULES);
    mosquitto = await startMosquitto();
    undo.push(() => mosquitto.remove());
    ear = createSocket('udp4');
    ear.bind(0);
    await once(ear, 'listening');
    undo.push(() => ear.close());

    const state = openSqliteStateStore(inFolder('data/state.sqlite'));
    signer = createSigner(await state.secret('signing'));
    await state.close();
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    writeFileSync(
      inFolder('vigie.yaml'),
      stringify({
        http: { port },
        dataDir: inFolder('data'),
        broker: { url: mosquitto.url },
        rules: inFolder('rules.yaml'),
      }),
    );
    const server = runVigie(['server', `--config=${inFolder('vigie.yaml')}`], { VIGIE_ADMIN_TOKEN: 'a-token' });
    undo.push(() => server.end('SIGKILL'));
    await server.says(/Ctrl-C/);
    const devices = ['till-01', 'till-02'].map((name, i) => ({ name, kind: 'till', lane: i + 1 }));
    const stores = [{ name: 'lyon-01', title: 'Lyon', timeZone: 'Europe/Paris', devices }];
    await api('/inventory', { chains: [{ name: 'brico', title: 'Brico', stores }] });

    const { publicKey } = await api<{ publicKey: string }>('/commands/key');
    writeFileSync(inFolder('signing.pub'), publicKey);
    const free = { notWhileSelling: false, perDay: 20 };
    const machines = [{ name: 'till-02', mac: '00:1b:21:3a:4f:5c' }];
    writeFileSync(
      inFolder('agent.yaml'),
      stringify({
        chain: 'brico',
        store: 'lyon-01',
        device: 'till-01',
        server: mosquitto.url,
        dataDir: inFolder('agent'),
        intervalS: 1,
        locale: 'en',
        checks: [{ type: 'process', name: 'process:posd', program: 'vigie-no-such-program' }],
        actions: {
          publicKeyFile: inFolder('signing.pub'),
          sale: { file: inFolder('sale') },
          allow: [
            { name: 'restart_pos', type: 'restart_service', services: ['posd'], settleS: 0, ...free },
            { name: 'rotate_pos', type: 'rotate_log', files: [inFolder('pos.log')], perDay: 2 },
            { name: 'clear_tickets', type: 'clear_spool', folder: inFolder('spool'), files: '*.spl', ...free },
            {
              name: 'wake',
              type: 'wake_on_lan',
              machines,
              broadcast: '127.255.255.255',
              port: ear.address().port,
              ...free,
            },
          ],
        },
      }),
    );
    undo.push(() => agent.end('SIGKILL'));
    await startAgent();
    hand = await mqtt.connectAsync(mosquitto.url, { protocolVersion: 4 });
    undo.push(() => hand.endAsync(true));
  }, 60_000);
  afterAll(async () => {
    for (const work of undo.splice(0).reverse()) await work();
  });
  beforeEach(() => rmSync(inFolder('sale'), { force: true }));

  const commandOf = (changes: Partial<Command> = {}): Command => ({
    v: 1,
    id: `byhand-${randomBytes(4).toString('hex')}`,
    to: TILL,
    action: 'clear_tickets',
    args: {},
    at: Date.now(),
    expiresAt: Date.now() + 60_000,
    by: 'somebody',
    ...changes,
  });
  const publish = (message: object) =>
    hand.publishAsync(`vigie/v1/${TILL}/command`, JSON.stringify(message), { qos: 1 });

  test('what the device allows is told', async () => {
    const { online, allowed } = await api<{ online: boolean; allowed: { name: string; args: object }[] }>(
      `/devices/${TILL}/actions`,
    );
    expect(online).toBe(true);
    expect(allowed.map(({ name }) => name)).toEqual(['restart_pos', 'rotate_pos', 'clear_tickets', 'wake']);
    expect(allowed[1]?.args).toEqual({ file: [inFolder('pos.log')] });
  });

  test('a log is rotated, a spool cleared, a machine woken: really, and audited with who and why', async () => {
    writeFileSync(inFolder('pos.log'), 'a long day');
    writeFileSync(inFolder('spool/1.spl'), 'ticket');
    writeFileSync(inFolder('spool/notes.txt'), 'stays');
    expect(await ask({ action: 'rotate_pos', why: 'disk filling' })).toMatchObject({ state: 'done', by: 'admin' });
    expect(readFileSync(inFolder('pos.log.1'), 'utf8')).toBe('a long day');
    expect(await ask({ action: 'clear_tickets' })).toMatchObject({ state: 'done', reply: { output: '1.spl' } });
    expect([existsSync(inFolder('spool/1.spl')), existsSync(inFolder('spool/notes.txt'))]).toEqual([false, true]);
    const heard = once(ear, 'message');
    expect(await ask({ action: 'wake' })).toMatchObject({ state: 'done' });
    expect((await heard)[0]).toHaveLength(102);
    const entries = await audit();
    expect(entries).toContainEqual(
      expect.objectContaining({
        who: 'admin',
        action: 'action.asked',
        detail: expect.stringMatching(/rotate_pos.*disk filling/),
      }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ who: TILL, action: 'action.done' }));
  });

  test('a service is restarted through a fake systemctl, and its incident shows before, after and output, masked', async () => {
    const incident = await until(
      async () => (await api<{ incidents: IncidentView[] }>('/incidents?state=open')).incidents[0],
      SOON_MS,
      'no incident',
    );
    const done = await ask({ action: 'restart_pos', why: 'frozen', incident: incident.number });
    expect(done).toMatchObject({
      state: 'done',
      reply: { before: 'posd: inactive (dead)', output: 'started with password=***' },
    });
    expect(done.reply?.after).toBe(`posd: active (running), PID ${readFileSync(inFolder('pid'), 'utf8').trim()}`);
    const told = await until(
      async () => {
        const found = await api<{ incident: IncidentView; timeline: TimelineEntry[] }>(`/incidents/${incident.number}`);
        return found.timeline.some(({ reason }) => reason.code === 'action.done') && found;
      },
      SOON_MS,
      'not in the timeline',
    );
    expect(told.timeline.filter(({ reason }) => reason.code.startsWith('action.')).map(({ reason }) => reason)).toEqual(
      [
        { code: 'action.asked', params: expect.objectContaining({ by: 'admin', why: 'frozen' }) },
        {
          code: 'action.done',
          params: expect.objectContaining({ before: 'posd: inactive (dead)', after: done.reply?.after }),
        },
      ],
    );
    expect(told.incident.actions).toHaveLength(1);
    expect(JSON.stringify([told, await audit()])).not.toContain('hunter2');
  });

  test('nothing is touched while a sale is open; the budget of the day is kept', async () => {
    writeFileSync(inFolder('sale'), '');
    writeFileSync(inFolder('pos.log'), 'x');
    expect(await ask({ action: 'rotate_pos' })).toMatchObject({ state: 'refused', reply: { refusal: 'selling' } });
    rmSync(inFolder('sale'));
    expect(await ask({ action: 'rotate_pos' })).toMatchObject({ state: 'done' });
    expect(await ask({ action: 'rotate_pos' })).toMatchObject({ state: 'refused', reply: { refusal: 'budget-spent' } });
  });

  test('unsigned, another’s key, expired, for another, unknown: refused, recorded and shown', async () => {
    const other = createSigner(randomBytes(32));
    const past = { at: Date.now() - 120_000, expiresAt: Date.now() - 60_000 };
    const cases: [string, Command, (command: Command) => object][] = [
      ['unsigned', commandOf(), (command) => command],
      ['unsigned', commandOf(), (command) => other.sign('command', command)],
      ['expired', commandOf(past), (command) => signer.sign('command', command)],
      ['not-for-me', commandOf({ to: 'brico/lyon-01/till-02' }), (command) => signer.sign('command', command)],
      ['unknown-action', commandOf({ action: 'format_disk' }), (command) => signer.sign('command', command)],
      ['not-allowed', commandOf({ args: { folder: '/' } }), (command) => signer.sign('command', command)],
    ];
    writeFileSync(inFolder('spool/2.spl'), 'ticket');
    for (const [refusal, command, make] of cases) {
      await publish(make(command));
      expect(await settled(command.id)).toMatchObject({ state: 'refused', asked: false, reply: { refusal } });
    }
    expect(existsSync(inFolder('spool/2.spl'))).toBe(true);
    const refused = (await audit()).filter(({ action }) => action === 'action.refused');
    for (const [refusal, { id }] of cases) {
      expect(refused).toContainEqual(
        expect.objectContaining({ who: TILL, detail: expect.stringMatching(new RegExp(`${id}.*${refusal}`)) }),
      );
    }
  });

  test('a copy of a command that was sent runs no second time, and is noted', async () => {
    const taps: Buffer[] = [];
    hand.on('message', (_, payload) => taps.push(payload));
    await hand.subscribeAsync(`vigie/v1/${TILL}/command`, { qos: 1 });
    writeFileSync(inFolder('spool/3.spl'), 'ticket');
    const done = await ask({ action: 'clear_tickets' });
    writeFileSync(inFolder('spool/4.spl'), 'ticket');
    const copy = await until(() => taps.find((payload) => payload.includes(done.id)), SOON_MS, 'nothing to copy');
    await hand.unsubscribeAsync(`vigie/v1/${TILL}/command`);
    await hand.publishAsync(`vigie/v1/${TILL}/command`, copy, { qos: 1 });
    const noted = await until(
      async () => (await commands()).find(({ id, refusedAgainAt }) => id === done.id && refusedAgainAt !== undefined),
      SOON_MS,
      'not noted',
    );
    expect(noted.state).toBe('done');
    expect(existsSync(inFolder('spool/4.spl'))).toBe(true);
  });

  test('an agent killed in the middle of an action says so when it is back, and does not act again', async () => {
    writeFileSync(inFolder('slow'), '');
    const asked = await api<{ command: CommandView }>(`/devices/${TILL}/actions`, { action: 'restart_pos' });
    await until(() => existsSync(inFolder('slow-pid')), SOON_MS, 'it did not begin');
    await agent.end('SIGKILL');
    rmSync(inFolder('slow'));
    await startAgent();
    expect(await settled(asked.command.id)).toMatchObject({ state: 'failed', reply: { error: /not known/ } });
  });

  test('a device that is not there is not told, now or later', async () => {
    await agent.end('SIGTERM');
    await until(
      async () => !(await api<{ online: boolean }>(`/devices/${TILL}/actions`)).online,
      SOON_MS,
      'still shown online',
    );
    await expect(ask({ action: 'clear_tickets', why: 'late' })).rejects.toThrow('device-offline');
    expect(await audit()).toContainEqual(
      expect.objectContaining({ who: 'admin', action: 'action.not-sent', detail: expect.stringMatching(/late/) }),
    );
    await startAgent();
    const cli = runVigie(['action', TILL, 'clear_tickets', `--url=${base}`, '--why=CLI', '--lang=fr'], {
      VIGIE_ADMIN_TOKEN: 'a-token',
    });
    expect(await cli.end('SIGCONT')).toBe(0);
    expect(cli.output()).toMatch(/Réussie\nAvant\u202f: .*spool.*\nAprès\u202f: /);
    const list = runVigie(['action', TILL, `--url=${base}`, '--lang=en'], { VIGIE_ADMIN_TOKEN: 'a-token' });
    expect(await list.end('SIGCONT')).toBe(0);
    expect(list.output()).toMatch(/It allows:\n {2}restart_pos service=posd {3}Restart a service/);
  });
});
