import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * An emulator, and no printer: it answers `DLE EOT n` on raw TCP with the bits of Epson's reference, and keeps whatever
 * else it is sent, which a real one would print.
 */
export interface PrinterEmulator {
  readonly port: number;
  /** Bits by the number of the question, 1 to 4, beside the fixed ones. */
  state: Record<number, number>;
  /** False: takes connections and answers nothing, as some cheap interfaces do. */
  answers: boolean;
  /** Bytes that would be on paper. */
  printed: number[];
  close(): Promise<void>;
}

const FIXED = 0b0001_0010;
const [DLE, EOT] = [0x10, 0x04];

export async function startPrinterEmulator(): Promise<PrinterEmulator> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let pending: number[] = [];
    socket.on('data', (chunk) => {
      pending.push(...chunk);
      while (pending.length > 0) {
        if (pending[0] !== DLE) {
          emulator.printed.push(pending.shift() as number);
          continue;
        }
        // A command may come in two pieces.
        if (pending.length < 3) return;
        const [, second, n = 0] = pending;
        pending = pending.slice(3);
        if (second !== EOT || n < 1 || n > 4) emulator.printed.push(DLE, second as number, n);
        else if (emulator.answers) socket.write(Uint8Array.of(FIXED | (emulator.state[n] ?? 0)));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const emulator: PrinterEmulator = {
    port: (server.address() as AddressInfo).port,
    state: {},
    answers: true,
    printed: [],
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return emulator;
}
