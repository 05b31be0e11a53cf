/**
 * What stands outside an SNMP message: enough to tell whether an answer is the answer to a request, before anything else
 * is made of its bytes.
 */
interface Envelope {
  version: number;
  /** The request's id; of version 3 the message's. */
  id: number;
  /** Versions 1 and 2c. */
  community?: Buffer;
  /** Version 3: 0 in the clear, 1 authenticated, 3 encrypted as well. */
  security?: number;
  /** Tag of the PDU; undefined where it is encrypted. */
  pdu?: number;
}

const INTEGER = 0x02;
const OCTETS = 0x04;
const SEQUENCE = 0x30;
const RESPONSE = 0xa2;
const REPORT = 0xa8;
const VERSION_3 = 3;

/** True when it may be what was asked for: same version, id and community, and protected no less than the request was. */
export function isAnswerTo(request: Buffer, answer: Buffer): boolean {
  const asked = readEnvelope(request);
  const told = readEnvelope(answer);
  if (asked === undefined || told === undefined || told.version !== asked.version || told.id !== asked.id) return false;
  if (told.version !== VERSION_3) {
    return told.pdu === RESPONSE && told.community !== undefined && asked.community?.equals(told.community) === true;
  }
  // A report may come unprotected: it says why a request could not be understood.
  if (told.pdu === REPORT) return true;
  return told.security === asked.security && (told.pdu === undefined || told.pdu === RESPONSE);
}

function readEnvelope(bytes: Buffer): Envelope | undefined {
  const message = contents(bytes, SEQUENCE);
  const version = message && integer(message);
  if (version === undefined) return undefined;
  return version.value === VERSION_3 ? readSecured(version.rest) : readPlain(version.value, version.rest);
}

function readPlain(version: number, bytes: Buffer): Envelope | undefined {
  const community = element(bytes, OCTETS);
  const pdu = community?.rest[0];
  const id = community && pdu !== undefined ? requestId(community.rest, pdu) : undefined;
  return community && pdu !== undefined && id !== undefined
    ? { version, community: community.body, pdu, id }
    : undefined;
}

function readSecured(bytes: Buffer): Envelope | undefined {
  const header = element(bytes, SEQUENCE);
  const id = header && integer(header.body);
  const maxSize = id && integer(id.rest);
  const flags = maxSize && element(maxSize.rest, OCTETS);
  const parameters = header && element(header.rest, OCTETS);
  if (id === undefined || flags?.body.length !== 1 || parameters === undefined) return undefined;
  const security = (flags.body[0] as number) & 3;
  const pdu = security & 2 ? undefined : scopedPdu(parameters.rest);
  return { version: VERSION_3, id: id.value, security, ...(pdu !== undefined && { pdu }) };
}

function scopedPdu(bytes: Buffer): number | undefined {
  const scoped = contents(bytes, SEQUENCE);
  const engine = scoped && element(scoped, OCTETS);
  const context = engine && element(engine.rest, OCTETS);
  return context?.rest[0];
}

function requestId(bytes: Buffer, pdu: number): number | undefined {
  const body = contents(bytes, pdu);
  return body && integer(body)?.value;
}

const contents = (bytes: Buffer, tag: number): Buffer | undefined => element(bytes, tag)?.body;

function integer(bytes: Buffer): { value: number; rest: Buffer } | undefined {
  const read = element(bytes, INTEGER);
  if (read === undefined || read.body.length < 1 || read.body.length > 5) return undefined;
  return { value: read.body.readIntBE(0, read.body.length), rest: read.rest };
}

/** One element of BER. Undefined where it has another tag, or is cut. */
function element(bytes: Buffer, tag: number): { body: Buffer; rest: Buffer } | undefined {
  const first = bytes[1];
  if (bytes[0] !== tag || first === undefined) return undefined;
  const lengthBytes = first & 0x80 ? first & 0x7f : 0;
  if (lengthBytes > 4 || (first & 0x80 && lengthBytes === 0) || bytes.length < 2 + lengthBytes) return undefined;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (bytes.length < start + length) return undefined;
  return { body: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}
