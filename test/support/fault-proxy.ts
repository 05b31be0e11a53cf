import type { AddressInfo } from 'node:net';
import { createServer, connect as openSocket, type Socket } from 'node:net';

/** One connection through the proxy, as a stage sees it. */
export interface ProxyLink {
  toServer(bytes: Uint8Array): void;
  toClient(bytes: Uint8Array): void;
}

/** Reads what passes and may change it: whatever it does not hand on is gone. */
export interface ProxyStage {
  fromClient(bytes: Buffer): void;
  fromServer(bytes: Buffer): void;
  closed(): void;
}

/** A network between two programs that can be made bad. What it has done is counted: a fault that struck nothing shows. */
export interface FaultProxy {
  readonly port: number;
  readonly counts: { connections: number; resets: number; held: number; delayed: number; throttled: number };
  /** Breaks every connection with a reset. Returns how many. */
  reset(): number;
  /** Nothing passes any more, and nobody is told: neither data nor the end of a connection. */
  silence(): void;
  /** What was held passes on. */
  speak(): void;
  /** Everything comes this much later, in order; 0 ends it. */
  delay(ms: number): void;
  /** Every connection has a lag of its own below `ms`: what was sent first on one may come after what was sent later on another. */
  lagApart(ms: number): void;
  /** Bytes per second for each direction of each connection; undefined ends it. */
  throttle(bytesPerSecond: number | undefined): void;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  target: { host?: string; port: number };
  stage?: (link: ProxyLink) => ProxyStage;
}

/** A sender that outruns the network is held back once this much waits. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
const THROTTLED_PIECE_BYTES = 1024;

/** A TCP proxy on loopback before `target`. */
export async function startFaultProxy({ target, stage }: FaultProxyOptions): Promise<FaultProxy> {
  const manner = { silent: false, delayMs: 0, apartMs: 0, bytesPerSecond: undefined as number | undefined };
  const counts = { connections: 0, resets: 0, held: 0, delayed: 0, throttled: 0 };
  const links = new Set<{ reset(): void; wake(): void }>();

  /** One direction of one connection: what waits, and when it may go. */
  class Lane {
    readonly #source: Socket;
    readonly #sink: Socket;
    readonly #share = Math.random();
    #waiting: { bytes: Uint8Array; at: number }[] = [];
    #waitingBytes = 0;
    #freeAt = 0;
    #timer: NodeJS.Timeout | undefined;
    #ended: (() => void) | undefined;

    constructor(source: Socket, sink: Socket) {
      this.#source = source;
      this.#sink = sink;
      sink.on('drain', () => this.flow());
    }

    push(bytes: Uint8Array): void {
      const lag = manner.delayMs + manner.apartMs * this.#share;
      if (lag > 0) counts.delayed++;
      const now = performance.now();
      const rate = manner.bytesPerSecond;
      for (const piece of rate === undefined ? [bytes] : pieces(bytes)) {
        if (rate !== undefined) {
          counts.throttled++;
          this.#freeAt = Math.max(this.#freeAt, now) + (piece.byteLength / rate) * 1000;
        }
        this.#waiting.push({ bytes: piece, at: Math.max(now + lag, rate === undefined ? 0 : this.#freeAt) });
      }
      this.#waitingBytes += bytes.byteLength;
      if (this.#waitingBytes > MAX_WAITING_BYTES) this.#source.pause();
      this.flow();
    }

    /** The source will say no more: `ended` follows once all it said has passed. */
    finish(ended: () => void): void {
      this.#ended = ended;
      this.flow();
    }

    flow(): void {
      clearTimeout(this.#timer);
      if (manner.silent) {
        if (this.#waiting.length > 0 || this.#ended) counts.held++;
        return;
      }
      // A connection does not change the order of its own bytes, whatever their lags.
      for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
        const wait = next.at - performance.now();
        if (wait > 0) {
          this.#timer = setTimeout(() => this.flow(), wait);
          return;
        }
        this.#waiting.shift();
        this.#waitingBytes -= next.bytes.byteLength;
        if (!this.#sink.destroyed && !this.#sink.write(next.bytes)) break;
      }
      if (this.#waitingBytes < MAX_WAITING_BYTES / 2) this.#source.resume();
      if (this.#waiting.length === 0) this.#ended?.();
    }

    drop(): void {
      clearTimeout(this.#timer);
      this.#waiting = [];
      this.#waitingBytes = 0;
    }
  }

  const server = createServer({ noDelay: true }, (client) => {
    counts.connections++;
    const upstream = openSocket({ host: '127.0.0.1', ...target, noDelay: true });
    const up = new Lane(client, upstream);
    const down = new Lane(upstream, client);
    const through = stage?.({ toServer: (bytes) => up.push(bytes), toClient: (bytes) => down.push(bytes) });
    const link = {
      reset() {
        links.delete(link);
        up.drop();
        down.drop();
        through?.closed();
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      },
      wake() {
        up.flow();
        down.flow();
      },
    };
    links.add(link);
    client.on('data', (chunk: Buffer) => (through ? through.fromClient(chunk) : up.push(chunk)));
    upstream.on('data', (chunk: Buffer) => (through ? through.fromServer(chunk) : down.push(chunk)));
    // The other side sees each kind of end as it would without us.
    const endOf = (lane: Lane, source: Socket, sink: Socket) => {
      let broken = false;
      source.on('error', () => {
        broken = true;
      });
      source.on('close', () => {
        through?.closed();
        if (!links.has(link)) return;
        lane.finish(() => {
          links.delete(link);
          if (broken) sink.resetAndDestroy();
          else sink.destroySoon();
        });
      });
    };
    endOf(up, client, upstream);
    endOf(down, upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wakeAll = () => {
    for (const link of links) link.wake();
  };

  return {
    port: (server.address() as AddressInfo).port,
    counts,
    reset() {
      const struck = [...links];
      for (const link of struck) link.reset();
      counts.resets += struck.length;
      return struck.length;
    },
    silence() {
      manner.silent = true;
    },
    speak() {
      manner.silent = false;
      wakeAll();
    },
    delay(ms) {
      manner.delayMs = ms;
    },
    lagApart(ms) {
      manner.apartMs = ms;
    },
    throttle(bytesPerSecond) {
      manner.bytesPerSecond = bytesPerSecond;
    },
    async close() {
      manner.silent = false;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const link of [...links]) link.reset();
      await closed;
    },
  };
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += THROTTLED_PIECE_BYTES) {
    yield bytes.subarray(at, at + THROTTLED_PIECE_BYTES);
  }
}
