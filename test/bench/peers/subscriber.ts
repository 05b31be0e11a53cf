import { connect } from 'node:net';
import { Pace } from '../load-child.ts';

/** Receives every report with QoS 1, acknowledges and counts it, and looks no further. Argument: the broker's port. */
const port = Number(process.argv[2]);
const pace = new Pace(() => false);
const socket = connect({ host: '127.0.0.1', port, noDelay: true });
const text = (word: string) => Buffer.concat([Buffer.from([0, word.length]), Buffer.from(word)]);
const packet = (type: number, ...body: Buffer[]) => {
  const whole = Buffer.concat(body);
  return Buffer.concat([Buffer.from([type, whole.length]), whole]);
};

socket.on('connect', () => socket.write(packet(0x10, text('MQTT'), Buffer.from([4, 2, 0, 0]), text('subscriber'))));
socket.on('error', (error) => {
  process.stderr.write(`subscriber: ${error.message}\n`);
  process.exit(1);
});

let rest: Buffer = Buffer.alloc(0);
socket.on('data', (chunk) => {
  const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
  const acknowledgements: Buffer[] = [];
  let at = 0;
  for (;;) {
    const head = readHead(bytes, at);
    if (!head || head.body + head.length > bytes.length) break;
    const type = (bytes[at] as number) >> 4;
    if (type === 2) socket.write(packet(0x82, Buffer.from([0, 1]), text('vigie/v1/+/+/+/report'), Buffer.from([1])));
    else if (type === 9) pace.ready();
    else if (type === 3) {
      const id = head.body + 2 + bytes.readUInt16BE(head.body);
      acknowledgements.push(packet(0x40, bytes.subarray(id, id + 2)));
      pace.acknowledged++;
    }
    at = head.body + head.length;
  }
  rest = Buffer.from(bytes.subarray(at));
  if (acknowledgements.length > 0) socket.write(Buffer.concat(acknowledgements));
});

/** Where a packet's body begins and how long it is; undefined when its head is not all there. */
function readHead(bytes: Buffer, from: number): { body: number; length: number } | undefined {
  let length = 0;
  for (let i = 1; i <= 4; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) return undefined;
    length |= (byte & 127) << (7 * (i - 1));
    if (byte < 128) return { body: from + i + 1, length };
  }
  return undefined;
}
