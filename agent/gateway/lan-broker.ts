import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { Aedes, type Client } from 'aedes';
import { writeToStream } from 'mqtt-packet';
import { COLLECTOR_FILTER, parseAgentClientId, TELLING_KINDS, TOPIC_ROOT } from '../../protocol/topics.ts';
import { describeError, errorCode } from '../describe-error.ts';
import type { Log } from '../log.ts';
import type { GatewayOptions } from './options.ts';

// A table of sixty-five thousand numbers made ready is seven megabytes.
writeToStream.cacheNumbers = false;

/** The broker hands this topic to no one: whatever agents say is taken out of its hands. */
const NOWHERE = '$vigie/carried';
/** The largest message a collector takes, and its envelope. */
const MAX_PACKET_BYTES = 1024 * 1024 + 1024;
const HANDSHAKE_MS = 10_000;
/** Certificates are renewed while we run. */
const RELOAD_MS = 600_000;

/** How a connection ended: by the other system's word, without a word, at our own hand, or because it may not be here. */
export type Ending = 'closed' | 'silent' | 'ours' | 'refused';

/** Errors that say that the other side no longer answers at all. */
const SILENCES = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN']);

export interface LanBrokerOptions extends Pick<GatewayOptions, 'host' | 'port' | 'tls'> {
  chain: string;
  store: string;
  log: Log;
  /** Whether this device may come in now, with the certificate of this serial number (hex; none in the clear). */
  admits(device: string, serial: string | undefined): boolean;
  joined(device: string, address: string, serial: string | undefined): void;
  left(device: string, ending: Ending): void;
  /** What an agent says on a topic of its own, by its last level. False: it is not kept, and not acknowledged. */
  said(device: string, kind: string, payload: Uint8Array): boolean;
}

/** The broker of a store's network, as an agent sees it. */
export interface LanBroker {
  port: number;
  tell(topic: string, payload: Uint8Array | string, retain: boolean): void;
  /** Ends the connections of certificates that may no longer come in. */
  sweep(): void;
  close(): Promise<void>;
}

/**
 * Listens to the agents of the store. Each is who its certificate says (in the clear, on this machine only: who its client
 * id says), speaks on its own topics, and hears its own and that a collector is there. Rejects when the port cannot be had
 * or a certificate cannot be used.
 */
