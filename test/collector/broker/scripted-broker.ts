import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';

type Of<Cmd extends Packet['cmd']> = Extract<Packet, { cmd: Cmd }>;

/** The far end of one connection: says nothing by itself, but for what `welcome` promises. */
export class ScriptedSession {
  readonly connect: IConnectPacket;
  readonly socket: Socket;
  /** All that has come and was not taken. */
  readonly received: Packet[] = [];
  readonly #parser = parser({ protocolVersion: 4 });
  #arrived = () => {};
  #answersSubscriptions = false;

  constructor(connect: IConnectPacket, socket: Socket, rest: (hear: (chunk: Buffer) => void) => void) {
    this.connect = connect;
    this.socket = socket;
    this.#parser.on('packet', (packet) => {
      if (this.#answersSubscriptions && packet.cmd === 'subscribe') {
        this.send({ cmd: 'suback', messageId: packet.messageId as number, granted: packet.subscriptions.map(() => 1) });
      }
      if (this.#answersSubscriptions && packet.cmd === 'unsubscribe') {
        this.send({ cmd: 'unsuback', messageId: packet.messageId as number, granted: [] });
      }
      this.received.push(packet);
      this.#arrived();
    });
    rest((chunk) => void this.#parser.parse(chunk));
    socket.on('close', () => this.#arrived());
  }

  /** Accepts the connection, and grants what is subscribed unless told otherwise. */
  welcome({ grants = true } = {}): void {
    this.#answersSubscriptions = grants;
    this.send({ cmd: 'connack', returnCode: 0, sessionPresent: true });
  }

  send(packet: Packet): void {
    this.socket.write(generate(packet));
  }

  deliver(messageId: number, payload: string | Buffer, topic = 'vigie/v1/c/s/d/report'): void {
    this.send({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false, messageId });
  }

  /** The next packet of this kind; those of other kinds stay. Rejects when the connection ends first. */
  async next<Cmd extends Packet['cmd']>(cmd: Cmd): Promise<Of<Cmd>> {
    for (;;) {
      const at = this.received.findIndex((packet) => packet.cmd === cmd);
      if (at >= 0) return this.received.splice(at, 1)[0] as Of<Cmd>;
      if (this.socket.closed) throw new Error(`the connection ended before any ${cmd}`);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }
}

export interface ScriptedBroker {
  url: string;
  /** The next connection of this client id, its CONNECT read. */
  session(clientId: string): Promise<ScriptedSession>;
  close(): Promise<void>;
}

/** A broker that does what a test tells it, packet by packet. */
export async function startScriptedBroker(): Promise<ScriptedBroker> {
  const waiting: ScriptedSession[] = [];
  const sockets = new Set<Socket>();
  let arrived = () => {};
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const first = parser({ protocolVersion: 4 });
    let hear = (chunk: Buffer): void => {
      first.parse(chunk);
    };
    first.on('packet', (packet) => {
      if (packet.cmd !== 'connect') return;
      waiting.push(
        new ScriptedSession(packet, socket, (next) => {
          hear = next;
        }),
      );
      arrived();
    });
    socket.on('data', (chunk) => hear(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async session(clientId) {
      for (;;) {
        const at = waiting.findIndex((session) => session.connect.clientId === clientId);
        if (at >= 0) return waiting.splice(at, 1)[0] as ScriptedSession;
        await new Promise<void>((resolve) => {
          const before = arrived;
          arrived = () => {
            before();
            resolve();
          };
        });
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
