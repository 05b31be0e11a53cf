import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFrames } from '../../collector/report-log.ts';
import type { Report } from '../../protocol/messages.ts';
import type { IncidentView, StoreTile, TimelineEntry } from '../../protocol/views.ts';
import { type Cable, canMakeNetworks, type Machine, Networks } from '../support/namespaces.ts';
import { createTestAuthority, type Identity } from '../support/test-authority.ts';
import { keepSqliteLog } from './committed.ts';
import { until } from './until.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const TOKEN = 'a-token-for-this-test-only';
const TILLS = ['till-1', 'till-2', 'till-3'] as const;
const STORE = 'acme/lyon';
const [HTTP, MQTT] = [8080, 1883];

/** The default ones, with less patience: what is tried here is which cause is named. */
const RULES = ['lane-silent: [till]', 'backbone-silent: [gateway]']
  .map((rule) => rule.split(': '))
  .reduce(
    (text, [id, kinds]) =>
      `${text}  - { id: ${id}, title: { fr: ${id}, en: ${id} }, type: silence, kinds: ${kinds}, severity: critical, urgency: 1,
      hours: always, for: 2 s, clearFor: 1 s, intervals: 5, stoppedFor: 5 min }\n`,
    'settle: 5 s\nquiet: 4 s\ngrace: 20 s\nrules:\n',
  );

/** Stands for the agents' door of the server: TLS with certificates outside, the broker's loopback behind it. */
const DOOR = `
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createServer } from 'node:tls';
const [certFile, keyFile, caFile] = process.argv.slice(2);
const read = (file) => readFileSync(file);
createServer(
  { cert: read(certFile), key: read(keyFile), ca: read(caFile), requestCert: true, rejectUnauthorized: true },
  (outside) => {
    const inside = connect(${MQTT}, '127.0.0.1');
    for (const [one, other] of [[outside, inside], [inside, outside]]) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  },
).listen(8883, '10.214.0.1', () => console.log('open'));
`;

let folder: string;
let networks: Networks;
let running: ChildProcess[];
let identity: (commonName: string, names?: string) => Identity;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-gateway-'));
  networks = new Networks();
  running = [];
  identity = createTestAuthority(folder);
});
afterEach(async () => {
  await Promise.all(running.map((child) => end(child, 'SIGKILL')));
  networks.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill(signal);
  await ended;
}

/** Starts a program on a machine; resolves when it has said this. */
async function run(machine: Machine, args: readonly string[], says: RegExp): Promise<ChildProcess> {
  const child = machine.spawn(process.execPath, args, { VIGIE_ADMIN_TOKEN: TOKEN });
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-20_000);
    });
  }
  await until(
    () => says.test(said),
    20_000,
    () => `${args.join(' ')} has not said ${says}:\n${said}`,
  );
  return child;
}

