import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type Signed, type SigningPurpose, signedText } from '../protocol/signed.ts';

/** Signs what agents are told. */
export interface Signer {
  /** Ed25519 public key, PEM: what agents are given when they enrol. */
  readonly publicKey: string;
  sign(purpose: SigningPurpose, body: object): Signed;
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param seed 32 secret bytes, the same for every collector of an installation. */
export function createSigner(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  return {
    publicKey: createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString(),
    sign(purpose, value) {
      const body = JSON.stringify(value);
      return { v: 1, body, sig: sign(null, Buffer.from(signedText(purpose, body)), key).toString('base64') };
    },
  };
}
