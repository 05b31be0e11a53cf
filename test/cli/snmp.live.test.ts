import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RealSnmpd, startSnmpd } from '../agent/snmp/client/real-snmpd.ts';
import { freePort } from '../support/free-port.ts';
import { runVigie, type VigieProcess } from '../support/vigie-process.ts';

const ENGINE = '80000000010203040506';
const SNMPD = [
  'rocommunity the-secret-community 127.0.0.1',
  'createUser watcher SHA-256 the-auth-password AES the-priv-password',
  'rouser watcher priv',
  'sysName shop-switch',
  'sysLocation Lyon',
];
const INVENTORY = `chain,chain_title,store,store_title,time_zone,device,kind,gateway
c,C,s,Lyon,Europe/Paris,gw,gateway,
c,C,s,,,switch-1,switch,gw
c,C,s,,,server-1,server,gw
`;

let folder: string;
let snmpd: RealSnmpd;
let url: string;
const running: VigieProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-snmp-'));
  snmpd = await startSnmpd(SNMPD, ENGINE, 'first');
});
afterEach(async () => {
  for (const process of running.splice(0).reverse()) await process.end('SIGTERM');
  await snmpd.close();
  rmSync(folder, { recursive: true, force: true });
});

const keep = (process: VigieProcess): VigieProcess => {
  running.push(process);
  return process;
};
const secret = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return file;
};

/** A server with the store's devices, and the gateway's agent that asks them every five seconds. */
async function startStore(more: object = {}): Promise<VigieProcess> {
  const [http, mqtt] = [await freePort(), await freePort()];
  const dataDir = join(folder, 'server');
  const args = [`--data-dir=${dataDir}`, `--http-port=${http}`, `--mqtt-port=${mqtt}`, '--lang=en'];
  await keep(runVigie(['server', ...args])).says(/Ctrl-C/);
  url = `http://127.0.0.1:${http}`;
  const inventory = join(folder, 'inventory.csv');
  writeFileSync(inventory, INVENTORY);
  expect(await runVigie(['import', inventory, `--url=${url}`, `--data-dir=${dataDir}`]).end('SIGCONT')).toBe(0);
  const config = join(folder, 'agent.yaml');
  const watcher = {
    version: 3,
    user: 'watcher',
    auth: { protocol: 'sha256', passwordFile: secret('auth', 'the-auth-password') },
    priv: { protocol: 'aes128', passwordFile: secret('priv', 'the-priv-password') },
  };
  const there = { host: '127.0.0.1', port: snmpd.port };
  writeFileSync(
    config,
    JSON.stringify({
      ...{ chain: 'c', store: 's', device: 'gw', server: `mqtt://127.0.0.1:${mqtt}` },
      ...{ dataDir: join(folder, 'agent'), central: false, locale: 'en', inventory: false, intervalS: 5 },
      checks: [{ type: 'system' }],
      snmp: {
        credentials: {
          lan: { version: '2c', communityFile: secret('community', 'the-secret-community') },
          watcher,
        },
        everyS: 5,
        ...more,
      },
      snmpDevices: [
        { name: 'switch-1', ...there, credential: 'lan', uplinks: ['lo'], timeoutMs: 300 },
        { name: 'server-1', ...there, credential: 'watcher', timeoutMs: 300 },
      ],
    }),
  );
  return keep(runVigie(['agent', `--config=${config}`]));
}

interface DeviceAnswer {
  view: { state: string; reason: { code: string }; alerts: { rule: string; state: string; instance: string }[] };
  readings: { measurement: string; field: string; tags: Record<string, string>; value: number }[];
}
const read = async <T>(path: string) => (await fetch(`${url}${path}`)).json() as Promise<T>;
const device = (name: string) => read<DeviceAnswer>(`/api/v1/devices/c/s/${name}`);
async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    await pause(100);
  }
}

