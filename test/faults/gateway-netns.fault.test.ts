import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceView, IncidentView, StoreTile, TimelineEntry } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { type Cable, canMakeNetworks, type Machine, Networks } from '../support/namespaces.ts';
import { keepSqliteLog } from './committed.ts';
import { committedRuns } from './committed-runs.ts';
import { until } from './until.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const TOKEN = 'a-token-for-this-test-only';
const TILLS = ['till-1', 'till-2', 'till-3'] as const;
const STORE = 'acme/lyon';
const [HTTP, MQTT] = [8080, 1883];
const VIGIE = root('cli/vigie.mjs');

/** The default ones, with less patience: what is tried here is which cause is named. */
const RULES = ['lane-silent: [till]', 'backbone-silent: [gateway]']
  .map((rule) => rule.split(': '))
  .reduce(
    (text, [id, kinds]) =>
      `${text}  - { id: ${id}, title: { fr: ${id}, en: ${id} }, type: silence, kinds: ${kinds}, severity: critical, urgency: 1,
      hours: always, for: 2 s, clearFor: 1 s, intervals: 5, stoppedFor: 5 min }\n`,
    'settle: 5 s\nquiet: 4 s\ngrace: 20 s\nrules:\n',
  );

let folder: string;
let networks: Networks;
let running: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-gateway-'));
  networks = new Networks();
  running = [];
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

interface Started {
  child: ChildProcess;
  /** Resolves when it has said this since it was started. */
  says(what: RegExp): Promise<RegExpMatchArray>;
}

/** Starts `vigie` on a machine. */
function vigie(machine: Machine, ...args: string[]): Started {
  const child = machine.spawn(process.execPath, [VIGIE, ...args], {
    VIGIE_ADMIN_TOKEN: TOKEN,
    VIGIE_URL: `http://10.213.0.2:${HTTP}`,
  });
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-100_000);
    });
  }
  return {
    child,
    says: (what) =>
      until(
        () => said.match(what) ?? undefined,
        30_000,
        () => `vigie ${args.join(' ')} has not said ${what}:\n${said.slice(-5_000)}`,
      ),
  };
}

/** Starts it; resolves when it has said this. */
async function run(machine: Machine, args: readonly string[], says: RegExp): Promise<Started> {
  const started = vigie(machine, ...args);
  await started.says(says);
  return started;
}

/** Has these devices enrolled, as a technician would, on the machine of each. */
async function enrol(centre: Machine, kind: string, server: string, machines: ReadonlyMap<string, Machine>) {
  const wish = ['token', 'create', '--chain=acme', '--store=lyon', `--kind=${kind}`, `--uses=${machines.size}`];
  const [token] = await vigie(centre, ...wish).says(/vigie-[\w-]{43}\.[\w-]{32}/);
  const where = [`--server=${server}`, `--token=${token}`];
  await Promise.all(
    Array.from(machines, ([name, machine]) =>
      run(
        machine,
        ['agent', 'enroll', ...where, `--device=${name}`, `--data-dir=${join(folder, name)}`],
        new RegExp(`Enrolled as ${STORE}/${name}`),
      ),
    ),
  );
}

async function api<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`http://10.213.0.2:${HTTP}/api/v1${path}`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

const incidents = async () => (await api<{ incidents: IncidentView[] }>('/incidents')).incidents;
const device = async (name: string) => (await api<{ view: DeviceView }>(`/devices/${STORE}/${name}`)).view;
const tile = async () => (await api<{ tile: StoreTile }>(`/stores/${STORE}`)).tile;

