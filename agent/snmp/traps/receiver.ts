import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { DeviceEvent } from '../../../protocol/events.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import type { Clock } from '../../clock.ts';
import { describeError } from '../../describe-error.ts';
import type { Log } from '../../log.ts';
import type { Say } from '../../words.ts';
import { userOf } from '../client/connection.ts';
import type { Secrets } from '../credentials.ts';
import type { SnmpProfile } from '../profile.ts';
import { openEngine } from './engine.ts';
import { interpret } from './interpret.ts';
import { readRaised, writeRaised } from './kept-raised.ts';
import { type Door, openMessage, peek } from './open-message.ts';
import { createQueue, type Datagram } from './queue.ts';
import { createRaised } from './raised.ts';
import { createFinder, createStrangers, type Sender, type Stranger, sameAddress } from './senders.ts';
import { createTold } from './told.ts';
import type { Trap } from './trap.ts';
import { createUsm } from './usm.ts';

export interface TrapReceiverIo {
  /** An address; of the family it listens for. */
  host: string;
  port: number;
  /** The agent's own device: what strangers send is told of it, and whether we listen. */
  self: string;
  /** The same array as long as nothing changed. */
  devices(): readonly Sender[];
  /** Users of version 3, and communities: nothing else is taken. */
  secrets: readonly Secrets[];
  profiles: readonly SnmpProfile[];
  /** Those a device is read with. */
  profilesOf(device: string): readonly SnmpProfile[];
  /** Where our engine's id is kept, and what is raised. */
  dataDir: string;
  clock: Clock;
  log: Log;
  say: Say;
  onEvent(device: string, event: DeviceEvent): void;
  /** What no trap that just came says, but the passing of time: it proves nothing of the device. */
  onLate(device: string, events: readonly DeviceEvent[], statuses: readonly CheckStatus[]): void;
  /** Something happened there: worth a look at once. */
  onWake(device: string): void;
  /** A status that changed. */
  onStatus(device: string, status: CheckStatus): void;
}

/** Messages since the start. */
export interface TrapCounts {
  received: number;
  taken: number;
  /** Informs that came again, because their answer was lost. */
  repeated: number;
  /** Of senders that are no device of ours. */
  strange: number;
  /** By what was wrong with them: bytes that are no SNMP, communities, users, keys. */
  refused: Readonly<Record<string, number>>;
  /** There was no time for them. */
  dropped: number;
}

export interface TrapReceiver {
  /** Where it listens; undefined as long as it cannot. */
  port(): number | undefined;
  counts(): TrapCounts;
  strangers(): readonly Stranger[];
  /** What traps have raised on a device, and for a day as `ok` what was taken back: part of each of its reports. */
  statuses(device: string): CheckStatus[];
  /** A look at the device, begun then on the clock that never jumps, shows that what this check says is over. */
  disprove(device: string, check: string, beganMs: number): void;
  /** The device is watched no longer. */
  forget(device: string): void;
  stop(): Promise<void>;
}

const RETRY_MS = 15_000;
const TICK_MS = 1000;
/** Between two turns of everything else. */
const BATCH = 50;
const RECEIVE_BYTES = 1024 * 1024;
/** Only one more report makes sure of it: the first may be lost, or overtaken. */
const LISTENING_AGAIN_MS = 300_000;
const HOUR_MS = 3_600_000;
/** An inform whose acknowledgement was lost comes again. */
const INFORM_MS = 60_000;
const INFORMS_MAX = 1000;
const UNKNOWN_SENDER = 'unknown-sender';
/** Waiting datagrams of strangers share what one device has. */
const STRANGERS = '';

