import type { AdmissionReason } from '../../protocol/enrolment.ts';
import type { DeviceKind } from '../../protocol/inventory.ts';
import type { AgentCertificate, EnrolToken, Stranger } from '../ports.ts';
import { tokenState } from './tokens.ts';

/** All that is known when a device asks to be let in. */
export interface Asked {
  /** The device's own name. */
  device: string;
  /** SHA-256 of the public key it has proven to have, hex. */
  key: string;
  token: EnrolToken | undefined;
  /** Whether the inventory has the token's store. */
  hasStore: boolean;
  /** What the inventory says the device is; undefined when it is not there. */
  kind: DeviceKind | undefined;
  /** All certificates of a device of this name. */
  certificates: readonly AgentCertificate[];
  /** What is known of this very machine from earlier. */
  stranger: Stranger | undefined;
  now: number;
}

export type Verdict =
  /** Let in; these certificates of another machine, or of an earlier life of this one, end at once. */
  | { verdict: 'admit'; spends: boolean; replaces: string[] }
  /** It asks again for what it was given: the answer did not arrive. */
  | { verdict: 'again'; certificate: AgentCertificate }
  /** A person decides. */
  | { verdict: 'quarantine'; reason: AdmissionReason }
  | { verdict: 'refuse'; reason: AdmissionReason };

/** How long a person's word lets a machine in. */
const ADMITTED_FOR_MS = 24 * 3_600_000;

const refuse = (reason: AdmissionReason): Verdict => ({ verdict: 'refuse', reason });

/** Whether a device may have a certificate. */
export function judgeAdmission(asked: Asked): Verdict {
  const { device, key, token, hasStore, kind, stranger, now } = asked;
  if (!token) return refuse('unknown-token');
  if (token.revokedAt !== undefined) return refuse('revoked-token');
  const living = asked.certificates.filter(({ revoked, to }) => revoked === undefined && to > now);
  const given = living.find((certificate) => certificate.token === token.id && certificate.key === key);
  if (given) return { verdict: 'again', certificate: given };

  // Only once the token is known: a stranger learns nothing of the inventory.
  const isAdmitted = stranger?.decision?.verdict === 'admitted' && now < stranger.decision.at + ADMITTED_FOR_MS;
  const state = tokenState(token, now);
  if (state !== 'good' && !isAdmitted) return refuse(`${state}-token`);
  if (token.device !== undefined && token.device !== device) return refuse('other-device');
  if (stranger?.decision?.verdict === 'refused') return refuse('refused');
  if (!hasStore) return refuse('unknown-store');
  if (kind === undefined) return { verdict: 'quarantine', reason: 'unknown-device' };
  if (kind !== token.kind) return refuse('other-role');
  const others = living.filter((certificate) => certificate.key !== key);
  if (others.length > 0 && !isAdmitted && !token.replaces && token.device === undefined) {
    return { verdict: 'quarantine', reason: 'name-taken' };
  }
  return { verdict: 'admit', spends: state === 'good', replaces: living.map(({ serial }) => serial) };
}
