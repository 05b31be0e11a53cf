import type { DeadTicketWork } from '../../alerting/ports.ts';
import type { Chain } from '../../protocol/inventory.ts';
import type { MajorView } from '../../protocol/majors.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { IncidentView, TimelineEntry } from '../../protocol/views.ts';
import type { AdmissionStore } from './admission.ts';
import type { AgentConfigStore } from './agent-configs.ts';
import type { AuditEntry } from './audit.ts';
import type { AvailabilityStore } from './availability.ts';
import type { CommandStore } from './commands.ts';
import type { DiscoveryStore } from './discovery.ts';
import type { EventsStore } from './events.ts';
import type { FactsStore } from './facts.ts';
import type { JudgedStore } from './judged.ts';
import type { MaintenanceStore } from './maintenance.ts';
import type { DigestStore, OnCallStore } from './on-call.ts';
import type { OutsideAlertStore } from './outside-alerts.ts';
import type { Lease, Partition, PartitionStore, SetAside } from './partition.ts';
import type { ReleaseStore } from './releases.ts';
import type { ReviewStore } from './reviews.ts';
import type { RuleRevisionStore } from './rule-revisions.ts';
import type { StorePageStore } from './store-pages.ts';

/** The state store: what the partitions hold, and what all of them share: inventory, incidents to read, tokens, audit. */
export interface StateStore {
  /** The rows of one partition. Without a lease, for a store that one process has for itself alone. */
  partition(partition: Partition, lease?: Lease): Promise<PartitionStore>;

  /** Chains with their stores and devices. */
  loadInventory(): Promise<Chain[]>;
  /** Replaces the chains named in `chains` and leaves the others. */
  saveInventory(chains: readonly Chain[], by: string, at: number): Promise<void>;
  /** Grows with every `saveInventory`. */
  inventoryRevision(): Promise<number>;

  /** Of all partitions. */
  incidents(query: IncidentQuery): Promise<IncidentView[]>;
  incident(number: number): Promise<{ incident: IncidentView; timeline: TimelineEntry[] } | undefined>;
  /** Major incidents of all chains: open ones first, then by number, newest first. */
  majors(query: MajorQuery): Promise<MajorView[]>;
  major(number: number): Promise<{ major: MajorView; timeline: TimelineEntry[] } | undefined>;
  /** Dead ticket work of all partitions, newest first. */
  deadTicketWork(limit: number): Promise<DeadTicketWork[]>;
  /** Puts dead work back in its place, due now. Undefined when there is no such dead work; otherwise its incident's store, or chain. */
  replayTicketWork(id: number, now: number): Promise<string | undefined>;
  /**
   * Takes dead work off the queue untold, with all that follows where it was to open a ticket. Undefined when there is no such dead
   * work; otherwise its incident’s store, or chain.
   */
  discardTicketWork(id: number, word: { at: number; by: string; why: string }): Promise<string | undefined>;
  /** Ticket work of all partitions by desk; desks for which there is none are left out. */
  ticketQueues(): Promise<TicketQueueFigures[]>;
  /** What an agent of any partition said of itself at its last birth, as JSON. */
  birthOf(agent: DeviceKey): Promise<string | undefined>;

  /** `hash` is SHA-256 of the token, hex. */
  tokenByHash(hash: string): Promise<{ name: string; role: Role } | undefined>;
  saveToken(token: { hash: string; name: string; role: Role; at: number }): Promise<void>;
  /** 32 random bytes under this name, made at the first call and the same for every collector from then on. */
  secret(name: string): Promise<Uint8Array>;

  audit(entry: AuditEntry): Promise<void>;
  auditLog(limit: number): Promise<AuditEntry[]>;

  readonly admission: AdmissionStore;
  readonly agentConfigs: AgentConfigStore;
  readonly availability: AvailabilityStore;
  readonly commands: CommandStore;
  readonly discovery: DiscoveryStore;
  readonly events: EventsStore;
  readonly facts: FactsStore;
  readonly judged: JudgedStore;
  readonly maintenance: MaintenanceStore;
  readonly onCall: OnCallStore;
  readonly outsideAlerts: OutsideAlertStore;
  readonly digests: DigestStore;
  readonly releases: ReleaseStore;
  readonly reviews: ReviewStore;
  readonly rules: RuleRevisionStore;
  readonly storePages: StorePageStore;

  /** Newest first, with the count per reason since ever. */
  setAside(limit: number): Promise<{ entries: SetAside[]; counts: Record<string, number> }>;

  close(): Promise<void>;
}

export type Role = 'viewer' | 'operator' | 'admin';

export interface MajorQuery {
  /** Left out: resolved ones as well. */
  state?: 'open';
  limit: number;
}

export interface IncidentQuery {
  state?: 'open' | 'resolved';
  store?: StoreKey;
  /** Resolved after this time (ms since 1970). Open ones always match. */
  since?: number;
  limit: number;
}

export interface TicketQueueFigures {
  desk: string;
  /** Living work, due or not. */
  waiting: number;
  dead: number;
  /** When the oldest of all was made, ms since 1970. */
  oldestAt: number;
}
