import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { generate, parser } from 'mqtt-packet';
import { DEVICES_PER_STORE, storeName } from './memory-chain.ts';

/**
 * Every device of a chain says hello and reports a few times, store after store: a gateway connects, tells its birth and
 * that its devices are there, reports for each of them, and makes room for the next. The last stores stay connected.
 * Arguments: port, stores, connections at a time. Prints `done` once all is acknowledged, and ends when its input does.
 */
const [port = 0, stores = 500, connections = 500] = process.argv.slice(2).map(Number);

const ROUNDS = 3;
const READINGS: Record<string, readonly string[]> = {
  cpu: ['usage_active', 'usage_user', 'usage_system', 'usage_iowait'],
  mem: ['used_percent', 'available', 'free', 'cached'],
  disk: ['used_percent', 'free', 'inodes_free', 'total'],
  net: ['bytes_recv', 'bytes_sent', 'err_in', 'drop_in'],
  system: ['load1', 'load5', 'uptime', 'n_cpus'],
};
const NAMES = Object.entries(READINGS).flatMap(([m, fields]) => fields.map((field) => ({ m, field })));
/** So that a store whose turn is over is not silent for a good while. */
const INTERVAL_S = 3_600;

/** One store's gateway: publishes, and knows when everything it said is acknowledged. */
class Gateway {
  readonly #socket: Socket;
  readonly #store: string;
  readonly #boot = `bench${Date.now().toString(36)}`;
  #id = 0;
  #seq = 0;
  #waiting = 0;
  #told: () => void = () => {};

  private constructor(store: string, socket: Socket) {
    this.#store = store;
    this.#socket = socket;
  }

  static async connect(store: string): Promise<Gateway> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const gateway = new Gateway(store, socket);
    const connected = new Promise<void>((resolve) => {
      const packets = parser();
      packets.on('packet', ({ cmd }) => {
        if (cmd === 'connack') resolve();
        else if (--gateway.#waiting === 0) gateway.#told();
      });
      socket.on('data', (chunk) => packets.parse(chunk));
    });
    await once(socket, 'connect');
    socket.on('error', fail);
    const clientId = `vigie:bench/${store}/d0`;
    const will = gateway.#status(0, { online: false, reason: 'lost' });
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId,
        will: { ...will, qos: 1, retain: true },
        keepalive: 0,
      }),
    );
    await connected;
    return gateway;
  }

  /** Resolves when all of it is acknowledged. */
  async tell(): Promise<void> {
    const told = new Promise<void>((resolve) => {
      this.#told = resolve;
    });
    this.#socket.cork();
    this.#publish(this.#birth(), true);
    for (let device = 0; device < DEVICES_PER_STORE; device++)
      this.#publish(this.#status(device, { online: true }), true);
    for (let round = ROUNDS; round > 0; round--) {
      for (let device = 0; device < DEVICES_PER_STORE; device++) this.#publish(this.#report(device, round), false);
    }
    this.#socket.uncork();
    await told;
  }

  /** Says goodbye without a word that it is stopping, as far as judgement goes. */
  async leave(): Promise<void> {
    this.#socket.end(generate({ cmd: 'disconnect' }));
    await once(this.#socket, 'close');
  }

  #publish({ topic, payload }: { topic: string; payload: Buffer }, retain: boolean): void {
    this.#waiting++;
    this.#socket.write(generate({ cmd: 'publish', topic, payload, qos: 1, retain, dup: false, messageId: ++this.#id }));
  }

  #message(device: number, kind: string, message: object) {
    const topic = `vigie/v1/bench/${this.#store}/d${device}/${kind}`;
    return { topic, payload: Buffer.from(JSON.stringify({ v: 1, boot: this.#boot, ...message })) };
  }

  #birth() {
    return this.#message(0, 'birth', {
      at: Date.now(),
      agent: { version: '0.1.0', config: '9f86d081884c7d65' },
      intervalS: INTERVAL_S,
      host: {
        hostname: `${this.#store}-gw`,
        os: 'Debian GNU/Linux 12',
        kernel: '6.1.0-28-amd64',
        arch: 'x64',
        model: 'Edge 640',
        cpu: 'Intel Celeron J6412',
        memory: '8 GB',
      },
      checks: ['cpu', 'mem', 'disk', 'net', 'system', 'ping', 'snmp', 'pos', 'certificates', 'time'],
      watches: Array.from({ length: DEVICES_PER_STORE - 1 }, (_, i) => `d${i + 1}`),
    });
  }

  #status(device: number, status: object) {
    return this.#message(device, 'status', { ...(device > 0 && { by: 'd0' }), at: Date.now(), ...status });
  }

  /** Values that move a little and cross no threshold, as if reported every 30 s until now. */
  #report(device: number, round: number) {
    const seq = ++this.#seq;
    return this.#message(device, 'report', {
      seq,
      ...(device > 0 && { by: 'd0' }),
      at: Date.now() - (round - 1) * 30_000,
      points: NAMES.map(({ m, field }, i) => ({ m, f: { [field]: 20 + ((seq * 7 + i * 13) % 2000) / 100 } })),
      statuses: [{ check: 'pos', status: 'ok' }],
    });
  }
}

function fail(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** Gateways that report at the same time: a chain's reports are spread over its interval, they don't come all at once. */
const SPEAKING = 16;
let speaking = 0;
const queue: (() => void)[] = [];

async function inTurn(speak: () => Promise<void>): Promise<void> {
  if (speaking === SPEAKING) await new Promise<void>((resolve) => queue.push(resolve));
  else speaking++;
  await speak();
  const next = queue.shift();
  if (next) next();
  else speaking--;
}

/** One connection after the other, each for one store. */
async function speakFor(first: number): Promise<void> {
  for (let store = first; store < stores; store += connections) {
    const gateway = await Gateway.connect(storeName(store));
    await inTurn(() => gateway.tell());
    if (store + connections < stores) await gateway.leave();
  }
}

await Promise.all(Array.from({ length: Math.min(connections, stores) }, (_, first) => speakFor(first)));
process.stdout.write('done\n');
process.stdin.on('end', () => process.exit(0)).resume();