/** Hears traps and informs, of every version. Never throws: where it cannot listen it says so, and tries again. */
export function startTrapReceiver(io: TrapReceiverIo): TrapReceiver {
  const { clock, log, say } = io;
  const users = io.secrets.flatMap((secrets) => (secrets.version === 3 ? [userOf(secrets)] : []));
  const communities = io.secrets.flatMap((secrets) => (secrets.version === 3 ? [] : [secrets.community]));
  const engine = openEngine(io.dataDir, () => clock.monotonicMs(), log);
  const door: Door = {
    communities: new Set(communities.map((community) => Buffer.from(community).toString('latin1'))),
    usm: createUsm(users, engine),
  };
  const find = createFinder(io.devices);
  const strangers = createStrangers();
  const told = createTold(say);
  const kept = readRaised(io.dataDir, log);
  const raised = createRaised(kept, clock.monotonicMs());
  const watched = new Set(io.devices().map(({ name }) => name));
  for (const device of Object.keys(kept)) if (!watched.has(device)) raised.forget(device);
  const queue = createQueue();
  const informs = new Map<string, number>();
  const refused: Record<string, number> = {};
  const complaints = new Map<string, number>();
  const counts = { received: 0, taken: 0, repeated: 0, dropped: 0 };
  let socket: Socket | undefined;
  let port: number | undefined;
  let isStopping = false;
  let isDraining = false;
  let cancelRetry = () => {};
  let cancelAgain = () => {};
  let cancelTick = () => {};

  const tellStatuses = (device: string, statuses: readonly CheckStatus[]) => {
    for (const status of statuses) io.onStatus(device, status);
  };

  function keepRaised(): void {
    const all = raised.changed();
    if (all) writeRaised(io.dataDir, all, log);
  }

  /** Once an hour of each kind. */
  function complain(why: string, from: string): void {
    refused[why] = (refused[why] ?? 0) + 1;
    const nowMs = clock.monotonicMs();
    if (nowMs - (complaints.get(why) ?? Number.NEGATIVE_INFINITY) < HOUR_MS) return;
    complaints.set(why, nowMs);
    log('warn', 'an SNMP notification is not taken', { why, from, count: refused[why] });
  }

  function reply(bytes: Buffer, { address, port: to }: Datagram['from']): void {
    socket?.send(bytes, to, address, (error) => {
      if (error)
        log('debug', 'an SNMP notification could not be answered', { to: address, error: describeError(error) });
    });
  }

  function hear(datagram: Datagram): void {
    const { bytes, from } = datagram;
    const address = sameAddress(from.address);
    const device = find(address) ?? deviceInside(bytes, address);
    if (device === undefined) return;
    const opened = openMessage(bytes, door, clock.monotonicMs());
    if (opened.kind !== 'trap') {
      complain(opened.why, address);
      if (opened.kind === 'refused' && opened.answer) reply(opened.answer, from);
      return;
    }
    if (isRepeated(opened.trap, from)) counts.repeated++;
    else take(device, opened.trap);
    if (opened.answer) reply(opened.answer(), from);
  }

  /** What a relay sends on: only where its own address is nobody's, and only what can be read without a key. */
  function deviceInside(bytes: Buffer, address: string): string | undefined {
    const seen = peek(bytes);
    const inside = seen.kind === 'trap' && seen.trap.address !== undefined ? find(seen.trap.address) : undefined;
    if (inside !== undefined) return inside;
    const what = seen.kind === 'trap' ? seen.trap.oid : seen.kind === 'closed' ? `SNMPv3, ${seen.user}` : seen.why;
    const shown = what.slice(0, 256);
    const at = clock.now();
    if (!strangers.take(address, shown, at, clock.monotonicMs())) return undefined;
    log('warn', 'an SNMP notification came from no device we watch', { from: address, what: shown });
    io.onEvent(io.self, {
      at,
      source: 'trap',
      code: UNKNOWN_SENDER,
      severity: 'info',
      key: address,
      text: say({
        fr: `Notification SNMP de ${address}, qui n’est aucun équipement surveillé\u202f: ${shown}`,
        en: `SNMP notification from ${address}, which is no watched device: ${shown}`,
      }),
    });
    return undefined;
  }

  function isRepeated({ source, id, oid }: Trap, { address, port: from }: Datagram['from']): boolean {
    if (source !== 'inform') return false;
    const nowMs = clock.monotonicMs();
    const inform = `${address}|${from}|${id}|${oid}`;
    const before = informs.get(inform);
    informs.delete(inform);
    informs.set(inform, nowMs);
    const [oldest] = informs.keys();
    if (informs.size > INFORMS_MAX && oldest !== undefined) informs.delete(oldest);
    return before !== undefined && nowMs - before < INFORM_MS;
  }

  function take(device: string, trap: Trap): void {
    counts.taken++;
    const nowMs = clock.monotonicMs();
    const meanings = { own: io.profilesOf(device), all: io.profiles };
    const interpreted = interpret(trap, meanings, say, clock.now());
    tellStatuses(device, raised.take(device, interpreted, nowMs));
    if (!told.take(device, interpreted.event, nowMs)) return;
    io.onEvent(device, interpreted.event);
    io.onWake(device);
  }

  function drain(): void {
    for (let left = BATCH; left > 0; left--) {
      const datagram = queue.take();
      if (datagram === undefined || isStopping) break;
      try {
        hear(datagram);
      } catch (error) {
        complain('failed', datagram.from.address);
        log('debug', 'an SNMP notification could not be handled', { error: describeError(error) });
      }
    }
    isDraining = queue.length > 0 && !isStopping;
    if (isDraining) setImmediate(drain);
  }

  function receive(datagram: Datagram): void {
    counts.received++;
    if (!queue.add(datagram, find(datagram.from.address) ?? STRANGERS)) {
      counts.dropped++;
      return;
    }
    if (isDraining) return;
    isDraining = true;
    setImmediate(drain);
  }

  function tick(): void {
    const nowMs = clock.monotonicMs();
    for (const [device, event] of told.due(nowMs)) io.onLate(device, [event], []);
    for (const [device, statuses] of raised.expire(nowMs)) io.onLate(device, [], statuses);
    keepRaised();
    cancelTick = clock.after(TICK_MS, tick);
  }

  function listen(): void {
    const opening = createSocket({ type: isIP(io.host) === 6 ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BYTES });
    socket = opening;
    opening.on('message', (bytes: Buffer, from) => receive({ bytes, from }));
    opening.on('error', (error) => {
      const where = `${io.host}:${io.port}`;
      const text = say({
        fr: `Les notifications SNMP ne peuvent pas être reçues sur ${where}\u202f: ${describeError(error)}`,
        en: `SNMP notifications cannot be received on ${where}: ${describeError(error)}`,
      });
      log('error', 'SNMP notifications cannot be received', { where, error: describeError(error) });
      opening.close();
      [socket, port] = [undefined, undefined];
      cancelAgain();
      if (isStopping) return;
      io.onStatus(io.self, { check: 'traps', status: 'critical', text });
      cancelRetry = clock.after(RETRY_MS, listen);
    });
    opening.bind(io.port, io.host, () => {
      port = opening.address().port;
      log('info', 'SNMP notifications are received', { host: io.host, port });
      const tellListening = () => io.onStatus(io.self, { check: 'traps', status: 'ok' });
      tellListening();
      cancelAgain = clock.after(LISTENING_AGAIN_MS, tellListening);
    });
  }

  listen();
  cancelTick = clock.after(TICK_MS, tick);

  return {
    port: () => port,
    counts: () => ({ ...counts, strange: strangers.count(), refused: { ...refused } }),
    strangers: () => strangers.kept(),
    statuses: (device) => raised.of(device),
    disprove: (device, check, beganMs) =>
      tellStatuses(device, raised.disprove(device, check, beganMs, clock.monotonicMs())),
    forget(device) {
      told.forget(device);
      raised.forget(device);
      keepRaised();
    },
    async stop() {
      isStopping = true;
      cancelRetry();
      cancelAgain();
      cancelTick();
      keepRaised();
      const open = socket;
      socket = undefined;
      if (open) await new Promise<void>((resolve) => open.close(resolve));
    },
  };
}
