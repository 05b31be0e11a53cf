import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type Client, type PublishPacket } from 'aedes';
import type { Birth, Receipt, Report, StatusMessage } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { agentTopic, collectorTopic, parseDeviceTopic } from '../../protocol/topics.ts';

interface Heard {
  births: Birth[];
  statuses: StatusMessage[];
  reports: Report[];
}

/** A real broker on a free loopback port, and a collector in it that writes down what it hears. */
export interface FakeCollector {
  port: number;
  heard: Heard;
  /** Client ids now connected. */
  clients(): string[];
  /** Says by retained presence whether a collector is there, and whether it gives receipts. */
  setPresent(online: boolean, receipts?: boolean): Promise<void>;
  /** Tells an agent what is committed of one of its runs. */
  sendReceipt(agent: DeviceKey, receipt: Pick<Receipt, 'boot' | 'seen'>): Promise<void>;
  /** Tells an agent something, retained. */
  tell(agent: DeviceKey, kind: 'config' | 'command', message: object): Promise<void>;
  /** Resolves once `isSo` holds of what was heard. */
  until(isSo: (heard: Heard) => boolean): Promise<void>;
  /** Messages are heard but not acknowledged while this is true. */
  holdAcknowledgements: boolean;
  /** Cuts every connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

export async function startFakeCollector(port = 0): Promise<FakeCollector> {
  const heard: Heard = { births: [], statuses: [], reports: [] };
  const waiters = new Set<() => void>();
  const sockets = new Set<Socket>();
  const connected = new Map<string, Client>();
  // aedes acknowledges before it hands a message to subscribers; authorisation is the one step it waits for.
  const broker = await Aedes.createBroker({
    concurrency: 1000,
    authorizePublish: (_, packet, done) => {
      take(packet, () => done(null));
    },
  });
  broker.on('clientReady', (client: Client) => connected.set(client.id, client));
  broker.on('clientDisconnect', (client: Client) => connected.delete(client.id));

  const collector: FakeCollector = {
    port: 0,
    heard,
    holdAcknowledgements: false,
    clients: () => [...connected.keys()],
    setPresent: (online, receipts) => publish(collectorTopic('c1'), { v: 1, online, receipts, at: Date.now() }, true),
    sendReceipt: (agent, receipt) => publish(agentTopic(agent, 'receipt'), { v: 1, ...receipt, at: Date.now() }, false),
    tell: (agent, kind, message) => publish(agentTopic(agent, kind), message, true),
    until: (isSo) =>
      new Promise((resolve) => {
        const look = () => {
          if (!isSo(heard)) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      }),
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      collector.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  };

  function take(packet: PublishPacket, done: () => void): void {
    const topic = parseDeviceTopic(packet.topic);
    const message = JSON.parse(packet.payload.toString());
    if (topic?.kind === 'birth') heard.births.push(message);
    if (topic?.kind === 'status') heard.statuses.push(message);
    if (topic?.kind === 'report') heard.reports.push(message);
    if (!collector.holdAcknowledgements) done();
    for (const look of waiters) look();
  }

  const publish = (topic: string, message: object, retain: boolean) =>
    new Promise<void>((resolve, reject) =>
      broker.publish(
        {
          cmd: 'publish',
          topic,
          payload: Buffer.from(JSON.stringify(message)),
          qos: retain ? 1 : 0,
          retain,
          dup: false,
        },
        (error?: Error | null) => (error ? reject(error) : resolve()),
      ),
    );

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  collector.port = (server.address() as AddressInfo).port;
  return collector;
}
