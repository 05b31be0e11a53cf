import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import snmp, { type Session, type SessionOptions, type SessionSocket, type User, type Varbind } from 'net-snmp';
import './des.ts';
import type { Clock } from '../../clock.ts';
import { describeError, errorCode } from '../../describe-error.ts';
import type { Secrets } from '../credentials.ts';
import { type Answer, answerOf } from './answer.ts';
import { type FaultKind, isRefusal, SnmpFault } from './fault.ts';
import { isOid } from './oid.ts';
import type { Line, SnmpTransport } from './transport.ts';

export interface SnmpTarget {
  /** An address, or a name that is looked up for each fresh session. */
  host: string;
  port: number;
  version: Secrets['version'];
  /** Of that version. Read anew for each fresh session. Throws where they cannot be; what it throws names no secret. */
  credentials: () => Secrets;
  /** Of one attempt. */
  timeoutMs: number;
  /** Attempts after the first. */
  retries: number;
}

export interface SnmpIo {
  transport: SnmpTransport;
  clock: Clock;
}

export type Question = (
  | { kind: 'get'; oids: readonly string[] }
  | { kind: 'next'; oids: readonly string[] }
  | { kind: 'bulk'; oids: readonly string[]; repetitions: number }
) & {
  /** Of one attempt, where the target's time is more than it deserves. */
  patienceMs?: number;
};

/** What is told for each OID asked for: one answer for get and next, any number for bulk. */
export type Ask = (question: Question, signal?: AbortSignal) => Promise<Answer[][]>;

export interface Connection {
  /** Rejects with an `SnmpFault`. One question at a time. */
  ask: Ask;
  engine(): { boots: number; time: number } | undefined;
  close(): void;
}

/** After credentials were refused, nothing is sent for as long: the answer would be the same. */
const REFUSAL_PAUSE_MS = 60_000;
/** Discovery of the engine, setting the clock, the question itself; each with all its attempts. */
const ROUNDS = 3;
/** Localized keys the library keeps for ever, by password and engine. */
const KEYS_MAX = 4096;

/**
 * One device over net-snmp. The library's session is made when it is needed and thrown away when the device was silent,
 * restarted or replaced: a fresh one learns engine, boots and time again.
 */
export function connect(target: SnmpTarget, { transport, clock }: SnmpIo): Connection {
  const device = `${target.host}:${target.port}`;
  const deadlineMs = ROUNDS * (target.retries + 1) * target.timeoutMs;
  let session: { snmp: Session; line: Line } | undefined;
  let refused: { fault: SnmpFault; untilMs: number } | undefined;
  let fail: ((fault: SnmpFault) => void) | undefined;
  let generation = 0;

  const discard = () => {
    generation++;
    const old = session;
    session = undefined;
    old?.snmp.close();
    forgetKeys();
  };

  async function fresh(): Promise<{ snmp: Session; line: Line }> {
    const secrets = readSecrets(target, device);
    const mine = generation;
    const address = isIP(target.host) ? target.host : await addressOf(target, clock, device);
    if (mine !== generation) throw new SnmpFault('closed', device);
    const line = transport.open({ address, port: target.port }, () => fail?.(new SnmpFault('wrong-answer', device)));
    const made = openSession(address, secrets, {
      port: target.port,
      timeout: target.timeoutMs,
      retries: target.retries,
      dgramModule: { createSocket: (): SessionSocket => line },
    });
    // Bytes that are no SNMP: not an answer, whatever they are.
    made.on('error', () => undefined);
    session = { snmp: made, line };
    return session;
  }

  async function attempt(question: Question, signal: AbortSignal | undefined): Promise<Answer[][]> {
    const { promise, resolve, reject } = Promise.withResolvers<Varbind[][]>();
    const onAbort = () => reject(new SnmpFault('aborted', device));
    const cancelDeadline = clock.after(deadlineMs, () => reject(new SnmpFault('timeout', device)));
    fail = reject;
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const { snmp: open, line } = session ?? (await Promise.race([fresh(), promise as Promise<never>]));
      open.timeout = Math.min(target.timeoutMs, question.patienceMs ?? target.timeoutMs);
      line.sendsLeft = ROUNDS * (target.retries + 1);
      send(open, question, (error, told) => (error ? reject(faultOf(error, device)) : resolve(told)));
      return readAnswers(await promise, question, device);
    } finally {
      fail = undefined;
      cancelDeadline();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    async ask(question, signal) {
      if (signal?.aborted) throw new SnmpFault('aborted', device);
      if (refused && clock.monotonicMs() < refused.untilMs) throw refused.fault;
      refused = undefined;
      for (let tries = 0; ; tries++) {
        try {
          return await attempt(question, signal);
        } catch (error) {
          const fault = error instanceof SnmpFault ? error : new SnmpFault('wrong-answer', device);
          if (isRefusal(fault)) refused = { fault, untilMs: clock.monotonicMs() + REFUSAL_PAUSE_MS };
          const isLost = fault.kind === 'out-of-time' || fault.kind === 'unknown-engine';
          // The report has told the engine and its time: once more with them, then with a session that knows nothing yet.
          if (!isAnswer(fault) && (!isLost || tries > 0)) discard();
          if (!isLost || tries > 1) throw fault;
        }
      }
    },
    engine() {
      const known = session?.snmp.getEngineTime();
      return known ? { boots: known.engineBoots, time: known.engineTime } : undefined;
    },
    close() {
      fail?.(new SnmpFault('closed', device));
      discard();
    },
  };
}

