import { createPublicKey, verify } from 'node:crypto';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/schema';
import { Signed, type SigningPurpose, signedText } from '../protocol/signed.ts';
import { readMessage } from './read-message.ts';

/** A body that is proven, or why it may not be believed. */
export type Proven<Body> = { body: Body } | { fault: 'unsigned' | 'malformed' };

/**
 * Reads what the server signed for a purpose. The signature is checked before the body is parsed.
 * @param publicKey Ed25519, PEM.
 */
export function readSigned<Schema extends TSchema>(
  payload: Uint8Array,
  { purpose, schema, publicKey }: { purpose: SigningPurpose; schema: Schema; publicKey: string },
): Proven<Static<Schema>> {
  const signed = readMessage(Signed, payload);
  if (!signed) return { fault: 'unsigned' };
  const text = Buffer.from(signedText(purpose, signed.body));
  if (!verify(null, text, createPublicKey(publicKey), Buffer.from(signed.sig, 'base64'))) return { fault: 'unsigned' };
  const body: unknown = parse(signed.body);
  return Check(schema, body) ? { body } : { fault: 'malformed' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
