import { connect, type Socket } from 'node:net';

/**
 * A load of reports of 20 points as fast as they are acknowledged, over raw sockets so that it costs as little as it can.
 * Arguments: port, stores (one connection each), devices per store, window (unacknowledged per connection), seconds.
 * Prints one JSON line: reports acknowledged per second, and the time from publish to acknowledgement.
 */
const [port = 0, stores = 20, devices = 50, window = 50, seconds = 20] = process.argv.slice(2).map(Number);

const MEASUREMENTS: Record<string, string[]> = {
  cpu: ['usage_active', 'usage_user', 'usage_system', 'usage_iowait'],
  mem: ['used_percent', 'available', 'free', 'cached'],
  disk: ['used_percent', 'free', 'inodes_free', 'total'],
  net: ['bytes_recv', 'bytes_sent', 'err_in', 'drop_in'],
  system: ['load1', 'load5', 'uptime', 'n_cpus'],
};
const NAMES = Object.entries(MEASUREMENTS).flatMap(([m, fields]) => fields.map((field) => [m, field] as const));

const str = (text: string) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

function packet(type: number, body: Buffer): Buffer {
  const head = [type];
  for (let left = body.length; ; ) {
    const byte = left & 127;
    left >>= 7;
    head.push(left ? byte | 128 : byte);
    if (!left) break;
  }
  return Buffer.concat([Buffer.from(head), body]);
}

interface Gateway {
  socket: Socket;
  store: string;
  seq: number;
  id: number;
  sentAt: Map<number, number>;
  ready: boolean;
}

let acknowledged = 0;
let counting = false;
const latencies: number[] = [];
const boot = `bench${Date.now().toString(36)}`;

function report(gateway: Gateway): string {
  const at = Date.now();
  let points = '';
  for (let i = 0; i < NAMES.length; i++) {
    const [m, field] = NAMES[i] as readonly [string, string];
    // Values that move a little and cross no threshold.
    const value = 20 + ((gateway.seq * 7 + i * 13) % 2000) / 100;
    points += `${points ? ',' : ''}{"m":"${m}","f":{"${field}":${value}}}`;
  }
  return `{"v":1,"boot":"${boot}","seq":${gateway.seq},"by":"gw","at":${at},"points":[${points}],"statuses":[{"check":"pos","status":"ok"}]}`;
}

function publish(gateway: Gateway, topic: string, body: string, retain = false): void {
  gateway.id = (gateway.id % 65_535) + 1;
  gateway.sentAt.set(gateway.id, performance.now());
  const id = Buffer.from([gateway.id >> 8, gateway.id & 255]);
  gateway.socket.write(packet(retain ? 0x33 : 0x32, Buffer.concat([str(topic), id, Buffer.from(body)])));
}

function pump(gateway: Gateway): void {
  if (!gateway.ready) return;
  gateway.socket.cork();
  while (gateway.sentAt.size < window) {
    const device = gateway.seq % devices;
    gateway.seq++;
    publish(gateway, `vigie/v1/bench/${gateway.store}/d${device}/report`, report(gateway));
  }
  gateway.socket.uncork();
}

for (let s = 0; s < stores; s++) {
  const store = `s${s}`;
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const gateway: Gateway = { socket, store, seq: 0, id: 0, sentAt: new Map(), ready: false };
  const connectBody = Buffer.concat([str('MQTT'), Buffer.from([4, 2, 0, 0]), str(`vigie:bench/${store}/gw`)]);
  socket.on('connect', () => socket.write(packet(0x10, connectBody)));
  socket.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    // CONNACK and PUBACK are both four bytes long.
    for (; at + 4 <= bytes.length; at += 4) {
      if ((bytes[at] as number) >> 4 === 2) {
        gateway.ready = true;
        const birth = {
          v: 1,
          boot,
          at: Date.now(),
          agent: { version: 'bench', config: '' },
          intervalS: 30,
          host: {},
          checks: [],
        };
        publish(gateway, `vigie/v1/bench/${store}/gw/birth`, JSON.stringify(birth), true);
        continue;
      }
      const id = bytes.readUInt16BE(at + 2);
      const sentAt = gateway.sentAt.get(id);
      gateway.sentAt.delete(id);
      if (!counting || sentAt === undefined) continue;
      acknowledged++;
      if (acknowledged % 16 === 0) latencies.push(performance.now() - sentAt);
    }
    rest = Buffer.from(bytes.subarray(at));
    pump(gateway);
  });
}

// The first seconds compile and fill caches: they are not counted.
setTimeout(() => {
  counting = true;
  const from = performance.now();
  process.stdout.write('counting\n');
  setTimeout(() => {
    const elapsed = (performance.now() - from) / 1000;
    latencies.sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? 0;
    const cpu = process.cpuUsage();
    process.stdout.write(
      `${JSON.stringify({ reportsPerS: acknowledged / elapsed, acknowledged, p50Ms: at(0.5), p99Ms: at(0.99), generatorCpuS: (cpu.user + cpu.system) / 1e6 })}\n`,
    );
    process.exit(0);
  }, seconds * 1000);
}, 4_000);
