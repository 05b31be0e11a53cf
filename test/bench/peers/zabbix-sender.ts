import { connect } from 'node:net';
import { Pace } from '../load-child.ts';
import { DEVICES, VALUES_PER_REPORT } from '../report-shape.ts';
import { processedCount, trapperFrame } from './trapper.ts';

/**
 * The load as `zabbix_sender` brings it: one connection and one request for each report, as the protocol has it. Frames
 * are made once. Arguments: port, reports under way at most.
 */
const [port = 0, window = 16] = process.argv.slice(2).map(Number);
const ROUNDS = 3;

const frames = Array.from({ length: ROUNDS * DEVICES }, (_, n) =>
  trapperFrame(
    Array.from({ length: VALUES_PER_REPORT }, (_, i) => ({
      host: `device-${n % DEVICES}`,
      key: `value${i}`,
      value: String(20 + ((n * 7 + i * 13) % 2000) / 100),
    })),
  ),
);

let turn = 0;
let underWay = 0;
const pace = new Pace(() => {
  if (underWay >= window) return false;
  underWay++;
  send(frames[turn++ % frames.length] as Buffer);
  return true;
});

function send(frame: Buffer): void {
  const sentAt = performance.now();
  const answer: Buffer[] = [];
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.on('connect', () => socket.write(frame));
  socket.on('data', (chunk) => answer.push(chunk));
  // What was refused or broken off is not acknowledged: the counts show it.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    underWay--;
    if (processedCount(Buffer.concat(answer)) === VALUES_PER_REPORT) pace.heard(performance.now() - sentAt);
  });
}

pace.ready();
