import { createServer, type Socket } from 'node:net';
import { Aedes, type AuthenticateError, type AuthorizePublishHandler, type Client } from 'aedes';
import { writeToStream } from 'mqtt-packet';
import type { Device } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { MAX_MESSAGE_BYTES } from '../ingest/decode.ts';
import type { Broker, InboundMessage, MessageHandler } from '../ports.ts';
import { type AgentsListener, type AgentsListenerOptions, listenForAgents } from './agents-listener.ts';
import { maySubscribe } from './may-subscribe.ts';

// A table of sixty-five thousand numbers made ready is seven megabytes, and saves nothing we could measure.
writeToStream.cacheNumbers = false;

/** Messages nobody may receive are moved here: the broker hands this topic to no one. */
const NOWHERE = '$vigie/refused';
/** A packet's envelope on top of the largest message we take. */
const MAX_PACKET_BYTES = MAX_MESSAGE_BYTES + 1024;
const MAX_CONNECTIONS = 50_000;
/** Said in the refusal's own record already. */
const NOT_ADMITTED = 'not admitted';
const NOT_AUTHORIZED = 5;

export interface EmbeddedBrokerOptions {
  host: string;
  port: number;
  onProblem: (client: string | undefined, problem: string) => void;
  /** The inventory: a gateway may hear what is told to the devices it carries. */
  deviceOf: (key: DeviceKey) => Device | undefined;
  /** Messages in flight in the whole broker, at most: what is beyond waits in its sender's socket. 20,000 by default. */
  inFlight?: number;
  /** A second listener, over TLS, for agents with a certificate of ours. */
  agents?: AgentsListenerOptions;
}

export interface EmbeddedBroker extends Broker {
  port: number;
  agents: Pick<AgentsListener, 'port' | 'drop'> | undefined;
}

/** The embedded MQTT 3.1.1 broker. Rejects with the system's error when a port can't be had. */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  let handler: MessageHandler | undefined;
  let agents: AgentsListener | undefined;

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
    authenticate: (client, _user, _password, done) => {
      const refusal = Object.assign(new Error(NOT_ADMITTED), { returnCode: NOT_AUTHORIZED }) as AuthenticateError;
      if (!agents) return done(null, true);
      agents.admits(client.conn, client.id).then(
        (isAdmitted) => (isAdmitted ? done(null, true) : done(refusal, null)),
        // The books cannot be read just now: who is not known to be good waits outside.
        () => done(refusal, null),
      );
    },
    authorizePublish,
    authorizeSubscribe: (client, subscription, done) => {
      done(null, maySubscribe(client?.id, subscription.topic, options.deviceOf) ? subscription : null);
    },
  });
  const onClientProblem = (client: Client | null, { message }: Error) => {
    if (message !== NOT_ADMITTED) options.onProblem(client?.id, message);
  };
  aedes.on('clientError', onClientProblem);
  aedes.on('connectionError', onClientProblem);
  // aedes emits 'error' for persistence faults, which memory persistence has none of; unheard it would end the process.
  aedes.on('error' as 'closed', ((error: Error) => options.onProblem(undefined, error.message)) as () => void);

  const handle = (socket: Socket) => {
    socket.setNoDelay(true);
    const client = aedes.handle(socket) as unknown as ParsingClient;
    boundPacketSize(socket, client);
  };
  const server = createServer(handle);
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
  if (options.agents) {
    try {
      agents = await listenForAgents(options.agents, handle, (problem) => options.onProblem(undefined, problem));
    } catch (error) {
      server.close();
      await closeBroker();
      throw error;
    }
  }

  return {
    agents,
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
      agents?.close();
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
