import type { Point } from '../protocol/messages.ts';
import type { PeerCertificate } from './outside/network.ts';
import type { Say } from './words.ts';

const DAY_MS = 86_400_000;

/** A certificate as it was met: at a TLS server, or in a file, which says nothing about trust. */
export interface SeenCertificate {
  leaf: PeerCertificate;
  /** The leaf first. */
  chain: readonly PeerCertificate[];
  servername?: string;
  chainError?: string;
  isForOtherName: boolean;
}

/** Why a certificate is not to be trusted. */
export type Flaw = 'expired' | 'not-yet-valid' | 'chain-expired' | 'other-name' | 'untrusted';

/** Its gravest flaw. Dates come first: they are what is forgotten, and what OpenSSL reports last. */
export function whyUntrusted(
  { leaf, chain, chainError, isForOtherName }: SeenCertificate,
  now: number,
): Flaw | undefined {
  if (leaf.validTo <= now) return 'expired';
  if (leaf.validFrom > now) return 'not-yet-valid';
  // An old authority may ride along unused: it only counts where nobody else vouches.
  if (chainError !== undefined) return chain.some(({ validTo }) => validTo <= now) ? 'chain-expired' : 'untrusted';
  return isForOtherName ? 'other-name' : undefined;
}

/** Telegraf's `x509_cert`, with the days left and the day the first of its chain ends. */
export function pointOf(source: string, seen: SeenCertificate, now: number): Point {
  const { leaf, chain } = seen;
  const seconds = (ms: number) => Math.round(ms / 1000);
  const firstEnd = Math.min(...chain.map(({ validTo }) => validTo));
  const isValid = whyUntrusted(seen, now) === undefined;
  return {
    m: 'x509_cert',
    t: {
      source: source.slice(0, 256),
      common_name: leaf.subject.slice(0, 256),
      issuer_common_name: leaf.issuer.slice(0, 256),
      verification: isValid ? 'valid' : 'invalid',
    },
    f: {
      startdate: seconds(leaf.validFrom),
      enddate: seconds(leaf.validTo),
      age: seconds(now - leaf.validFrom),
      expiry: seconds(leaf.validTo - now),
      days_left: daysLeft(leaf.validTo, now),
      chain_days_left: daysLeft(firstEnd, now),
      verification_code: isValid ? 0 : 1,
    },
  };
}

/** Whole days; negative once it has ended. */
export const daysLeft = (end: number, now: number): number => Math.floor((end - now) / DAY_MS);

export function describeFlaw(
  say: Say,
  source: string,
  flaw: Flaw,
  { leaf, servername, chainError }: SeenCertificate,
): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  switch (flaw) {
    case 'expired':
      return say({
        fr: `Le certificat de ${source} a expiré le ${day(leaf.validTo)}.`,
        en: `The certificate of ${source} expired on ${day(leaf.validTo)}.`,
      });
    case 'not-yet-valid':
      return say({
        fr: `Le certificat de ${source} n’est valable qu’à partir du ${day(leaf.validFrom)}.`,
        en: `The certificate of ${source} is valid only from ${day(leaf.validFrom)} on.`,
      });
    case 'chain-expired':
      return say({
        fr: `Le certificat de ${source} dépend d’une autorité dont le certificat a expiré.`,
        en: `The certificate of ${source} depends on an authority whose own has expired.`,
      });
    case 'other-name':
      return say({
        fr: `Le certificat de ${source} est au nom de ${leaf.subject}, pas de ${servername}.`,
        en: `The certificate of ${source} is for ${leaf.subject}, not for ${servername}.`,
      });
    case 'untrusted':
      return say({
        fr: `Le certificat de ${source} ne vient d’aucune autorité reconnue (${chainError}).`,
        en: `The certificate of ${source} comes from no trusted authority (${chainError}).`,
      });
  }
}
