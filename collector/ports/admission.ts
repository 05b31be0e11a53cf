import type { AdmissionReason } from '../../protocol/enrolment.ts';
import type { DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

/** Who may become an agent, who is one, and who waits: enrolment tokens, certificates, quarantine. Times in ms since 1970. */
export interface AdmissionStore {
  /** The authority's certificate (PEM): the first one given is kept, and told to everyone from then on. */
  keepAuthority(certificate: string): Promise<string>;

  saveToken(token: EnrolToken & { hash: string }): Promise<void>;
  /** `hash` is SHA-256 of the token, hex. */
  tokenByHash(hash: string): Promise<EnrolToken | undefined>;
  /** Newest first. */
  tokens(limit: number): Promise<EnrolToken[]>;
  /** False: no such token, or revoked before. */
  revokeToken(id: string, end: { at: number; by: string }): Promise<boolean>;

  /**
   * One transaction: takes a use of the token, where there is one, writes the certificate down and revokes what it
   * replaces. False when the token has no use left, or it or the certificate it follows was revoked meanwhile: nothing is
   * changed then.
   */
  issue(issue: {
    certificate: AgentCertificate;
    /** Id of the token that pays for it. */
    spends?: string;
    /** Serial of the certificate it renews: what was had with that one before and was never used ends. */
    renews?: string;
    /** Serials it stands in for, which are revoked. */
    replaces: readonly string[];
    by: string;
  }): Promise<boolean>;
  certificate(serial: string): Promise<AgentCertificate | undefined>;
  /** Of all devices, or of one; the newest of a device last. Those that ended more than a year ago are forgotten. */
  certificates(device?: DeviceKey): Promise<AgentCertificate[]>;
  /** A page of devices in the order of their keys, each with its last certificate not revoked, otherwise its last. */
  page(query: {
    store: StoreKey | undefined;
    after: DeviceKey | undefined;
    limit: number;
  }): Promise<ListedCertificate[]>;
  /** All that are revoked and have not ended by themselves. */
  revocations(at: number): Promise<{ serial: string; at: number }[]>;
  /** Its agent has come with it for the first time: older ones of the device have had their day, and are revoked. */
  certificateUsed(serial: string, at: number): Promise<void>;
  /** Devices that have had certificates of which none is good at this instant. */
  barred(at: number): Promise<DeviceKey[]>;
  /**
   * Serials revoked in a store whose end has not come by itself, the latest first. Without those whose agent has a newer
   * one: it may still be connected with the old, and is no less itself.
   */
  revokedIn(store: StoreKey, at: number, limit: number): Promise<string[]>;
  /** Revokes all certificates of a device that are good: whoever has one may have had others with it. Tells their serials. */
  revokeAll(device: DeviceKey, end: Revocation): Promise<string[]>;

  /**
   * Once more seen, not admitted: counted if it was there. Of those on whom nobody has decided, what was seen longest ago goes
   * when there are 200 of its token, or 3,000 of all.
   */
  hold(stranger: Seen): Promise<void>;
  /** Newest first. */
  quarantine(limit: number): Promise<Stranger[]>;
  stranger(id: number): Promise<Stranger | undefined>;
  strangerOf(device: DeviceKey, key: string): Promise<Stranger | undefined>;
  /** What a person decided. False: no such stranger. */
  decide(id: number, decision: Decision): Promise<boolean>;
}

export interface EnrolToken {
  /** Names it to people; gives nothing away. */
  id: string;
  chain: string;
  store: string;
  /** The role: what the inventory must say the device is. */
  kind: DeviceKind;
  /** The one device it is for; undefined for any of this kind in the store. */
  device: string | undefined;
  /** Whether it may take a name under which another machine lives. */
  replaces: boolean;
  uses: number;
  used: number;
  at: number;
  by: string;
  expiresAt: number;
  revokedAt: number | undefined;
  revokedBy: string | undefined;
}

export interface AgentCertificate {
  /** Hex, lower case. */
  serial: string;
  device: DeviceKey;
  /** SHA-256 of its public key, hex. */
  key: string;
  pem: string;
  from: number;
  to: number;
  at: number;
  /** Id of the token it was had with; undefined when it was renewed or admitted by a person. */
  token: string | undefined;
  /** When its agent first came with it. */
  usedAt: number | undefined;
  revoked: Revocation | undefined;
}

export type ListedCertificate = Omit<AgentCertificate, 'pem'>;

export interface Revocation {
  at: number;
  by: string;
  reason: string;
}

/** A machine that came and was not let in. */
export interface Seen {
  device: DeviceKey;
  /** SHA-256 of its public key, hex. */
  key: string;
  reason: AdmissionReason;
  kind: DeviceKind | undefined;
  /** Id of its token. */
  token: string | undefined;
  /** Where it came from. */
  address: string;
  facts: Record<string, string>;
  /** The certificate it came with, where that is one of our authority's. */
  certificate: { serial: string; pem: string; from: number; to: number } | undefined;
  at: number;
}

export interface Stranger extends Omit<Seen, 'at'> {
  id: number;
  firstAt: number;
  lastAt: number;
  times: number;
  decision: Decision | undefined;
}

export interface Decision {
  verdict: 'admitted' | 'refused';
  at: number;
  by: string;
}
