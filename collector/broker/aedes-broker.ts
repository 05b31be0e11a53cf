import { createServer, type Socket } from 'node:net';
import { Aedes, type AuthorizePublishHandler, type Client } from 'aedes';
import { writeToStream } from 'mqtt-packet';
import { parseAgentClientId, TOPIC_ROOT } from '../../protocol/topics.ts';
import { MAX_MESSAGE_BYTES } from '../ingest/decode.ts';
import type { Broker, InboundMessage, MessageHandler } from '../ports.ts';

// A table of sixty-five thousand numbers made ready is seven megabytes, and saves nothing we could measure.
writeToStream.cacheNumbers = false;

/** Messages nobody may receive are moved here: the broker hands this topic to no one. */
const NOWHERE = '$vigie/refused';
/** A packet's envelope on top of the largest message we take. */
const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + 1024;
const MAX_CONNECTIONS = 50_000;

export interface EmbeddedBrokerOptions {
  host: string;
  port: number;
  onProblem: (client: string | undefined, problem: string) => void;
  /** Messages in flight in the whole broker, at most: what is beyond waits in its sender's socket. 20,000 by default. */
  inFlight?: number;
}

/** The embedded MQTT 3.1.1 broker. Rejects with the system's error when the port can't be had. */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<Broker & { port: number }> {
  let handler: MessageHandler | undefined;

  // aedes sends its PUBACK before it hands a message to subscribers. Authorisation is the one step it waits for, so a
  // message is committed there: an acknowledged report is on disk.
  const authorizePublish: AuthorizePublishHandler = (client, packet, done) => {
    // What the broker keeps must not keep the whole read it came in.
    if (packet.retain) packet.payload = copyOf(packet.payload as Uint8Array);
    const message: InboundMessage = {
      topic: packet.topic,
      payload: packet.payload as Uint8Array,
      retain: false,
      client: client?.id,
    };
    if (!handler) {
      done(new Error('the collector is not ready'));
      return;
    }
    handler(message, (accepted) => {
      if (!accepted) {
        packet.topic = NOWHERE;
        packet.retain = false;
      }
      done(null);
    });
  };

  const aedes = await Aedes.createBroker({
    // The library's default of 100 would hold back a group commit of thousands.
    concurrency: options.inFlight ?? 20_000,
    connectTimeout: 10_000,
    authorizePublish,
    authorizeSubscribe: (client, subscription, done) => {
      done(null, maySubscribe(client?.id, subscription.topic) ? subscription : null);
    },
  });
  aedes.on('clientError', (client, error) => options.onProblem(client?.id, error.message));
  aedes.on('connectionError', (client, error) => options.onProblem(client?.id, error.message));
  // aedes emits 'error' for persistence faults, which memory persistence has none of; unheard it would end the process.
  aedes.on('error' as 'closed', ((error: Error) => options.onProblem(undefined, error.message)) as () => void);

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    const client = aedes.handle(socket) as unknown as ParsingClient;
    boundPacketSize(socket, client);
  });
  server.maxConnections = MAX_CONNECTIONS;
  const closeBroker = () => new Promise<void>((resolve) => aedes.close(() => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      // Its heartbeat would keep the process alive.
      closeBroker().then(() => reject(error), reject);
    });
    server.listen(options.port, options.host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (error) => options.onProblem(undefined, error.message));
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    needsReceipts: false,
    async open(partition, _stores, next) {
      if (partition.index !== 0 || partition.of !== 1) {
        throw new Error('the embedded broker serves one collector, which has all stores');
      }
      if (handler) throw new Error('partition 0 is open already');
      handler = next;
      return {
        // Every message comes here, whatever its store.
        setStores: async () => {},
        close: async () => {
          handler = undefined;
        },
      };
    },
    publish: (topic, payload, { qos, retain }) =>
      new Promise((resolve, reject) => {
        aedes.publish(
          { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain, dup: false },
          (error?: Error | null) => (error ? reject(error) : resolve()),
        );
      }),
    stats: () => ({ clients: aedes.connectedClients, connected: handler !== undefined }),
    close: async () => {
      handler = undefined;
      server.close();
      await closeBroker();
    },
  };
}

function copyOf(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

/** An agent reads its own topics and the collectors' presence; nothing else is anyone's to read here. */
function maySubscribe(clientId: string | undefined, filter: string): boolean {
  if (filter === `${TOPIC_ROOT}/collector/+`) return true;
  const agent = clientId === undefined ? undefined : parseAgentClientId(clientId);
  return agent !== undefined && filter.startsWith(`${TOPIC_ROOT}/${agent.chain}/${agent.store}/${agent.device}/`);
}

/** What we need to see of aedes's parser: the length a packet announces before its bytes arrive. */
interface ParsingClient extends Client {
  _parser: { packet?: { length: number } };
}

/** MQTT lets a packet announce 256 MB; without this the parser would wait for all of it in memory. */
function boundPacketSize(socket: Socket, client: ParsingClient): void {
  socket.on('readable', () => {
    const length = client._parser.packet?.length ?? 0;
    if (length > MAX_PACKET_BYTES) socket.destroy(new Error(`packet of ${length} bytes refused`));
  });
}
