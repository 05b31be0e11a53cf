import { timingSafeEqual } from 'node:crypto';
import snmp, { type User } from 'net-snmp';
import '../client/des.ts';
import { BadMessage, element, integer, oid, readBer, TAG } from './ber.ts';
import { createBucket } from './bucket.ts';
import type { Engine } from './engine.ts';
import { FLAGS, PDU, readScoped, type ScopedPdu, SECURITY_MODEL, type SecuredMessage, scopedBytes } from './message.ts';

/** Why a message is not taken; each is one of usmStats and has its number there. */
const STATS = {
  'security-level': 1,
  'out-of-time': 2,
  'unknown-user': 3,
  'unknown-engine': 4,
  'wrong-password': 5,
  'wrong-key': 6,
} as const;
export type UsmFault = keyof typeof STATS | 'too-busy';

export type Opened =
  | { scoped: ScopedPdu; user: User }
  /** `report` goes to the sender, where it waits for one. */
  | { fault: UsmFault; report?: Buffer };

/** Opens what comes under version 3: RFC 3414 from the receiver's side. */
export interface Usm {
  /** @throws BadMessage where what is inside is no PDU. */
  open(message: SecuredMessage, nowMs: number): Opened;
  /** The answer to a message that was opened. */
  answer(message: SecuredMessage, user: User, scoped: ScopedPdu): Buffer;
}

const WINDOW_S = 150;
const ENGINES_MAX = 1024;
const ENGINE_ID_MIN = 5;
/** A key is made of a megabyte: few for those that only claim to be somebody. */
const KEYS_BURST = 50;
const KEYS_EVERY_MS = 100;
const MAX_SIZE = 65_507;
const SALT_BYTES = 8;
const COUNTER = 0x41;
const { noAuthNoPriv, authPriv } = snmp.SecurityLevel;
const { Authentication, Encryption } = snmp;

interface Seen {
  boots: number;
  timeS: number;
  atMs: number;
}

/** @param users Several may have one name: the one whose password is right is meant. */
export function createUsm(users: readonly User[], engine: Engine): Usm {
  /** The last proven word of those whose traps are dated by themselves, the newest last. */
  const seen = new Map<string, Seen>();
  const keys = createBucket(KEYS_BURST, KEYS_EVERY_MS);
  let reports = 0;

  function open(message: SecuredMessage, nowMs: number): Opened {
    const isOurs = message.engineId.equals(engine.id);
    // Who waits for an answer must ask us: a trap alone is dated by its sender.
    const isStrange = message.isReportable ? !isOurs : message.engineId.length < ENGINE_ID_MIN;
    if (isStrange) return refuse(message, 'unknown-engine');
    const named = users.filter(({ name }) => name === message.user);
    if (named.length === 0) return refuse(message, 'unknown-user');
    const fitting = named.filter(
      ({ level }) => (level !== noAuthNoPriv) === message.isSigned && (level === authPriv) === message.isEncrypted,
    );
    if (fitting.length === 0) return refuse(message, 'security-level');
    const proven = message.isSigned ? prove(message, fitting, nowMs) : fitting[0];
    if (proven === 'too-busy') return { fault: proven };
    if (proven === undefined) return refuse(message, 'wrong-password');
    if (message.isSigned && !(isOurs ? isOfNow(message) : isLater(message, nowMs))) {
      return refuse(message, 'out-of-time', proven);
    }
    const clear = message.isEncrypted ? decrypt(message, proven) : message.data;
    return clear === undefined ? refuse(message, 'wrong-key', proven) : { scoped: readScoped(clear), user: proven };
  }

  function prove(message: SecuredMessage, candidates: readonly User[], nowMs: number): User | 'too-busy' | undefined {
    for (const user of candidates) {
      const { authProtocol = 0, authKey = '' } = user;
      const key = Authentication.computeCacheKey(authProtocol, authKey, message.engineId);
      const isKnown = Authentication.authToKeyCache[key] !== undefined;
      if (!isKnown && !keys.take(nowMs)) return 'too-busy';
      if (isSignedBy(message, authProtocol, authKey)) return user;
      // The library keeps keys for ever: not those of engines that proved nothing.
      if (!isKnown) delete Authentication.authToKeyCache[key];
    }
    return undefined;
  }

  const isOfNow = ({ engineBoots, engineTime }: SecuredMessage) =>
    engineBoots === engine.boots && Math.abs(engine.timeS() - engineTime) <= WINDOW_S;

  /** What was recorded once must not be believed again later. */
  function isLater({ engineId, engineBoots, engineTime }: SecuredMessage, nowMs: number): boolean {
    const id = engineId.toString('hex');
    const last = seen.get(id);
    if (last !== undefined) {
      const ranS = last.timeS + (nowMs - last.atMs) / 1000;
      if (engineBoots < last.boots || (engineBoots === last.boots && engineTime < ranS - WINDOW_S)) return false;
    }
    const isNewest = last === undefined || engineBoots > last.boots || engineTime > last.timeS;
    seen.delete(id);
    seen.set(id, isNewest ? { boots: engineBoots, timeS: engineTime, atMs: nowMs } : last);
    for (const oldest of seen.keys()) {
      if (seen.size <= ENGINES_MAX) break;
      seen.delete(oldest);
    }
    return true;
  }

  /** Only a report of a wrong time is signed: it sets the sender's clock. */
  function refuse(message: SecuredMessage, fault: keyof typeof STATS, user?: User): Opened {
    if (!message.isReportable) return { fault };
    reports = (reports + 1) & 0x7fff_ffff;
    const counter = oid(`1.3.6.1.6.3.15.1.1.${STATS[fault]}.0`);
    const count = integer(reports);
    count[0] = COUNTER;
    const variables = element(TAG.sequence, element(TAG.sequence, counter, count));
    const body = Buffer.concat([integer(0), integer(0), integer(0), variables]);
    const scoped = { contextEngineId: engine.id, contextName: Buffer.alloc(0), pdu: { tag: PDU.report, body } };
    const signer: User =
      fault === 'out-of-time' && user
        ? { ...user, level: snmp.SecurityLevel.authNoPriv }
        : { name: '', level: noAuthNoPriv };
    return { fault, report: seal(message.id, signer, scoped, engine) };
  }

  return {
    open,
    answer: (message, user, scoped) => seal(message.id, user, scoped, engine),
  };
}

