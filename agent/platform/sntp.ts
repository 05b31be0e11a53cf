/** Seconds between 1900, where NTP counts from, and 1970. */
const EPOCH_S = 2_208_988_800;
const ERA_S = 2 ** 32;
const BYTES = 48;
const NONCE_AT = 40;
const NONCE_BYTES = 8;

export interface SntpReading {
  /** Milliseconds this host's clock is behind (positive) or ahead (negative) of the server's. */
  offsetMs: number;
  /** Milliseconds of the way there and back, without the server's own time. */
  delayMs: number;
  /** 1 to 15; 1 has its time from a clock of its own. */
  stratum: number;
}

/** An answer that gives no time. `kiss`: the server's code for why it refuses. */
export type SntpRefusal = { refused: 'malformed' | 'unsynchronised' } | { refused: 'kiss'; code: string };

/** Codes of a server that is starting or has set its clock. */
const NOT_YET = new Set(['INIT', 'STEP']);

/** A client's question (RFC 4330, version 4). The nonce stands where a client's own time would: the answer repeats it. */
export function sntpQuestion(nonce: Uint8Array): Uint8Array {
  const packet = new Uint8Array(BYTES);
  packet[0] = (4 << 3) | 3;
  packet.set(nonce.subarray(0, NONCE_BYTES), NONCE_AT);
  return packet;
}

/** Reads the answer. Times are milliseconds since 1970 by this host's clock. */
export function readSntpAnswer(
  answer: Uint8Array,
  { nonce, sentAt, receivedAt }: { nonce: Uint8Array; sentAt: number; receivedAt: number },
): SntpReading | SntpRefusal {
  if (answer.byteLength < BYTES) return { refused: 'malformed' };
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const [leap, mode] = [view.getUint8(0) >> 6, view.getUint8(0) & 7];
  const isOurs = nonce.subarray(0, NONCE_BYTES).every((byte, index) => view.getUint8(24 + index) === byte);
  if (mode !== 4 || !isOurs) return { refused: 'malformed' };
  const stratum = view.getUint8(1);
  const code = stratum === 0 ? String.fromCharCode(...answer.subarray(12, 16)).replace(/[^A-Z]/g, '') : '';
  if (code !== '' && !NOT_YET.has(code)) return { refused: 'kiss', code };
  const [arrived, left] = [readTime(view, 32, sentAt), readTime(view, 40, sentAt)];
  if (leap === 3 || stratum === 0 || stratum > 15 || arrived === undefined || left === undefined)
    return { refused: 'unsynchronised' };
  return {
    offsetMs: (arrived - sentAt + (left - receivedAt)) / 2,
    delayMs: Math.max(0, receivedAt - sentAt - (left - arrived)),
    stratum,
  };
}

/** Its 32 bits of seconds begin again in 2036: the time meant is the one nearest to our own. */
function readTime(view: DataView, at: number, near: number): number | undefined {
  const [seconds, fraction] = [view.getUint32(at), view.getUint32(at + 4)];
  if (seconds === 0 && fraction === 0) return undefined;
  const inFirstEra = seconds - EPOCH_S;
  const era = Math.round((near / 1000 - inFirstEra) / ERA_S);
  return (inFirstEra + era * ERA_S + fraction / ERA_S) * 1000;
}
