import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that is well says goodbye within this. */
const GOODBYE_MS = 1_000;

/** The sockets of our connections: a server that hangs does not let them be closed in any other way. */
export class Lines {
  readonly #open = new Set<Socket>();

  /** For the driver. */
  readonly create = (): Socket => {
    const socket = new Socket();
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Waits a moment for the driver to end its connections, and cuts those that are left. */
  async end(goodbye: Promise<unknown>): Promise<void> {
    await Promise.race([goodbye.catch(() => {}), pause(GOODBYE_MS, undefined, { ref: false })]);
    for (const socket of this.#open) socket.destroy();
  }
}
