import { createServer } from 'node:net';

/** Below what the system gives to connections and to whoever asks for any port: nobody takes it while its owner is dead. */
const FROM = 20_000;
/** Tests that run side by side look in ranges of their own. */
const RANGES = 8;
const RANGE = 1_500;

const from = FROM + (Number(process.env.VITEST_POOL_ID ?? 0) % RANGES) * RANGE;
let next = Math.floor(Math.random() * RANGE);

/** A loopback port nobody listens on, which stays free for a program that is killed and started again. */
export async function freePort(): Promise<number> {
  for (;;) {
    next = (next + 1) % RANGE;
    if (await isFree(from + next)) return from + next;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
