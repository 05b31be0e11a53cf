import type { User } from 'net-snmp';
import { BadMessage } from './ber.ts';
import { acknowledgementOf, PDU, type Pdu, plainBytes, readMessage } from './message.ts';
import { readTrap, type Trap } from './trap.ts';
import type { Usm, UsmFault } from './usm.ts';

/** What came in one datagram. */
export type Opened =
  | { kind: 'trap'; trap: Trap /** What acknowledges an inform. */; answer?: () => Buffer }
  /** Not to be taken, for a reason; `answer` tells the sender, where it waits for it. */
  | { kind: 'refused'; why: UsmFault | 'community'; answer?: Buffer }
  /** No message: what is wrong with it. */
  | { kind: 'bad'; why: string };

export interface Door {
  /** Communities that are taken, and no other. */
  communities: ReadonlySet<string>;
  usm: Usm;
}

/** Reads a datagram of a device we know. Never throws, whatever its bytes are. */
export function openMessage(bytes: Buffer, { communities, usm }: Door, nowMs: number): Opened {
  return guarded<Opened>(() => {
    const message = readMessage(bytes);
    if (message.version !== 3) {
      const trap = readTrap(message.pdu);
      if (!communities.has(message.community)) return { kind: 'refused', why: 'community' };
      const { community, pdu } = message;
      return { kind: 'trap', trap, ...acknowledged(pdu, (answer) => plainBytes(community, answer)) };
    }
    const opened = usm.open(message, nowMs);
    if ('fault' in opened) {
      const { fault, report } = opened;
      return { kind: 'refused', why: fault, ...(report && { answer: report }) };
    }
    const { scoped, user } = opened;
    const seal = (user: User) => (pdu: Pdu) => usm.answer(message, user, { ...scoped, pdu });
    return { kind: 'trap', trap: readTrap(scoped.pdu), ...acknowledged(scoped.pdu, seal(user)) };
  });
}

/** Of version 3 only who claims to have sent it. */
type Peeked = { kind: 'trap'; trap: Trap } | { kind: 'closed'; user: string } | { kind: 'bad'; why: string };

/** What a stranger sent, as far as it can be read without a key: no key is made for it, and nothing answered. */
export function peek(bytes: Buffer): Peeked {
  return guarded<Peeked>(() => {
    const message = readMessage(bytes);
    if (message.version === 3) return { kind: 'closed', user: message.user };
    return { kind: 'trap', trap: readTrap(message.pdu) };
  });
}

const acknowledged = (pdu: Pdu, seal: (answer: Pdu) => Buffer): { answer?: () => Buffer } =>
  pdu.tag === PDU.inform ? { answer: () => seal(acknowledgementOf(pdu)) } : {};

function guarded<Result>(read: () => Result): Result | { kind: 'bad'; why: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadMessage) return { kind: 'bad', why: error.message };
    throw error;
  }
}
