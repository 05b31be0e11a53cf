import { errorCode } from './describe-error.ts';
import type { Server } from './server-files.ts';

/** Why no connection comes about until a person has put something right. */
interface Refusal {
  message: string;
  /** What to do about it. */
  advice: string;
}

const ACCOUNT: Refusal = {
  message: 'the broker refuses user or password',
  advice: 'compare user and passwordFile with the account on the broker; the file is read again for each attempt',
};
const STRANGER: Refusal = {
  message: 'the broker’s certificate comes from an authority that is not known here',
  advice: 'name the file of the authority that signed it in caFile; the password was not sent',
};
const OUT_OF_DATE: Refusal = {
  message: 'the broker’s certificate is not valid at this time',
  advice: 'compare this machine’s clock with the certificate’s dates, then renew the certificate',
};
const OTHER_HOST: Refusal = {
  message: 'the broker’s certificate is for another host',
  advice: 'write in server a name that stands in the certificate, or have one made for this name',
};
const NO_TLS: Refusal = {
  message: 'what answers on this port does not speak TLS',
  advice: 'compare the port in server with the broker’s; mqtt:// speaks without TLS',
};
const OUR_CERTIFICATE: Refusal = {
  message: 'the broker refuses this agent’s certificate, or wants one',
  advice: 'compare certFile and keyFile with the authority the broker trusts',
};

const IDENTITY: Refusal = {
  message: 'the server refuses this agent’s certificate',
  advice: 'it was revoked, or its device has left the inventory: see the quarantine, or enrol the device again',
};

/** By the code of the system, of OpenSSL or, as a number, of the broker's answer. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  4: ACCOUNT,
  5: ACCOUNT,
  DEPTH_ZERO_SELF_SIGNED_CERT: STRANGER,
  SELF_SIGNED_CERT_IN_CHAIN: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: STRANGER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: STRANGER,
  CERT_SIGNATURE_FAILURE: STRANGER,
  CERT_HAS_EXPIRED: OUT_OF_DATE,
  CERT_NOT_YET_VALID: OUT_OF_DATE,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: OUR_CERTIFICATE,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: OUR_CERTIFICATE,
  'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE': OUR_CERTIFICATE,
};

/** Tells a refusal from a broker that is merely away. Without an account, what was refused is the certificate. */
export function refusalIn(error: unknown, { user, tls }: Pick<Server, 'user' | 'tls'> = {}): Refusal | undefined {
  const code = errorCode(error) ?? (error as { code?: unknown } | undefined)?.code;
  const refusal = typeof code === 'string' || typeof code === 'number' ? REFUSALS[code] : undefined;
  return refusal === ACCOUNT && user === undefined && tls?.certFile !== undefined ? IDENTITY : refusal;
}
