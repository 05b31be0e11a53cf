import type { Device, DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

/** Who may report: enrolled agents, enrolment tokens, and machines that wait to be let in. Times in ms since 1970. */
export interface AgentsPort {
  /** Enrolled agents in the order of their devices; those whose certificate ended more than a year ago are forgotten. */
  list(query: AgentQuery): Promise<AgentEntry[]>;
  /** Newest first. */
  tokens(limit: number): Promise<EnrolTokenEntry[]>;
  /** The token is told this once; `server` is where devices come with it. Undefined: there is no such store. */
  createToken(
    wish: EnrolTokenWish,
    by: string,
  ): Promise<{ token: string; server: string; entry: EnrolTokenEntry } | undefined>;
  /** False: no such token, or revoked before. */
  revokeToken(id: string, by: string): Promise<boolean>;
  /** Newest first. */
  quarantine(limit: number): Promise<QuarantineEntry[]>;
  /** `add` puts its device into the inventory first. */
  admit(id: number, add: Omit<Device, 'name'> | undefined, by: string): Promise<AdmitOutcome>;
  /** False: no such machine. */
  refuse(id: number, by: string): Promise<boolean>;
  /** Cuts its agent off at once. False: no such certificate, or revoked before. */
  revoke(serial: string, reason: string, by: string): Promise<boolean>;
  /** Vigie's authority for programs that check certificates themselves: PEM. */
  authority(): Promise<{ certificate: string; revocationList: string; fingerprint: string }>;
  /** A certificate for a server that agents come to, such as a broker. Undefined: that is no P-256 public key. */
  issueServer(wish: { publicKey: string; names: string[]; days: number }, by: string): Promise<string | undefined>;
}

export interface AgentQuery {
  store?: StoreKey;
  /** Begins behind this device. */
  after?: DeviceKey;
  limit: number;
}

export type AdmitOutcome = 'done' | 'no-such' | 'not-in-inventory' | 'no-store';

export const CERTIFICATE_STATES = ['good', 'expired', 'revoked'] as const;
export const TOKEN_STATES = ['good', 'spent', 'expired', 'revoked'] as const;

export interface AgentEntry {
  device: DeviceKey;
  /** As the inventory has it; its name, and no kind, when it has left. */
  title: string;
  kind?: DeviceKind;
  /** As the wall shows it. */
  state?: string;
  lastReportAt?: number;
  agentVersion?: string;
  certificate: {
    serial: string;
    state: (typeof CERTIFICATE_STATES)[number];
    issuedAt: number;
    validUntil: number;
    /** When its agent first came with it. */
    usedAt?: number;
    revoked?: { at: number; by: string; reason: string };
  };
}

export interface EnrolTokenWish {
  chain: string;
  store: string;
  kind: DeviceKind;
  device?: string;
  replaces: boolean;
  uses: number;
  hours: number;
}

export interface EnrolTokenEntry extends Omit<EnrolTokenWish, 'hours'> {
  id: string;
  state: (typeof TOKEN_STATES)[number];
  used: number;
  at: number;
  by: string;
  expiresAt: number;
  revoked?: { at: number; by: string };
}

export interface QuarantineEntry {
  id: number;
  device: DeviceKey;
  /** What its token, or the inventory, says it is. */
  kind?: DeviceKind;
  inInventory: boolean;
  /** Why it was not let in: a code, and the sentence in both languages. */
  reason: string;
  words: { fr: string; en: string };
  /** What tells this machine from others: the beginning of its key's fingerprint. */
  key: string;
  address: string;
  /** What it said of itself. */
  facts: Record<string, string>;
  firstAt: number;
  lastAt: number;
  times: number;
  decision?: { verdict: 'admitted' | 'refused'; at: number; by: string };
}
