import { type Static, Type } from 'typebox';

/**
 * What the server signs for agents: a text, and an Ed25519 signature over it. The text is checked before it is read, so
 * that nothing unproven reaches a parser of ours, and is signed for one purpose: a command is no configuration.
 */
export const Signed = Type.Object(
  {
    v: Type.Literal(1, { description: 'Wire version.' }),
    body: Type.String({ maxLength: 262_144, description: 'JSON text, exactly as it was signed.' }),
    sig: Type.String({ pattern: '^[A-Za-z0-9+/]{86}==$', description: 'Ed25519 signature, base64.' }),
  },
  { additionalProperties: false, description: 'A body with the server’s signature.' },
);
export type Signed = Static<typeof Signed>;

/** What a signature is good for. */
export type SigningPurpose = 'config' | 'command' | 'release';

/** The text that is signed: the purpose goes first. */
export const signedText = (purpose: SigningPurpose, body: string): string => `vigie/v1 ${purpose}\n${body}`;
