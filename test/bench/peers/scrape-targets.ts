import { createServer } from 'node:net';
import { Pace } from '../load-child.ts';
import { VALUE_NAMES } from '../report-shape.ts';

/**
 * The 1,000 devices as Prometheus sees them: whatever is asked on the port given, the answer is 20 series whose values
 * move. Pages are made once and sent in turn; the path tells the device and is not looked at.
 */
const port = Number(process.argv[2]);
const PAGES = 512;
const pages = Array.from({ length: PAGES }, (_, page) => {
  const lines = VALUE_NAMES.map(([m, field], i) => `${m}_${field} ${20 + ((page * 7 + i * 13) % 2000) / 100}\n`);
  const body = lines.join('');
  return Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
});

const pace = new Pace(() => false);
let turn = 0;
const server = createServer({ noDelay: true }, (socket) => {
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    const requests = heard.split('\r\n\r\n');
    heard = requests.pop() ?? '';
    for (let i = 0; i < requests.length; i++) socket.write(pages[turn++ % PAGES] as Buffer);
  });
  socket.on('error', () => socket.destroy());
});
server.listen(port, '127.0.0.1', 4096, () => pace.ready());
