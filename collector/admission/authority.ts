import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { fingerprintOf, makeCertificate, makeRevocationList, newSerial, type RevokedEntry, toPem } from './x509.ts';

/** What an agent or a listener is given. */
export interface Issued {
  serial: string;
  pem: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
}

/** Vigie's own certificate authority. Its key is the installation's: every collector makes the same. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  /** SHA-256 of its public key, base64url: what an enrolment token carries. */
  readonly fingerprint: string;
  /** For a device, `chain/store/device`; one that carries others also answers them. */
  issueAgent(wish: { commonName: string; publicKey: KeyObject; now: number; days: number; answers: boolean }): Issued;
  /** For a listener, under these names and addresses. */
  issueServer(wish: { publicKey: KeyObject; names: readonly string[]; now: number; days: number }): Issued;
  /** DER; good for a week. */
  revocationList(entries: readonly RevokedEntry[], now: number): Buffer;
}

const NAME = 'Vigie';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEARS_20_MS = 20 * 366 * DAY_MS;
const LIST_DAYS = 7;

/**
 * @param seed 32 secret bytes, the same for every collector of an installation.
 * @param keep keeps the authority's certificate at the first call and tells the one kept.
 */
export async function openAuthority(
  seed: Uint8Array,
  keep: (certificate: string) => Promise<string>,
  now: number,
): Promise<Authority> {
  const key = keyFrom(seed);
  const publicKey = createPublicKey(key);
  const issuer = { commonName: NAME, key };
  const certificate = await keep(
    toPem(
      'CERTIFICATE',
      makeCertificate(issuer, {
        serial: newSerial(),
        commonName: NAME,
        publicKey,
        from: now - DAY_MS,
        to: now + YEARS_20_MS,
        use: 'authority',
      }),
    ),
  );
  const issue = (
    wish: Omit<Parameters<typeof makeCertificate>[1], 'serial' | 'from' | 'to'>,
    now: number,
    days: number,
  ) => {
    // Whole seconds, as certificates have them; an hour back, for devices whose clock is slow.
    const from = Math.floor((now - HOUR_MS) / 1000) * 1000;
    const to = Math.floor((now + days * DAY_MS) / 1000) * 1000;
    const serial = newSerial();
    return { serial, from, to, pem: toPem('CERTIFICATE', makeCertificate(issuer, { ...wish, serial, from, to })) };
  };

  return {
    certificate,
    fingerprint: fingerprintOf(publicKey).toString('base64url'),
    issueAgent: ({ commonName, publicKey, now, days, answers }) =>
      issue({ commonName, publicKey, use: answers ? ['client', 'server'] : ['client'] }, now, days),
    issueServer: ({ publicKey, names, now, days }) =>
      issue({ commonName: (names[0] ?? NAME).slice(0, 64), publicKey, use: ['server'], names }, now, days),
    revocationList: (entries, now) =>
      makeRevocationList(issuer, { at: now, until: now + LIST_DAYS * DAY_MS, number: now, entries }),
  };
}

/** The order of P-256: keys are the numbers from 1 up to it. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A P-256 key out of secret bytes, evenly (FIPS 186-5, A.2.1): sixteen bytes more than the key has. */
function keyFrom(seed: Uint8Array): KeyObject {
  const bytes = Buffer.from(hkdfSync('sha256', seed, '', 'vigie authority P-256', 48));
  const scalar = (BigInt(`0x${bytes.toString('hex')}`) % (ORDER - 1n)) + 1n;
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'));
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').toString('base64url');
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d, x, y }, format: 'jwk' });
}

/** A key for a listener: made anew with each certificate, kept nowhere. */
export function newServerKey(): { publicKey: KeyObject; pem: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return { publicKey, pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
}
