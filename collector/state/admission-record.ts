import type { StoreKey } from '../../protocol/names.ts';
import type {
  AdmissionStore,
  AgentCertificate,
  Decision,
  EnrolToken,
  ListedCertificate,
  Seen,
  Stranger,
} from '../ports.ts';

/** Machines that wait for a person, at most: what was seen longest ago is forgotten. */
export const STRANGERS_KEPT = 3_000;
/** Of them, those that come with one token: whoever has one fills the list of its store alone. */
export const STRANGERS_OF_TOKEN = 200;
/** What ended is kept this long for people to look at. */
export const KEPT_AFTER_END_MS = 366 * 86_400_000;

/** Rows as both databases give them; SQLite says true by 1. */
export interface TokenRow extends Omit<EnrolToken, 'device' | 'replaces' | 'expiresAt' | 'revokedAt' | 'revokedBy'> {
  device: string | null;
  replaces: boolean | number;
  expires_at: number;
  revoked_at: number | null;
  revoked_by: string | null;
}

export interface CertificateRow extends Pick<AgentCertificate, 'serial' | 'device' | 'key' | 'pem' | 'at'> {
  from_at: number;
  to_at: number;
  token: string | null;
  used_at: number | null;
  revoked_at: number | null;
  revoked_by: string | null;
  revoked_reason: string | null;
}

export interface StrangerRow extends Pick<Stranger, 'id' | 'device' | 'key' | 'reason' | 'address' | 'times'> {
  kind: Stranger['kind'] | null;
  token: string | null;
  facts: string;
  certificate: string | null;
  first_at: number;
  last_at: number;
  verdict: Decision['verdict'] | null;
  decided_at: number | null;
  decided_by: string | null;
}

export const TOKEN_COLUMNS =
  'id, chain, store, kind, device, replaces, uses, used, at, by, expires_at, revoked_at, revoked_by';
export const LISTED_COLUMNS =
  'serial, device, key, from_at, to_at, at, token, used_at, revoked_at, revoked_by, revoked_reason';
export const CERTIFICATE_COLUMNS =
  'serial, device, key, pem, from_at, to_at, at, token, used_at, revoked_at, revoked_by, revoked_reason';
export const STRANGER_COLUMNS =
  'id, device, key, reason, kind, token, address, facts, certificate, first_at, last_at, times, verdict, decided_at, decided_by';

/** Keys of a store's devices lie between these two: `0` comes after `/`. */
export const devicesOf = (store: StoreKey): [string, string] => [`${store}/`, `${store}0`];

/** What a page may hold: devices between these two. */
export const pageOf = ({ store, after }: Omit<Parameters<AdmissionStore['page']>[0], 'limit'>): [string, string] => {
  const [first, behind] = store === undefined ? ['', '~'] : devicesOf(store);
  return [after !== undefined && after > first ? after : first, behind];
};

export const tokenOf = ({ device, replaces, expires_at, revoked_at, revoked_by, ...same }: TokenRow): EnrolToken => ({
  ...same,
  device: device ?? undefined,
  replaces: Boolean(replaces),
  expiresAt: expires_at,
  revokedAt: revoked_at ?? undefined,
  revokedBy: revoked_by ?? undefined,
});

export const certificateOf = (row: CertificateRow): AgentCertificate => ({ ...listedOf(row), pem: row.pem });

export const listedOf = (row: Omit<CertificateRow, 'pem'>): ListedCertificate => ({
  serial: row.serial,
  device: row.device,
  key: row.key,
  from: row.from_at,
  to: row.to_at,
  at: row.at,
  token: row.token ?? undefined,
  usedAt: row.used_at ?? undefined,
  revoked:
    row.revoked_at === null
      ? undefined
      : { at: row.revoked_at, by: row.revoked_by ?? '', reason: row.revoked_reason ?? '' },
});

export const strangerOf = (row: StrangerRow): Stranger => ({
  id: row.id,
  device: row.device,
  key: row.key,
  reason: row.reason,
  kind: row.kind ?? undefined,
  token: row.token ?? undefined,
  address: row.address,
  facts: JSON.parse(row.facts),
  certificate: row.certificate === null ? undefined : (JSON.parse(row.certificate) as Seen['certificate']),
  firstAt: row.first_at,
  lastAt: row.last_at,
  times: row.times,
  decision:
    row.verdict === null ? undefined : { verdict: row.verdict, at: row.decided_at ?? 0, by: row.decided_by ?? '' },
});