export async function startLanBroker(options: LanBrokerOptions): Promise<LanBroker> {
  const { chain, store, tls, log } = options;
  /** The connection of each agent: an earlier one that ends later says nothing. */
  const present = new Map<string, Client>();
  const endings = new WeakMap<Client, Ending>();
  /** Serial number of the certificate each came with. */
  const serials = new WeakMap<Client, string>();
  /** Connections whose agent has made another meanwhile. */
  const replaced = new WeakSet<Client>();

  const aedes = await Aedes.createBroker({
    connectTimeout: HANDSHAKE_MS,
    authenticate(client, _user, _password, done) {
      const device = deviceOf(client);
      const { name: peer, serial } = tls ? peerOf(client.conn as TLSSocket) : {};
      if (serial !== undefined) serials.set(client, serial);
      const isWho = device !== undefined && (!tls || peer === `${chain}/${store}/${device}`);
      const isAdmitted = isWho && options.admits(device, serial);
      if (!isAdmitted) {
        log('warn', 'a connection from the store is refused', {
          client: client.id,
          ...(peer && { certificate: peer }),
        });
      }
      const before = isAdmitted ? present.get(device) : undefined;
      if (before) replaced.add(before);
      done(null, isAdmitted);
    },
    // The one step the library waits for before it acknowledges: what is acknowledged is on disk.
    authorizePublish(client, packet, done) {
      const device = client ? deviceOf(client) : undefined;
      const own = `${TOPIC_ROOT}/${chain}/${store}/${device}/`;
      const { topic } = packet;
      packet.topic = NOWHERE;
      packet.retain = false;
      const isKept =
        device === undefined ||
        !topic.startsWith(own) ||
        heard(device, topic.slice(own.length), packet.payload as Uint8Array);
      if (!isKept && client) endings.set(client, 'ours');
      done(isKept ? null : new Error('it cannot be kept'));
    },
    authorizeSubscribe(client, subscription, done) {
      done(null, mayHear(client && deviceOf(client), subscription.topic) ? subscription : null);
    },
  });

  /** Whatever one device says, the others are carried on. */
  function heard(device: string, kind: string, payload: Uint8Array): boolean {
    try {
      return options.said(device, kind, payload);
    } catch (error) {
      log('error', 'what a device of the store says cannot be taken', { device, kind, error: describeError(error) });
      return false;
    }
  }

  function deviceOf({ id }: Client): string | undefined {
    const agent = typeof id === 'string' ? parseAgentClientId(id) : undefined;
    return agent?.chain === chain && agent.store === store ? agent.device : undefined;
  }

  const mayHear = (device: string | null | undefined, filter: string): boolean =>
    filter === COLLECTOR_FILTER ||
    [...TELLING_KINDS, 'look'].some((kind) => filter === `${TOPIC_ROOT}/${chain}/${store}/${device}/${kind}`);

  aedes.on('clientReady', (client) => {
    const device = deviceOf(client);
    if (device === undefined) return;
    present.set(device, client);
    options.joined(device, addressOf(client.conn as Socket), serials.get(client));
  });
  aedes.on('clientDisconnect', (client) => {
    const device = deviceOf(client);
    if (device === undefined || present.get(device) !== client) return;
    present.delete(device);
    if (replaced.has(client)) return;
    options.left(device, endings.get(client) ?? 'closed');
  });
  aedes.on('keepaliveTimeout', (client) => endings.set(client, 'silent'));
  aedes.on('clientError', (client, error) => {
    if (SILENCES.has(errorCode(error) ?? '')) endings.set(client, 'silent');
    log('debug', 'a connection in the store', { client: client.id, error: describeError(error) });
  });
  aedes.on('connectionError', (client, error) => {
    log('debug', 'a connection in the store', { client: client.id, error: describeError(error) });
  });
  // The library emits it for faults of a persistence we do not have; unheard it would end the process.
  aedes.on(
    'error' as 'closed',
    ((error: Error) => log('warn', 'the broker of the store', { error: error.message })) as () => void,
  );

  const accept = (socket: Socket) => {
    socket.setNoDelay(true);
    const client = aedes.handle(socket) as unknown as ParsingClient;
    socket.on('readable', () => {
      const length = client._parser.packet?.length ?? 0;
      if (length > MAX_PACKET_BYTES) socket.destroy(new Error(`packet of ${length} bytes refused`));
    });
  };
  const closeBroker = () => new Promise<void>((resolve) => aedes.close(() => resolve()));
  let server: Server;
  try {
    server = tls ? listenOverTls(tls, accept, log) : createTcpServer(accept);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, resolve);
    });
  } catch (error) {
    await closeBroker();
    throw error;
  }
  server.removeAllListeners('error');
  server.on('error', (error) => log('warn', 'the listener of the store', { error: describeError(error) }));
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    tell(topic, payload, retain) {
      aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain, dup: false }, () => {});
    },
    sweep() {
      for (const [device, client] of present) {
        if (options.admits(device, serials.get(client))) continue;
        endings.set(client, 'refused');
        (client.conn as Socket).destroy();
      }
    },
    async close() {
      present.clear();
      server.close();
      await closeBroker();
    },
  };
}

function listenOverTls(
  { certFile, keyFile, caFile }: NonNullable<GatewayOptions['tls']>,
  accept: (socket: Socket) => void,
  log: Log,
): Server {
  // Loaded by whom it serves.
  const { createServer } = process.getBuiltinModule('node:tls');
  const read = () => ({ cert: readFileSync(certFile), key: readFileSync(keyFile), ca: readFileSync(caFile) });
  const server = createServer(
    { ...read(), requestCert: true, rejectUnauthorized: true, handshakeTimeout: HANDSHAKE_MS },
    accept,
  );
  server.on('tlsClientError', (error, socket) => {
    log('warn', 'a connection from the store is refused', { from: addressOf(socket), error: describeError(error) });
  });
  const timer = setInterval(() => {
    try {
      server.setSecureContext(read());
    } catch (error) {
      log('warn', 'the gateway’s certificate cannot be read again', { error: describeError(error) });
    }
  }, RELOAD_MS);
  timer.unref();
  server.once('close', () => clearInterval(timer));
  return server;
}

/** Whose certificate was shown; nothing once the connection is gone again. */
function peerOf(socket: TLSSocket): { name?: string; serial?: string } {
  const shown = socket.getPeerCertificate() as PeerCertificate | null;
  const name: unknown = shown?.subject?.CN;
  return {
    ...(typeof name === 'string' && { name }),
    ...(shown?.serialNumber && { serial: shown.serialNumber.toLowerCase() }),
  };
}

/** An IPv4 address is told as such, also where the socket speaks IPv6. */
const addressOf = ({ remoteAddress = '' }: Socket): string => remoteAddress.replace(/^::ffff:/, '');

/** What we need to see of the library's parser: the length a packet announces before its bytes arrive. */
interface ParsingClient extends Client {
  _parser: { packet?: { length: number } };
}
