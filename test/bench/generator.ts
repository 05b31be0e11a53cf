import { connect, type Socket } from 'node:net';
import { Pace } from './load-child.ts';
import { DEVICES_PER_STORE, STORES, VALUE_NAMES } from './report-shape.ts';

/**
 * A load of reports of 20 points to an MQTT broker, over raw sockets so that it costs as little as it can: it shares the
 * machine with what it measures. One connection per store, its gateway's; receipts are not waited for, only the broker's
 * acknowledgement. Arguments: port, window (unacknowledged per connection). Offered rate by message, see `load.ts`.
 */
const [port = 0, window = 50] = process.argv.slice(2).map(Number);

const str = (text: string) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

/** Writes an MQTT "remaining length". Returns where it ends. */
function writeLength(bytes: Buffer, from: number, length: number): number {
  let at = from;
  for (let left = length; ; ) {
    const byte = left & 127;
    left >>= 7;
    bytes[at++] = left ? byte | 128 : byte;
    if (!left) return at;
  }
}

function packet(type: number, ...body: Buffer[]): Buffer {
  const whole = Buffer.concat(body);
  const head = Buffer.alloc(5);
  head[0] = type;
  return Buffer.concat([head.subarray(0, writeLength(head, 1, whole.length)), whole]);
}

interface Gateway {
  socket: Socket;
  store: string;
  topics: Buffer[];
  seq: number;
  id: number;
  sentAt: Map<number, number>;
  /** Its birth is acknowledged. */
  ready: boolean;
}

const boot = `bench${Date.now().toString(36)}`;
const gateways: Gateway[] = [];
const PHASES = 2000;
const phases: string[] = [];

/** Values that move a little and cross no threshold; the same for reports a turn of 2,000 apart, so that they are made once. */
function pointsOf(seq: number): string {
  const phase = (seq * 7) % PHASES;
  phases[phase] ??= VALUE_NAMES.map(
    ([m, field], i) => `{"m":"${m}","f":{"${field}":${20 + ((phase + i * 13) % PHASES) / 100}}}`,
  ).join();
  return phases[phase];
}

function sendReport(gateway: Gateway): void {
  const seq = ++gateway.seq;
  const topic = gateway.topics[seq % DEVICES_PER_STORE] as Buffer;
  const body = `{"v":1,"boot":"${boot}","seq":${seq},"by":"gw","at":${Date.now()},"points":[${pointsOf(seq)}],"statuses":[{"check":"pos","status":"ok"}]}`;
  gateway.id = (gateway.id % 65_535) + 1;
  gateway.sentAt.set(gateway.id, performance.now());
  const length = topic.length + 2 + body.length;
  const bytes = Buffer.allocUnsafe(5 + length);
  bytes[0] = 0x32;
  let at = writeLength(bytes, 1, length);
  at += topic.copy(bytes, at);
  at = bytes.writeUInt16BE(gateway.id, at);
  at += bytes.write(body, at, 'latin1');
  gateway.socket.write(bytes.subarray(0, at));
}

function sendBirth(gateway: Gateway): void {
  const birth = {
    v: 1,
    boot,
    at: Date.now(),
    agent: { version: 'bench', config: '' },
    intervalS: 30,
    host: {},
    checks: [],
  };
  const topic = str(`vigie/v1/bench/${gateway.store}/gw/birth`);
  gateway.socket.write(packet(0x33, topic, Buffer.from([0, 0xff]), Buffer.from(JSON.stringify(birth))));
}

const mayCarry = ({ ready, sentAt }: Gateway) => ready && sentAt.size < window;

function fill(gateway: Gateway): void {
  if (!mayCarry(gateway)) return;
  gateway.socket.cork();
  for (; mayCarry(gateway); pace.sent++) sendReport(gateway);
  gateway.socket.uncork();
}

function hear(gateway: Gateway, bytes: Buffer): Buffer {
  let at = 0;
  // CONNACK and PUBACK are both four bytes long.
  for (; at + 4 <= bytes.length; at += 4) {
    if ((bytes[at] as number) >> 4 === 2) {
      if (bytes[at + 3] !== 0) fail(new Error(`the broker refuses the connection (${bytes[at + 3]})`));
      sendBirth(gateway);
      continue;
    }
    const id = bytes.readUInt16BE(at + 2);
    const sentAt = gateway.sentAt.get(id);
    if (sentAt !== undefined) {
      gateway.sentAt.delete(id);
      pace.heard(performance.now() - sentAt);
    } else if (!gateway.ready) {
      gateway.ready = true;
      if (gateways.every(({ ready }) => ready)) pace.ready();
    }
  }
  if (pace.rate === 'all') fill(gateway);
  return Buffer.from(bytes.subarray(at));
}

function fail(error: Error): never {
  process.stderr.write(`generator: ${error.message}\n`);
  process.exit(1);
}

let turn = 0;
const pace = new Pace(() => {
  for (let tried = 0; tried < gateways.length; tried++) {
    const gateway = gateways[turn++ % gateways.length] as Gateway;
    if (!mayCarry(gateway)) continue;
    sendReport(gateway);
    return true;
  }
  return false;
});

for (let s = 0; s < STORES; s++) {
  const store = `s${s}`;
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const topics = Array.from({ length: DEVICES_PER_STORE }, (_, d) => str(`vigie/v1/bench/${store}/d${d}/report`));
  const gateway: Gateway = { socket, store, topics, seq: 0, id: 0, sentAt: new Map(), ready: false };
  gateways.push(gateway);
  socket.on('connect', () =>
    socket.write(packet(0x10, str('MQTT'), Buffer.from([4, 2, 0, 0]), str(`vigie:bench/${store}/gw`))),
  );
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the broker closed the connection')));
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = hear(gateway, rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk);
  });
}
