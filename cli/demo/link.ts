import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';

export interface Address {
  host: string;
  port: number;
}

/**
 * A store’s line to the broker that can go silent as a cut WAN does: nothing passes in either direction and the broker
 * is told nothing, no FIN and no reset. It finds out by its own keepalive.
 */
export class Link extends Duplex {
  readonly #socket: Socket;
  #cut = false;

  constructor(address: Address) {
    super({ allowHalfOpen: false });
    this.#socket = connect({ ...address, noDelay: true });
    this.#socket.on('connect', () => this.emit('connect'));
    this.#socket.on('data', (chunk) => {
      if (!this.#cut && !this.push(chunk)) this.#socket.pause();
    });
    this.#socket.on('end', () => this.#cut || this.push(null));
    this.#socket.on('error', (error) => this.#cut || this.destroy(error));
    this.#socket.on('close', () => this.#cut || this.destroy());
  }

  /** From here on all is lost on the way. Whatever becomes of this stream, the socket stays open until `release`. */
  cut(): void {
    this.#cut = true;
    this.#socket.pause();
  }

  /** Ends a cut link: the broker, if it still waits, now sees the connection break. */
  release(): void {
    this.#socket.destroy();
  }

  override _read(): void {
    if (!this.#cut) this.#socket.resume();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#cut) done();
    else this.#socket.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#cut) done();
    else this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#cut) this.#socket.destroy();
    done(error);
  }
}