/** The incident of this target, once it is put down to this cause. */
async function named(target: string, code: string): Promise<IncidentView> {
  let seen: IncidentView[] = [];
  return until(
    async () => {
      seen = await incidents();
      return seen.find(({ cause, state }) => !isOver(state) && cause.target === target && cause.reason.code === code);
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

test.skipIf(!canMakeNetworks())(
  'a till that is killed, one whose port is cut, and a line that is cut: three causes by name, and no report lost or counted twice; a revoked one is refused',
  async () => {
    const centre = networks.machine('c');
    const lan = networks.switch('l');
    const gateway = networks.machine('g');
    networks.cable(undefined, '10.213.0.1/24', centre, '10.213.0.2/24');
    const wan = networks.cable(centre, '10.214.0.1/24', gateway, '10.214.0.2/24');
    networks.plug(lan, gateway, '10.215.0.1/24');
    const tills = new Map<string, { machine: Machine; port: Cable }>();
    for (const [at, name] of TILLS.entries()) {
      const machine = networks.machine(`t${at + 1}`);
      const port = networks.plug(lan, machine, `10.215.0.${at + 11}/24`);
      tills.set(name, { machine, port });
    }

    writeFileSync(join(folder, 'rules.yaml'), RULES);
    const server = {
      http: { host: '10.213.0.2', port: HTTP },
      mqtt: { host: '127.0.0.1', port: MQTT },
      agents: { host: '10.214.0.1', names: ['10.214.0.1'] },
      dataDir: join(folder, 'server'),
      rules: join(folder, 'rules.yaml'),
    };
    writeFileSync(join(folder, 'vigie.yaml'), JSON.stringify(server));
    const startServer = () => run(centre, ['server', `--config=${join(folder, 'vigie.yaml')}`], /Ctrl-C/);
    const first = await startServer();
    let last = first;
    await keepSqliteLog(join(folder, 'server', 'state.sqlite'), async (work) => {
      await end(first.child, 'SIGTERM');
      work();
      last = await startServer();
    });
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

    const agent = (machine: Machine, device: string, more: object) => {
      const file = join(folder, `${device}.yaml`);
      const usual = { dataDir: join(folder, device), intervalS: 1, keepaliveS: 2, checks: [{ type: 'mem' }] };
      // JSON is YAML too.
      writeFileSync(file, JSON.stringify({ ...usual, inventory: false, central: false, ...more }));
      return run(machine, ['agent', `--config=${file}`], /agent started/);
    };
    await enrol(centre, 'gateway', 'https://10.214.0.1:8443', new Map([['gw', gateway]]));
    const relay = { host: '10.215.0.1', to: '10.214.0.1:8443' };
    const carrier = await agent(gateway, 'gw', { gateway: { host: '10.215.0.1', relay } });
    // They have no way to the server but their gateway's.
    const machines = new Map(Array.from(tills, ([name, { machine }]) => [name, machine]));
    await enrol(centre, 'till', 'https://10.215.0.1:8443', machines);
    const startTill = (name: string) => agent(machines.get(name) as Machine, name, {});
    const processes = new Map<string, Started>();
    await Promise.all(TILLS.map(async (name) => processes.set(name, await startTill(name))));
    await showsAs('up', 'uuu', 20_000);

    // Each run is to have reported before it may end.
    await until(
      async () => (await Promise.all(TILLS.map(device))).every(({ lastReportAt }) => lastReportAt !== undefined),
      20_000,
      'not every till reports',
    );

    // Killed: its machine answers, the store goes on.
    await end((processes.get('till-1') as Started).child, 'SIGKILL');
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
    // The one before may still wait for what came back so soon to stay.
    expect((await incidents()).filter(({ number }) => number > offLan.number)).toHaveLength(1);
    wan.mend();
    await showsAs('up', 'uuu', 40_000);
    const timeline = await until(
      async () => {
        const told = await api<{ incident: IncidentView; timeline: TimelineEntry[] }>(`/incidents/${cutOff.number}`);
        return isOver(told.incident.state) && told.timeline;
      },
      20_000,
      'the cut is not over',
    );
    const proof = timeline.find(({ reason }) => reason.code === 'store.was-cut-off')?.reason.params;
    expect(proof?.reports).toBeGreaterThanOrEqual(3);

    // Revoked: the centre takes nothing of it any more, and the gateway cuts it off as soon as it is told.
    const { agents } = await api<{ agents: { device: string; certificate: { serial: string } }[] }>('/agents');
    const serial = agents.find(({ device }) => device === `${STORE}/till-3`)?.certificate.serial;
    await api(`/agents/certificates/${serial}/revoke`, { reason: 'stolen' });
    const refused = await until(
      async () => {
        const { entries } = await api<{ entries: { source: string; reason: string }[] }>('/set-aside');
        return entries.find(({ reason, source }) => /^revoked-certificate/.test(reason) && /report$/.test(source));
      },
      20_000,
      'nothing is refused',
    );
    expect(refused.source).toBe(`vigie:${STORE}/gw vigie/v1/${STORE}/till-3/report`);
    await named(`${STORE}/till-3`, 'presence.silent');
    wan.cut();
    await until(async () => (await tile()).pips === 'bbb', 20_000, 'the line is not seen to be cut');
    wan.mend();
    await carrier.says(/a device of the store is refused: its certificate was revoked/);
    await until(
      async () => {
        const view = await device('till-3');
        return view.state === 'down' && view.reason.code === 'presence.refused';
      },
      20_000,
      'the refusal is not shown',
    );
    await until(async () => (await tile()).pips === 'uud', 30_000, 'the others are not back');

    await end(last.child, 'SIGTERM');
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