function isSignedBy({ bytes, digest, engineId }: SecuredMessage, protocol: number, password: string): boolean {
  const unsigned = Buffer.from(bytes);
  unsigned.fill(0, digest.byteOffset - bytes.byteOffset, digest.byteOffset - bytes.byteOffset + digest.length);
  const expected = Authentication.calculateDigest(unsigned, protocol, password, engineId);
  return expected.length === digest.length && timingSafeEqual(expected, digest);
}

/** What is inside the scoped PDU; undefined where it was encrypted with another key. */
function decrypt(message: SecuredMessage, { privProtocol = 0, privKey = '', authProtocol = 0 }: User) {
  if (message.salt.length !== SALT_BYTES) return undefined;
  try {
    const plain = Encryption.algorithms[privProtocol]?.decryptPdu(
      message.data,
      privProtocol,
      message.salt,
      privKey,
      authProtocol,
      { engineID: message.engineId, engineBoots: message.engineBoots, engineTime: message.engineTime },
    );
    // A cipher of blocks leaves octets behind the PDU: they are nobody's.
    return plain && readBer(plain).body(TAG.sequence);
  } catch (error) {
    // With a wrong key the cipher ends wrongly, or what comes out is no PDU.
    if (error instanceof BadMessage || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

/** A message of ours, dated by our engine. */
function seal(id: number, user: User, scoped: ScopedPdu, engine: Engine): Buffer {
  const { name, level, authProtocol = 0, authKey = '', privProtocol = 0, privKey = '' } = user;
  const [isSigned, isEncrypted] = [level !== noAuthNoPriv, level === authPriv];
  const flags = (isSigned ? FLAGS.signed : 0) | (isEncrypted ? FLAGS.encrypted : 0);
  const timeS = engine.timeS();
  const dated = { engineID: engine.id, engineBoots: engine.boots, engineTime: timeS };
  const plain = scopedBytes(scoped);
  const sealed = isEncrypted
    ? Encryption.algorithms[privProtocol]?.encryptPdu(plain, privProtocol, privKey, authProtocol, dated)
    : undefined;
  const header = element(
    TAG.sequence,
    integer(id),
    integer(MAX_SIZE),
    element(TAG.octets, Buffer.from([flags])),
    integer(SECURITY_MODEL),
  );
  const digest = Buffer.alloc(isSigned ? Authentication.getParametersLength(authProtocol) : 0);
  const build = () =>
    element(
      TAG.sequence,
      integer(SECURITY_MODEL),
      header,
      element(
        TAG.octets,
        element(
          TAG.sequence,
          element(TAG.octets, engine.id),
          integer(engine.boots),
          integer(timeS),
          element(TAG.octets, Buffer.from(name)),
          element(TAG.octets, digest),
          element(TAG.octets, sealed?.msgPrivacyParameters ?? Buffer.alloc(0)),
        ),
      ),
      sealed ? element(TAG.octets, sealed.encryptedPdu) : plain,
    );
  if (isSigned) Authentication.calculateDigest(build(), authProtocol, authKey, engine.id).copy(digest);
  return build();
}
