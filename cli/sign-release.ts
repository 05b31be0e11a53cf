import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Release } from '../protocol/releases.ts';
import { type Signed, signedText } from '../protocol/signed.ts';
import { Fault } from './fault.ts';

/** A new release key: Ed25519, PEM. With a passphrase the secret half is kept encrypted. */
export function makeReleaseKey(passphrase: string | undefined): { secretKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const locked = passphrase ? { cipher: 'aes-256-cbc', passphrase } : {};
  return {
    secretKey: privateKey.export({ format: 'pem', type: 'pkcs8', ...locked }).toString(),
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
}

/**
 * Signs releases with a key that never comes near the server.
 * @throws Fault where the key cannot be read or is no Ed25519 key.
 */
export function signRelease(
  secretKey: string,
  passphrase: string | undefined,
): { publicKey: string; sign(release: Release): Signed } {
  const key = readKey(secretKey, passphrase);
  return {
    publicKey: createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString(),
    sign(release) {
      const body = JSON.stringify(release);
      return { v: 1, body, sig: sign(null, Buffer.from(signedText('release', body)), key).toString('base64') };
    },
  };
}

function readKey(pem: string, passphrase: string | undefined): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    // What OpenSSL says of it helps nobody.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new Fault('this is no Ed25519 key, or VIGIE_RELEASE_PASSPHRASE does not open it');
}
