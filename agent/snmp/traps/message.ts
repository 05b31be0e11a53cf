import { BadMessage, element, integer, readBer, TAG } from './ber.ts';

/** What a PDU is, by its tag. */
export const PDU = { get: 0xa0, response: 0xa2, trapV1: 0xa4, inform: 0xa6, trapV2: 0xa7, report: 0xa8 } as const;

export interface Pdu {
  tag: number;
  body: Buffer;
}

export type Message = PlainMessage | SecuredMessage;

export interface PlainMessage {
  version: 1 | '2c';
  community: string;
  pdu: Pdu;
}

/** Version 3, as its security model finds it: nothing of it is proven yet. */
export interface SecuredMessage {
  version: 3;
  bytes: Buffer;
  id: number;
  isSigned: boolean;
  isEncrypted: boolean;
  /** The sender waits for an answer, a report at least. */
  isReportable: boolean;
  engineId: Buffer;
  engineBoots: number;
  engineTime: number;
  user: string;
  /** Cut from `bytes`. */
  digest: Buffer;
  salt: Buffer;
  /** The scoped PDU, encrypted or in the clear. */
  data: Buffer;
}

/** A PDU with the names version 3 has for whose it is. */
export interface ScopedPdu {
  contextEngineId: Buffer;
  contextName: Buffer;
  pdu: Pdu;
}

/** USM. */
export const SECURITY_MODEL = 3;
export const FLAGS = { signed: 1, encrypted: 2, reportable: 4 } as const;
const ENGINE_ID_MAX = 32;
const USER_MAX = 32;

/** @throws BadMessage */
export function readMessage(bytes: Buffer): Message {
  const message = readBer(bytes).inside(TAG.sequence);
  const version = message.integer();
  if (version === 3) {
    const header = message.inside(TAG.sequence);
    const parameters = message.body(TAG.octets);
    const data = message.any();
    return readSecured(bytes, header, parameters, data);
  }
  if (version !== 0 && version !== 1) throw new BadMessage('a version nobody knows');
  const community = message.body(TAG.octets).toString('latin1');
  return { version: version === 0 ? 1 : '2c', community, pdu: message.any() };
}

function readSecured(bytes: Buffer, header: ReturnType<typeof readBer>, parameters: Buffer, data: Pdu): SecuredMessage {
  const id = header.integer();
  header.integer();
  const [flags] = header.body(TAG.octets);
  if (flags === undefined || header.integer() !== SECURITY_MODEL) throw new BadMessage('a security nobody knows');
  const isEncrypted = (flags & FLAGS.encrypted) !== 0;
  if (isEncrypted && !(flags & FLAGS.signed)) throw new BadMessage('encrypted and not signed');
  if (data.tag !== (isEncrypted ? TAG.octets : TAG.sequence)) throw new BadMessage('not what stands here in SNMP');
  const security = readBer(parameters).inside(TAG.sequence);
  const engineId = security.body(TAG.octets);
  const [engineBoots, engineTime] = [security.integer(), security.integer()];
  const user = security.body(TAG.octets);
  if (engineId.length > ENGINE_ID_MAX || user.length > USER_MAX) throw new BadMessage('a name that is too long');
  if (!isCount(id) || !isCount(engineBoots) || !isCount(engineTime)) throw new BadMessage('a number of no known size');
  return {
    version: 3,
    bytes,
    id,
    isSigned: (flags & FLAGS.signed) !== 0,
    isEncrypted,
    isReportable: (flags & FLAGS.reportable) !== 0,
    engineId,
    engineBoots,
    engineTime,
    user: user.toString('utf8'),
    digest: security.body(TAG.octets),
    salt: security.body(TAG.octets),
    data: data.body,
  };
}

const isCount = (value: number): boolean => value >= 0 && value <= 0x7fff_ffff;

/** Of what stands inside the scoped PDU. @throws BadMessage */
export function readScoped(body: Buffer): ScopedPdu {
  const scoped = readBer(body);
  return { contextEngineId: scoped.body(TAG.octets), contextName: scoped.body(TAG.octets), pdu: scoped.any() };
}

export const scopedBytes = ({ contextEngineId, contextName, pdu }: ScopedPdu): Buffer =>
  element(
    TAG.sequence,
    element(TAG.octets, contextEngineId),
    element(TAG.octets, contextName),
    element(pdu.tag, pdu.body),
  );

/** What acknowledges an inform: the same again, as a response without an error. @throws BadMessage */
export function acknowledgementOf({ body }: Pdu): Pdu {
  const inform = readBer(body);
  const id = element(TAG.integer, inform.body(TAG.integer));
  inform.integer();
  inform.integer();
  const variables = element(TAG.sequence, inform.body(TAG.sequence));
  return { tag: PDU.response, body: Buffer.concat([id, integer(0), integer(0), variables]) };
}

export const plainBytes = (community: string, { tag, body }: Pdu): Buffer =>
  element(TAG.sequence, integer(1), element(TAG.octets, Buffer.from(community, 'latin1')), element(tag, body));
