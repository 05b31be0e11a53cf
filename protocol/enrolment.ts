import { type Static, Type } from 'typebox';
import { DeviceKind } from './inventory.ts';
import { NAME_PATTERN, Name } from './names.ts';

/**
 * What a device and the server say to one another before there is a certificate, and to renew one: JSON over HTTPS, on the
 * agents' door.
 */
const strict = { additionalProperties: false };

/**
 * Stands in the certificate of every server's doors beside the server's own names, and in no other certificate: whoever
 * shows it is Vigie, whatever address led there, such as that of a store gateway's relay.
 */
export const DOOR_NAME = 'agents.vigie.internal';

/** `vigie-` and the fingerprint of the authority (SHA-256 of its public key), then the secret; both base64url. */
const TOKEN_PATTERN = '^vigie-([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{32})$';

const PublicKey = Type.String({
  pattern: '^[A-Za-z0-9+/]{100,200}={0,2}$',
  description: 'Its public key, P-256, SubjectPublicKeyInfo in DER, base64.',
});
const Proof = Type.String({
  pattern: '^[A-Za-z0-9+/]{80,120}={0,2}$',
  description: 'Its signature (ECDSA, SHA-256, DER, base64) over `proofText`: whoever asks has the key.',
});

export const EnrolRequest = Type.Object(
  {
    token: Type.String({ pattern: TOKEN_PATTERN }),
    device: Name,
    publicKey: PublicKey,
    proof: Proof,
    facts: Type.Record(Type.String({ maxLength: 32 }), Type.String({ maxLength: 256 }), {
      maxProperties: 32,
      description: 'What the host is, for whoever must recognise it.',
    }),
  },
  strict,
);
export type EnrolRequest = Static<typeof EnrolRequest>;

const Road = {
  mqtt: Type.String({ pattern: '^mqtts://', maxLength: 300, description: 'Where reports go.' }),
  through: Type.Optional(
    Type.String({ pattern: NAME_PATTERN, description: 'The gateway of the store, which must answer there.' }),
  ),
};

/** What an enrolled device keeps. */
export const EnrolAnswer = Type.Object(
  {
    certificate: Type.String({ maxLength: 8192, description: 'PEM.' }),
    authority: Type.String({ maxLength: 8192, description: 'The authority’s certificate, PEM.' }),
    signing: Type.String({ maxLength: 1024, description: 'Ed25519 key that signs what agents are told, PEM.' }),
    chain: Name,
    store: Name,
    device: Name,
    kind: DeviceKind,
    ...Road,
  },
  strict,
);
export type EnrolAnswer = Static<typeof EnrolAnswer>;

export const RenewRequest = Type.Object({ publicKey: PublicKey, proof: Proof }, strict);
export type RenewRequest = Static<typeof RenewRequest>;

export const RenewAnswer = Type.Object(
  {
    certificate: Type.String({ maxLength: 8192, description: 'PEM.' }),
    ...Road,
  },
  strict,
);
export type RenewAnswer = Static<typeof RenewAnswer>;

/** Certificates of one store's devices that were revoked before their end, the latest first: what a gateway asks for. */
export const RevokedAnswer = Type.Object(
  { revoked: Type.Array(Type.String({ pattern: '^[0-9a-f]{2,64}$' }), { maxItems: 1000 }) },
  strict,
);
export type RevokedAnswer = Static<typeof RevokedAnswer>;

/** Why a device is not let in, or not yet. */
export const ADMISSION_REASONS = [
  // the request
  'bad-key', // not a P-256 key, or not the asker's
  // the token
  'unknown-token',
  'revoked-token',
  'expired-token',
  'spent-token',
  'other-device', // the token is for another device
  'other-role', // the inventory has this device as another kind
  'unknown-store', // the token's store has left the inventory
  // waits for a person
  'unknown-device', // not in the inventory
  'name-taken', // another machine lives under this name
  'refused', // a person refused it
  // certificates
  'no-certificate',
  'foreign-certificate', // another authority's, or none at all
  'expired-certificate',
  'revoked-certificate',
  'unknown-certificate', // ours, but not in our books
  'renewed-too-often',
  'other-client', // the MQTT client id is not the certificate's
] as const;
export type AdmissionReason = (typeof ADMISSION_REASONS)[number];

/** The body of everything that is not let in. */
export const NotAdmitted = Type.Object(
  {
    reason: Type.String({ pattern: '^[a-z-]{1,64}$' }),
    message: Type.String({ maxLength: 1024, description: 'For people, in the language of Accept-Language.' }),
    waits: Type.Boolean({ description: 'A person may still let it in: ask again with the same key.' }),
  },
  { description: 'Not let in, or not yet.' },
);
export type NotAdmitted = Static<typeof NotAdmitted>;

/** The text whose signature proves that the asker has the key: for one purpose, one token or certificate, and one key. */
export const proofText = (purpose: 'enrol' | 'renew', to: string, publicKey: string): string =>
  `vigie/v1 ${purpose}\n${to}\n${publicKey}`;

/** The fingerprint of the authority and the secret of a token, or undefined when it is none. */
export function parseToken(token: string): { fingerprint: string; secret: string } | undefined {
  const [, fingerprint, secret] = new RegExp(TOKEN_PATTERN).exec(token) ?? [];
  return fingerprint === undefined || secret === undefined ? undefined : { fingerprint, secret };
}

/** Whose certificate this is, by its common name. */
export function parseCommonName(name: string): { chain: string; store: string; device: string } | undefined {
  const parts = name.split('/');
  const pattern = new RegExp(NAME_PATTERN);
  if (parts.length !== 3 || !parts.every((part) => pattern.test(part))) return undefined;
  const [chain, store, device] = parts as [string, string, string];
  return { chain, store, device };
}
