import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds a signature may be old, or ahead of our clock, before it is taken for a replay. */
const TOLERANCE_S = 300;

/**
 * `t=<unix>,v1=<hex>[,v1=<hex>]`: one HMAC-SHA256 of `t.body` per secret, so that a secret can be replaced without a
 * moment at which neither side's is valid.
 */
export function sign(body: string, secrets: readonly string[], at: number): string {
  const t = Math.floor(at / 1000);
  return [`t=${t}`, ...secrets.map((secret) => `v1=${digest(secret, t, body).toString('hex')}`)].join(',');
}

export type Verdict = 'valid' | 'malformed' | 'stale' | 'wrong';

/**
 * Judges an `X-Signature` header over the body as it was received, byte for byte. Any of `secrets` will do. `now` in
 * milliseconds since 1970. Takes the same time whichever secret fits.
 */
export function verifySignature(
  header: string | undefined,
  rawBody: string | Uint8Array,
  secrets: readonly string[],
  now: number,
  toleranceS: number = TOLERANCE_S,
): Verdict {
  const parts = (header ?? '').split(',');
  const t = parts[0]?.match(/^t=(\d{1,12})$/)?.[1];
  const given = parts.slice(1).map((part) => part.match(/^v1=([0-9a-f]{64})$/)?.[1]);
  if (t === undefined || given.length === 0 || given.includes(undefined)) return 'malformed';
  let fits = false;
  for (const secret of secrets) {
    const wanted = digest(secret, Number(t), rawBody);
    for (const hex of given) if (timingSafeEqual(wanted, Buffer.from(hex ?? '', 'hex'))) fits = true;
  }
  if (!fits) return 'wrong';
  return Math.abs(now / 1000 - Number(t)) > toleranceS ? 'stale' : 'valid';
}

const digest = (secret: string, t: number, body: string | Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${t}.`).update(body).digest();