/** The device itself said so: the session is as good as before. */
const isAnswer = ({ kind }: SnmpFault): boolean =>
  kind === 'no-such-name' || kind === 'too-big' || kind === 'device-error';

function send(open: Session, question: Question, done: (error: Error | null, told: Varbind[][]) => void): void {
  const each = (error: Error | null, told: Varbind[]) => done(error, error ? [] : told.map((one) => [one]));
  if (question.kind === 'get') open.get(question.oids, each);
  else if (question.kind === 'next') open.getNext(question.oids, each);
  else open.getBulk(question.oids, 0, question.repetitions, done);
}

function readAnswers(told: Varbind[][], { oids }: Question, device: string): Answer[][] {
  return oids.map((oid, at) =>
    (told[at] ?? []).map((varbind) => {
      if (!isOid(varbind.oid)) throw new SnmpFault('wrong-answer', device, { oid });
      return answerOf(varbind);
    }),
  );
}

function openSession(address: string, secrets: Secrets, options: SessionOptions): Session {
  if (secrets.version !== 3) {
    const version = secrets.version === 1 ? snmp.Version1 : snmp.Version2c;
    return snmp.createSession(address, secrets.community, { ...options, version });
  }
  const context = secrets.contextName === undefined ? {} : { context: secrets.contextName };
  return snmp.createV3Session(address, userOf(secrets), { ...options, ...context, version: snmp.Version3 });
}

const AUTH = {
  md5: snmp.AuthProtocols.md5,
  sha1: snmp.AuthProtocols.sha,
  sha224: snmp.AuthProtocols.sha224,
  sha256: snmp.AuthProtocols.sha256,
  sha384: snmp.AuthProtocols.sha384,
  sha512: snmp.AuthProtocols.sha512,
};
const PRIV = {
  des: snmp.PrivProtocols.des,
  aes128: snmp.PrivProtocols.aes,
  aes256: snmp.PrivProtocols.aes256b,
  'aes256-cisco': snmp.PrivProtocols.aes256r,
};

/** As net-snmp has it. */
export function userOf({ user, auth, priv }: Extract<Secrets, { version: 3 }>): User {
  const { noAuthNoPriv, authNoPriv, authPriv } = snmp.SecurityLevel;
  if (auth === undefined) return { name: user, level: noAuthNoPriv };
  const signed = { name: user, authProtocol: AUTH[auth.protocol], authKey: auth.password };
  if (priv === undefined) return { ...signed, level: authNoPriv };
  return { ...signed, level: authPriv, privProtocol: PRIV[priv.protocol], privKey: priv.password };
}

function readSecrets({ credentials }: SnmpTarget, device: string): Secrets {
  try {
    return credentials();
  } catch (error) {
    throw new SnmpFault('credentials', device, { detail: describeError(error) });
  }
}

/** The system's own search for a name knows no end worth waiting for. */
async function addressOf({ host, timeoutMs }: SnmpTarget, clock: Clock, device: string): Promise<string> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(timeoutMs, () => reject(new SnmpFault('unreachable', device, { detail: 'no answer of DNS' })));
  });
  try {
    return (await Promise.race([lookup(host), late])).address;
  } catch (error) {
    throw error instanceof SnmpFault ? error : unreachable(error, device);
  } finally {
    cancel();
  }
}

function unreachable(error: unknown, device: string): SnmpFault {
  const detail = errorCode(error);
  return new SnmpFault('unreachable', device, detail === undefined ? {} : { detail });
}

/** What the library names USM's reports. */
const REPORTS: Readonly<Record<string, FaultKind>> = {
  'Unsupported Security Level': 'security-level',
  'Not In Time Window': 'out-of-time',
  'Unknown User Name': 'unknown-user',
  'Unknown Engine ID': 'unknown-engine',
  'Wrong Digest (incorrect password, community or key)': 'wrong-password',
  'Decryption Error': 'wrong-key',
};
const { ResponseInvalidCode: Invalid, ErrorStatus: Status } = snmp;
const INVALID: Readonly<Record<number, FaultKind>> = {
  [Invalid.EAuthFailure]: 'unauthentic',
  [Invalid.ECouldNotDecrypt]: 'unauthentic',
  [Invalid.ENotInTimeWindow]: 'out-of-time',
  [Invalid.EUnexpectedReport]: 'unknown-engine',
};
const FAILED: Readonly<Record<number, FaultKind>> = {
  [Status.TooBig]: 'too-big',
  [Status.NoSuchName]: 'no-such-name',
};

/** Only the kind of the library's error: its text, and what it carries, may hold a password or a digest. */
function faultOf(error: Error, device: string): SnmpFault {
  if (error instanceof snmp.RequestTimedOutError) return new SnmpFault('timeout', device);
  if (error instanceof snmp.RequestFailedError) {
    return new SnmpFault(FAILED[error.status] ?? 'device-error', device, { detail: `error-status ${error.status}` });
  }
  if (error instanceof snmp.ResponseInvalidError) {
    return new SnmpFault(REPORTS[error.message] ?? INVALID[error.code] ?? 'wrong-answer', device);
  }
  return errorCode(error) === undefined ? new SnmpFault('wrong-answer', device) : unreachable(error, device);
}

function forgetKeys(): void {
  const { authToKeyCache: keys } = snmp.Authentication;
  if (Object.keys(keys).length > KEYS_MAX) for (const key of Object.keys(keys)) delete keys[key];
}