async function api<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`http://10.213.0.2:${HTTP}/api/v1${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const incidents = async () => (await api<{ incidents: IncidentView[] }>('/incidents')).incidents;
const tile = async () => (await api<{ tile: StoreTile }>(`/stores/${STORE}`)).tile;

/** The incident of this target, once it is put down to this cause. */
async function named(target: string, code: string): Promise<IncidentView> {
  let seen: IncidentView[] = [];
  return until(
    async () => {
      seen = await incidents();
      return seen.find(
        ({ cause, state }) => state !== 'resolved' && cause.target === target && cause.reason.code === code,
      );
    },
    30_000,
    () => `${target} is not put down to ${code}: ${JSON.stringify(seen.map(({ cause, fold }) => ({ cause, fold })))}`,
  );
}

const showsAs = (state: string, pips: string, withinMs: number) =>
  until(
    async () => {
      const seen = await tile();
      return seen.state === state && seen.pips === pips;
    },
    withinMs,
    `the store does not show as ${state} ${pips}`,
  );

/** Per run of each till, how often each report number was committed. */
function committedRuns(file: string): Map<string, Map<number, number>> {
  const runs = new Map<string, Map<number, number>>();
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('SELECT frames FROM kept_by_test UNION ALL SELECT frames FROM log').iterate();
  for (const { frames } of rows) {
    for (const { device, payload } of readFrames(frames as Uint8Array)) {
      const { boot, seq } = JSON.parse(Buffer.from(payload).toString()) as Report;
      const counts = runs.get(`${device} ${boot}`) ?? new Map<number, number>();
      counts.set(seq, (counts.get(seq) ?? 0) + 1);
      runs.set(`${device} ${boot}`, counts);
    }
  }
  database.close();
  return runs;
}

test.skipIf(!canMakeNetworks())(
  'a till that is killed, one whose port is cut, and a line that is cut: three causes by name, and no report lost or counted twice',
  async () => {
    const centre = networks.machine('c');
    const lan = networks.switch('l');
    const gateway = networks.machine('g');
    networks.cable(undefined, '10.213.0.1/24', centre, '10.213.0.2/24');
    const wan = networks.cable(centre, '10.214.0.1/24', gateway, '10.214.0.2/24');
    networks.plug(lan, gateway, '10.215.0.1/24');
    const tills = new Map<string, { machine: Machine; port: Cable; identity: Identity }>();
    for (const [at, name] of TILLS.entries()) {
      const machine = networks.machine(`t${at + 1}`);
      const port = networks.plug(lan, machine, `10.215.0.${at + 11}/24`);
      tills.set(name, { machine, port, identity: identity(`${STORE}/${name}`) });
    }

    writeFileSync(join(folder, 'rules.yaml'), RULES);
    const server = {
      http: { host: '10.213.0.2', port: HTTP },
      mqtt: { host: '127.0.0.1', port: MQTT },
      dataDir: join(folder, 'server'),
      rules: join(folder, 'rules.yaml'),
    };
    writeFileSync(join(folder, 'vigie.yaml'), JSON.stringify(server));
    const startServer = () =>
      run(centre, [root('cli/vigie.mjs'), 'server', `--config=${join(folder, 'vigie.yaml')}`], /Ctrl-C/);
    const first = await startServer();
    let last = first;
    await keepSqliteLog(join(folder, 'server', 'state.sqlite'), async (work) => {
      await end(first, 'SIGTERM');
      work();
      last = await startServer();
    });
    writeFileSync(join(folder, 'door.mjs'), DOOR);
    const door = identity('vigie', 'IP:10.214.0.1');
    await run(centre, [join(folder, 'door.mjs'), door.certFile, door.keyFile, door.caFile], /open/);
    await api('/inventory', {
      chains: [
        {
          name: 'acme',
          title: 'Acme',
          stores: [
            {
              name: 'lyon',
              title: 'Lyon',
              timeZone: 'Europe/Paris',
              devices: [
                { name: 'gw', kind: 'gateway' },
                ...TILLS.map((name, at) => ({ name, kind: 'till', lane: at + 1, gateway: 'gw' })),
              ],
            },
          ],
        },
      ],
    });

    const agent = (machine: Machine, device: string, who: Identity, more: Record<string, unknown>) => {
      const file = join(folder, `${device}.yaml`);
      const usual = { chain: 'acme', store: 'lyon', device, intervalS: 1, keepaliveS: 2, checks: [{ type: 'mem' }] };
      // JSON is YAML too.
      writeFileSync(file, JSON.stringify({ ...usual, ...who, dataDir: join(folder, device), central: false, ...more }));
      return run(machine, [root('cli/agent-process.ts'), `--config=${file}`], /agent started/);
    };
    const gatewayIdentity = identity(`${STORE}/gw`);
    const own = { server: 'mqtts://10.214.0.1:8883', gateway: { host: '10.215.0.1', ...gatewayIdentity } };
    await agent(gateway, 'gw', gatewayIdentity, own);
    const startTill = (name: string) => {
      const { machine, identity: who } = tills.get(name) as { machine: Machine; identity: Identity };
      return agent(machine, name, who, { server: 'mqtts://10.215.0.1:8883', through: 'gw' });
    };
    const processes = new Map<string, ChildProcess>();
    for (const name of TILLS) processes.set(name, await startTill(name));
    await showsAs('up', 'uuu', 20_000);

    // Killed: its machine answers, the store goes on.
    await end(processes.get('till-1') as ChildProcess, 'SIGKILL');
    await named(`${STORE}/till-1`, 'presence.agent-died');
    await startTill('till-1');
    await showsAs('up', 'uuu', 20_000);

    // Its port on the switch: nobody in the store reaches it.
    tills.get('till-2')?.port.cut();
    const offLan = await named(`${STORE}/till-2`, 'presence.off-lan');
    const { gateway: seenBy, asked } = offLan.cause.reason.params ?? {};
    expect(seenBy).toBe(`${STORE}/gw`);
    // Neighbours that are not sure in time are not counted: on a busy machine one may miss it.
    expect(asked).toBeGreaterThanOrEqual(1);
    expect((await tile()).pips).toBe('udu');
    tills.get('till-2')?.port.mend();
    await showsAs('up', 'uuu', 30_000);

    // The line: nothing is known of the tills, and they are not said to be down.
    wan.cut();
    const cutOff = await named(STORE, 'store.cut-off');
    expect((await tile()).pips).toBe('bbb');
    expect((await incidents()).filter(({ state }) => state !== 'resolved')).toHaveLength(1);
    wan.mend();
    await showsAs('up', 'uuu', 40_000);
    const timeline = await until(
      async () => {
        const told = await api<{ incident: IncidentView; timeline: TimelineEntry[] }>(`/incidents/${cutOff.number}`);
        return told.incident.state === 'resolved' && told.timeline;
      },
      20_000,
      'the cut is not over',
    );
    const proof = timeline.find(({ reason }) => reason.code === 'store.was-cut-off')?.reason.params;
    expect(proof?.reports).toBeGreaterThanOrEqual(3);

    await end(last, 'SIGTERM');
    const runs = committedRuns(join(folder, 'server', 'state.sqlite'));
    expect([...runs.keys()].filter((run) => run.includes('till-'))).toHaveLength(TILLS.length + 1);
    for (const [name, counts] of runs) {
      const longest = Math.max(...counts.keys());
      const numbers = Array.from({ length: longest }, (_, at) => at + 1);
      expect([name, numbers.filter((seq) => counts.get(seq) !== 1)]).toEqual([name, []]);
    }
    const seen = [...runs.values()].reduce((sum, counts) => sum + counts.size, 0);
    process.stdout.write(
      `${seen} reports, each once; ${proof?.reports} of them kept during the cut; ${asked} neighbours saw the cut port\n`,
    );
  },
);
