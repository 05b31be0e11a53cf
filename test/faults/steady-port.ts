import { createServer } from 'node:net';

/** Below what the system gives to connections and to whoever asks for any port: nobody takes it while its owner is dead. */
const FROM = 20_000;
const TO = 32_000;
let next = FROM + Math.floor(Math.random() * (TO - FROM));

/** A loopback port that stays free for a program that is killed and started again. */
export async function steadyPort(): Promise<number> {
  for (;;) {
    next = next + 1 >= TO ? FROM : next + 1;
    if (await isFree(next)) return next;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
