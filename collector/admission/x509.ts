import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';
import * as der from './der.ts';

/** What is signed by ECDSA with P-256 and SHA-256: our authority knows no other. */
const ECDSA_SHA256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const SERIAL_BYTES = 16;

export interface Issuer {
  commonName: string;
  key: KeyObject;
}

export interface CertificateWish {
  /** Hex; see `newSerial`. */
  serial: string;
  commonName: string;
  publicKey: KeyObject;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** An authority signs certificates and revocation lists; the others speak TLS as a client, a server or both. */
  use: 'authority' | readonly ('client' | 'server')[];
  /** DNS names and addresses it may be reached by. */
  names?: readonly string[];
}

/** Random, positive, without a zero in front: one number has one spelling. */
export function newSerial(): string {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** SHA-256 of a public key (SubjectPublicKeyInfo, DER). */
export const fingerprintOf = (key: KeyObject): Buffer => createHash('sha256').update(spkiOf(key)).digest();

/** A certificate (X.509 version 3), in DER. */
export function makeCertificate(issuer: Issuer, wish: CertificateWish): Buffer {
  return signed(
    issuer,
    der.sequence(
      der.explicit(0, der.integer(Buffer.from([2]))),
      der.integer(Buffer.from(wish.serial, 'hex')),
      ECDSA_SHA256,
      nameOf(issuer.commonName),
      der.sequence(der.time(wish.from), der.time(wish.to)),
      nameOf(wish.commonName),
      spkiOf(wish.publicKey),
      der.explicit(3, der.sequence(...extensionsOf(issuer, wish))),
    ),
  );
}

export interface RevokedEntry {
  serial: string;
  at: number;
}

/** A revocation list (version 2), in DER. */
export function makeRevocationList(
  issuer: Issuer,
  { at, until, number, entries }: { at: number; until: number; number: number; entries: readonly RevokedEntry[] },
): Buffer {
  const revoked = entries.map((entry) =>
    der.sequence(der.integer(Buffer.from(entry.serial, 'hex')), der.time(entry.at)),
  );
  return signed(
    issuer,
    der.sequence(
      der.integer(Buffer.from([1])),
      ECDSA_SHA256,
      nameOf(issuer.commonName),
      der.time(at),
      der.time(until),
      // An empty list is left out, not written empty.
      ...(revoked.length > 0 ? [der.sequence(...revoked)] : []),
      der.explicit(0, der.sequence(authorityKey(issuer), extension('2.5.29.20', der.integer(bytesOf(number))))),
    ),
  );
}

export const toPem = (label: 'CERTIFICATE' | 'X509 CRL', bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;

const signed = ({ key }: Issuer, body: Buffer): Buffer =>
  der.sequence(body, ECDSA_SHA256, der.bits(sign('sha256', body, key)));

const spkiOf = (key: KeyObject): Buffer =>
  createPublicKey({ key: key.export({ format: 'pem', type: 'spki' }), format: 'pem' }).export({
    format: 'der',
    type: 'spki',
  });

const nameOf = (commonName: string): Buffer =>
  der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(commonName))));

const extension = (id: string, value: Buffer, isCritical = false): Buffer =>
  der.sequence(der.oid(id), ...(isCritical ? [der.boolean(true)] : []), der.octets(value));

function extensionsOf(issuer: Issuer, { use, publicKey, names = [] }: CertificateWish): Buffer[] {
  const isAuthority = use === 'authority';
  const extensions = [
    // An authority that signs no other authority.
    extension(
      '2.5.29.19',
      isAuthority ? der.sequence(der.boolean(true), der.integer(Buffer.from([0]))) : der.sequence(),
      true,
    ),
    // keyCertSign and cRLSign, or digitalSignature.
    extension('2.5.29.15', isAuthority ? der.bits(Buffer.from([0x06]), 1) : der.bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.14', der.octets(keyId(publicKey))),
    authorityKey(issuer),
  ];
  if (!isAuthority) {
    const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' };
    extensions.push(extension('2.5.29.37', der.sequence(...use.map((purpose) => der.oid(purposes[purpose])))));
  }
  if (names.length > 0) extensions.push(extension('2.5.29.17', der.sequence(...names.map(generalName))));
  return extensions;
}

const authorityKey = ({ key }: Issuer): Buffer =>
  extension('2.5.29.35', der.sequence(der.implicit(0, keyId(createPublicKey(key)))));

/** Twenty bytes that tell one key from another. */
const keyId = (publicKey: KeyObject): Buffer => fingerprintOf(publicKey).subarray(0, 20);

const generalName = (name: string): Buffer =>
  isIP(name) === 0 ? der.implicit(2, Buffer.from(name, 'latin1')) : der.implicit(7, addressBytes(name));

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = new SocketAddress({ address, family: 'ipv6' }).address
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
      const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number];
      return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    })
    .split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function bytesOf(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