test('what a real snmpd tells over v2c and v3 is on the wall; when it dies both are down, and up again when it is back', async () => {
  const agent = await startStore();
  for (const name of ['switch-1', 'server-1']) {
    const { readings, view } = await until(async () => {
      const told = await device(name);
      return told.readings.some(({ field }) => field === 'in_bps') && told;
    });
    expect(view).toMatchObject({ state: 'up', alerts: [] });
    const value = (measurement: string, field: string, tag?: string) =>
      readings.find(
        (each) => each.measurement === measurement && each.field === field && (!tag || each.tags.name === tag),
      );
    expect(value('interface', 'oper_status', 'lo')?.value).toBe(1);
    expect(value('interface', 'in_bps', 'lo')?.value).toBeGreaterThan(0);
    expect(value('mem', 'used_percent')?.value).toBeGreaterThan(0);
    expect(value('snmp', 'faults')?.value).toBe(0);
  }
  const { facts } = await read<{ facts: { path: string; value: string }[] }>('/api/v1/devices/c/s/switch-1/facts');
  expect(facts).toContainEqual(expect.objectContaining({ path: 'snmp.location', value: 'Lyon' }));

  await snmpd.stop();
  for (const name of ['switch-1', 'server-1']) {
    await until(async () => {
      const { view } = await device(name);
      return view.reason.code === 'presence.unreachable' && view.alerts.some(({ state }) => state === 'firing');
    });
  }
  await snmpd.restart({ memory: 'second', engineId: ENGINE });
  for (const name of ['switch-1', 'server-1']) await until(async () => (await device(name)).view.state === 'up');
  expect(agent.output()).not.toMatch(/the-secret|the-auth|the-priv/);
}, 180_000);

const UPS = '1.3.6.1.2.1.33';
const ALARM = (id: number) => [
  `${UPS}.1.6.2.1.1.${id}`,
  'i',
  String(id),
  `${UPS}.1.6.2.1.2.${id}`,
  'o',
  `${UPS}.1.6.3.4`,
];

/** Debian's own tools, as a device would send it. */
async function send(program: 'snmptrap' | 'snmpinform', port: number, oid: string, values: string[]): Promise<void> {
  const v3 = [
    '-v3',
    '-u',
    'watcher',
    '-l',
    'authPriv',
    '-a',
    'SHA-256',
    '-A',
    'the-auth-password',
    '-x',
    'AES',
    '-X',
    'the-priv-password',
  ];
  const how = program === 'snmptrap' ? ['-v2c', '-c', 'the-secret-community'] : v3;
  const env = { PATH: process.env.PATH, MIBS: '', SNMPCONFPATH: folder, SNMP_PERSISTENT_DIR: folder };
  await promisify(execFile)(program, [...how, `127.0.0.1:${port}`, '', oid, ...values], { env, timeout: 20_000 });
}

test('a trap is an alert on the wall at once, over a restart of the agent; the inform that takes it back ends it', async () => {
  const port = await freePort();
  const agent = await startStore({ traps: { host: '127.0.0.1', port } });
  await agent.says(/SNMP notifications are received/);
  await until(async () => (await device('switch-1')).view.state === 'up');
  const raised = async () => {
    for (const name of ['switch-1', 'server-1']) {
      const { view } = await device(name);
      const found = view.alerts.find(({ instance }) => instance.startsWith('trap:upsTrapAlarmEntryAdded'));
      if (found) return { name, ...found };
    }
    return undefined;
  };
  await send('snmptrap', port, `${UPS}.2.3`, ALARM(7));
  const { name } = await until(raised);
  // The wall shows what was judged; the event can be read once it is committed, a moment later.
  const [event] = await until(async () => {
    const told = await read<{ events: { text: string; severity: string }[] }>(`/api/v1/devices/c/s/${name}/events`);
    return told.events.length > 0 && told.events;
  });
  expect(event).toMatchObject({ severity: 'critical', text: 'UPS alarm: battery depleted' });

  await agent.end('SIGTERM');
  const config = join(folder, 'agent.yaml');
  const next = keep(runVigie(['agent', `--config=${config}`]));
  await next.says(/SNMP notifications are received/);
  expect(await raised()).toBeDefined();
  await send('snmpinform', port, `${UPS}.2.4`, ALARM(7));
  await until(async () => (await raised()) === undefined);
  await send('snmptrap', port, '1.3.6.1.4.1.99999.0.7', ['1.3.6.1.4.1.99999.1', 's', 'something odd']);
  await until(async () => {
    const told = await read<{ events: { text: string }[] }>(`/api/v1/devices/c/s/${name}/events`);
    return told.events.some(({ text }) => text.includes('something odd'));
  });
  expect(agent.output() + next.output()).not.toMatch(/the-secret|the-auth|the-priv/);
}, 180_000);
