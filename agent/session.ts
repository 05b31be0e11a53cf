import { MqttClient } from 'mqtt';
import { type Birth, CollectorPresence, Receipt, type StatusMessage, WIRE_VERSION } from '../protocol/messages.ts';
import { deviceKey } from '../protocol/names.ts';
import {
  agentClientId,
  agentTopic,
  COLLECTOR_FILTER,
  deviceTopic,
  type TellingKind,
  type TopicKind,
} from '../protocol/topics.ts';
import type { Clock } from './clock.ts';
import { type Dialled, dial } from './connect.ts';
import type { Delivery, Publish } from './delivery.ts';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';
import { watchedDeviceOf } from './outbox/report-head.ts';
import type { Link, Passenger } from './passenger.ts';
import { readMessage } from './read-message.ts';
import { reconnectPauseMs } from './reconnect-pause.ts';
import { refusalIn } from './refusal.ts';
import type { Server } from './server-files.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that held this long was a good one: the next pause begins small again. */
const GOOD_AFTER_MS = 5000;
const GOODBYE_TIMEOUT_MS = 2000;
const DISCONNECT_TIMEOUT_MS = 1000;
const RETAINED = { qos: 1, retain: true } as const;
const COLLECTOR_ROOT = COLLECTOR_FILTER.slice(0, -1);

export interface SessionOptions {
  /** Looked at for each connection, as the keepalive is: what they say may change. */
  readonly server: Server;
  chain: string;
  store: string;
  device: string;
  readonly keepaliveS: number;
  boot: string;
  /** Made anew for every connection. */
  birth(): Birth;
  /** The broker has this birth. */
  onBirthTold(birth: Birth): void;
  delivery: Delivery;
  /** What the server tells this agent, by the last level of its topic. */
  hears?: Readonly<Partial<Record<'config' | 'command' | 'release', (payload: Uint8Array) => void>>>;
  /** Called on each connection, once birth and status are told. */
  onConnected?(): void;
  /** What else travels on the connection. */
  passenger?: Passenger;
  clock: Clock;
  /** A number from 0 to 1. */
  chance(): number;
  log: Log;
}

/** A connection that is kept. */
export interface Session {
  /** Says birth again: something in it has changed. Does nothing while there is no connection: each one begins with it. */
  announce(): void;
  /** Publishes for this agent. Resolves when the broker has it; rejects when the connection is lost or not there. */
  send(kind: TopicKind, payload: string): Promise<void>;
  /** Ends this connection without a goodbye, and without its will, and begins another at once. */
  reconnect(): void;
  stop(): Promise<void>;
}

/**
 * Keeps a connection to the broker: tries for ever, with growing pauses; says birth and status on each connection; lets
 * reports out while some collector is present. `stop` says goodbye and returns within three seconds.
 */
