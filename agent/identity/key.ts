import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { type IdentityFiles, keepKey } from './folder.ts';

/** A key to be certified: P-256, made on this device, which it never leaves. */
export interface AskingKey {
  /** What a request carries of it; `text` says what for, given the public key. */
  asked(text: (publicKey: string) => string): { publicKey: string; proof: string };
  /** Whether a certificate (PEM) is for this key and of this authority (PEM). */
  fits(certificate: string, authority: string): boolean;
}

export function askingKey(files: IdentityFiles): AskingKey {
  const key = createPrivateKey(keepKey(files, make));
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  return {
    asked: (text) => ({ publicKey, proof: sign('sha256', Buffer.from(text(publicKey)), key).toString('base64') }),
    fits(certificate, authority) {
      const given = new X509Certificate(certificate);
      return given.checkPrivateKey(key) && given.verify(new X509Certificate(authority).publicKey);
    },
  };
}

const make = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ format: 'pem', type: 'pkcs8' })
    .toString();
