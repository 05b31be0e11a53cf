import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/schema';

const utf8 = new TextDecoder();

/** What a payload says, or undefined where it is no such message, as the empty one that takes a retained message away. */
export function readMessage<Schema extends TSchema>(schema: Schema, payload: Uint8Array): Static<Schema> | undefined {
  try {
    const message: unknown = JSON.parse(utf8.decode(payload));
    return Check(schema, message) ? message : undefined;
  } catch {
    return undefined;
  }
}