export function startSession(options: SessionOptions): Session {
  const { chain, store, device, boot, delivery, passenger, clock, log } = options;
  const topic = (kind: TopicKind): string => deviceTopic({ chain, store, device, kind });
  const told = (kind: TellingKind): string => agentTopic(deviceKey(chain, store, device), kind);
  const receiptTopic = told('receipt');
  const hearers = new Map(
    Object.entries(options.hears ?? {}).map(([kind, hear]) => [told(kind as TellingKind), hear] as const),
  );
  let failures = 0;
  let cancelRetry = () => {};
  let isStopping = false;
  let isMoving = false;
  let client: MqttClient | undefined;
  connect();

  function status(part: Pick<StatusMessage, 'online' | 'reason'>): string {
    return JSON.stringify({ v: WIRE_VERSION, boot, ...part, at: clock.now() } satisfies StatusMessage);
  }

  function connect(): void {
    try {
      client = converse(dial(options.server));
    } catch (error) {
      client = undefined;
      retry(error);
    }
  }

  function converse({ socket, login }: Dialled): MqttClient {
    const present = new Map<string, CollectorPresence>();
    let hearsReceipts = false;
    let connectedAt: number | undefined;
    let lastError: unknown;
    const attempt = new MqttClient(() => socket, {
      ...login,
      // When told to debug, its own log writes out the account.
      log: () => {},
      protocolVersion: 4,
      clientId: agentClientId(chain, store, device),
      clean: true,
      keepalive: options.keepaliveS,
      // Sixty-five thousand numbers made ready, for a few packets a minute.
      writeCache: false,
      // A report in the meantime does not prove that answers still come.
      reschedulePings: false,
      // One client per connection: pauses and repeats are ours.
      reconnectPeriod: 0,
      resubscribe: false,
      connectTimeout: CONNECT_TIMEOUT_MS,
      will: {
        topic: topic('status'),
        payload: Buffer.from(status({ online: false, reason: 'lost' })),
        qos: 1,
        retain: true,
      },
    });
    attempt.on('connect', () => {
      connectedAt = clock.monotonicMs();
      const { host, port } = options.server;
      log('info', 'connected', { server: `${host}:${port}` });
      announce(attempt);
    });
    attempt.on('message', (from, payload) => {
      if (from === receiptTopic) {
        const receipt = readMessage(Receipt, payload);
        if (receipt) delivery.receive(receipt);
        return;
      }
      const hear = hearers.get(from);
      if (hear) return hear(payload);
      if (!from.startsWith(COLLECTOR_ROOT)) return passenger?.hear(from, payload);
      const presence = readMessage(CollectorPresence, payload);
      if (presence?.online) present.set(from, presence);
      else present.delete(from);
      if (present.size === 0) {
        passenger?.collectors(undefined);
        return delivery.pause();
      }
      const needsReceipts = [...present.values()].some(({ receipts }) => receipts === true);
      // Before the first report leaves, so that its receipt is heard.
      if (needsReceipts && !hearsReceipts) hearReceipts(attempt);
      hearsReceipts ||= needsReceipts;
      delivery.open(publishReport(attempt), needsReceipts);
      passenger?.collectors({ receipts: needsReceipts });
    });
    attempt.on('error', (error) => {
      lastError = error;
      // After a refusal or an unreadable packet the library leaves the socket open.
      attempt.stream.destroy();
    });
    attempt.on('close', () => {
      // Another has begun in its place.
      if (attempt !== client) return;
      delivery.reset();
      passenger?.leave();
      if (isStopping) return;
      if (isMoving) begin();
      else retry(lastError, connectedAt);
    });
    return attempt;
  }

  function begin(): void {
    isMoving = false;
    failures = 0;
    connect();
  }

  function retry(error: unknown, connectedAt?: number): void {
    const { server } = options;
    const wasGood = connectedAt !== undefined && clock.monotonicMs() - connectedAt >= GOOD_AFTER_MS;
    failures = wasGood ? 1 : failures + 1;
    const refusal = refusalIn(error, server);
    const pauseMs = Math.round(reconnectPauseMs(failures, options.chance(), refusal !== undefined));
    const message = connectedAt === undefined ? 'cannot connect' : 'connection lost';
    log(refusal ? 'error' : 'warn', refusal?.message ?? message, {
      server: `${server.host}:${server.port}`,
      ...(refusal && server.user !== undefined && { user: server.user }),
      ...(error !== undefined && { error: describeError(error) }),
      ...(refusal && { advice: refusal.advice }),
      retryMs: pauseMs,
    });
    cancelRetry = clock.after(pauseMs, connect);
  }

  function announce(to: MqttClient): void {
    sayBirth(to);
    to.publish(topic('status'), status({ online: true }), RETAINED, () => {});
    for (const filter of hearers.keys()) hearTelling(to, filter);
    to.subscribe(COLLECTOR_FILTER, { qos: 1 }, (error) => {
      if (!error || isStopping || !to.connected) return;
      log('error', 'the broker refuses to tell of its collectors', { error: describeError(error) });
      to.stream.destroy();
    });
    options.onConnected?.();
    passenger?.board(linkOf(to));
  }

  function sayBirth(to: MqttClient): void {
    const birth = options.birth();
    to.publish(topic('birth'), JSON.stringify(birth), RETAINED, (error) => {
      if (!error) options.onBirthTold(birth);
    });
  }

  /** Without it the agent goes on as it is: what is missed is said in the log. */
  function hearTelling(to: MqttClient, filter: string): void {
    to.subscribe(filter, { qos: 1 }, (error) => {
      if (!error || isStopping || !to.connected) return;
      log('error', 'the broker refuses what the server tells', { topic: filter, error: describeError(error) });
    });
  }

  function hearReceipts(to: MqttClient): void {
    to.subscribe(receiptTopic, { qos: 0 }, (error) => {
      if (!error || isStopping || !to.connected) return;
      log('error', 'the broker refuses receipts: reports are kept and sent again', { error: describeError(error) });
    });
  }

  const linkOf = (to: MqttClient): Link => ({
    publish(on, body, retain, done) {
      to.publish(on, Buffer.from(body), { qos: 1, retain }, (error) => done(error ?? undefined));
      const packet = to.getLastMessageId();
      return () => to.removeOutgoingMessage(packet);
    },
    subscribe(topics) {
      for (const filter of topics) hearTelling(to, filter);
    },
  });

  const publishReport =
    (to: MqttClient): Publish =>
    (body, done) =>
      linkOf(to).publish(
        deviceTopic({ chain, store, device: watchedDeviceOf(body) ?? device, kind: 'report' }),
        body,
        false,
        done,
      );

  return {
    announce() {
      if (client?.connected) sayBirth(client);
    },
    send(kind, payload) {
      const to = client;
      if (!to?.connected) return Promise.reject(new Error('not connected'));
      return new Promise((resolve, reject) => {
        // The library forgets a publication whose connection is closed under it.
        const gone = () => reject(new Error('the connection was lost'));
        to.once('close', gone);
        to.publish(topic(kind), payload, { qos: 1 }, (error) => {
          to.off('close', gone);
          if (error) reject(error);
          else resolve();
        });
      });
    },
    reconnect() {
      if (isStopping || isMoving) return;
      cancelRetry();
      const from = client;
      // Between two connections there is none to end.
      if (!from || from.stream.destroyed) {
        delivery.reset();
        return begin();
      }
      isMoving = true;
      if (from.connected) void leave(from).then(() => from.stream.destroy());
      else from.stream.destroy();
    },
    async stop() {
      isStopping = true;
      cancelRetry();
      delivery.reset();
      if (client?.connected) await sayGoodbye(client);
      client?.stream.destroy();
    },
  };

  /** Unacknowledged reports stay in the outbox; the library would wait for them for ever. */
  async function sayGoodbye(to: MqttClient): Promise<void> {
    forgetOutgoing(to);
    const stopped = status({ online: false, reason: 'stopped' });
    await settled(to, GOODBYE_TIMEOUT_MS, (done) => {
      to.publish(topic('status'), stopped, { qos: 1, retain: true }, () => done());
    });
    await leave(to);
  }

  /** Unacknowledged reports stay in the outbox. */
  async function leave(to: MqttClient): Promise<void> {
    forgetOutgoing(to);
    await settled(to, DISCONNECT_TIMEOUT_MS, (done) => {
      to.end(false, {}, () => done());
    });
  }

  /** Resolves when the work is done, the connection is gone or the time is up. */
  function settled(on: MqttClient, timeoutMs: number, work: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(timeoutMs, resolve);
      const done = () => {
        cancel();
        resolve();
      };
      on.once('close', done);
      work(done);
    });
  }
}

function forgetOutgoing(client: MqttClient): void {
  for (const packet of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(packet));
}
