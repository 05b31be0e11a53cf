import type { Inventory, Store } from '../protocol/inventory.ts';
import type { MajorView } from '../protocol/majors.ts';
import type { DeviceKey, StoreKey } from '../protocol/names.ts';
import type {
  DeviceView,
  EscalationLevel,
  Hindrance,
  IncidentView,
  Reading,
  ReadingsDelta,
  StoreTile,
  TimelineEntry,
  WallDelta,
  WallSnapshot,
} from '../protocol/views.ts';
import type { ActionPort } from './ports/actions.ts';
import type { AgentConfigsPort } from './ports/agent-configs.ts';
import type { AgentsPort } from './ports/agents.ts';
import type { AssetSource } from './ports/assets.ts';
import type { AvailabilityPort } from './ports/availability.ts';
import type { BacktestPort } from './ports/backtests.ts';
import type { DeviceRuleSource } from './ports/device-rules.ts';
import type { DiscoveryPort } from './ports/discovery.ts';
import type { DeviceEventSource } from './ports/events.ts';
import type { MaintenancePort } from './ports/maintenance.ts';
import type { OnCallPort } from './ports/on-call.ts';
import type { OutsideAlertPort } from './ports/outside-alerts.ts';
import type { ReleasesPort } from './ports/releases.ts';
import type { ReviewPort } from './ports/reviews.ts';
import type { RuleRevisionsPort } from './ports/rule-revisions.ts';
import type { StorePagePort } from './ports/store-pages.ts';
import type { TopologySource } from './ports/topology.ts';

export * from './ports/actions.ts';
export * from './ports/agent-configs.ts';
export * from './ports/agents.ts';
export * from './ports/assets.ts';
export * from './ports/backtests.ts';
export * from './ports/discovery.ts';
export * from './ports/maintenance.ts';
export * from './ports/on-call.ts';
export * from './ports/releases.ts';
export * from './ports/rule-revisions.ts';
export * from './ports/topology.ts';

/** An answer that may take a look at a store elsewhere. Rejects with a StorageError when that store does not answer. */
export type Answer<T> = T | Promise<T>;

/** All the dashboard needs from outside. Whoever starts it provides them. */
export interface DashboardPorts {
  wall: WallSource;
  incidents: IncidentSource;
  majors: MajorSource;
  metrics: MetricsSource;
  inventory: InventoryPort;
  access: AccessPort;
  tickets: TicketPort;
  /** Undefined where no door for agents is configured. */
  agents: AgentsPort | undefined;
  agentConfigs: AgentConfigsPort;
  releases: ReleasesPort;
  maintenance: MaintenancePort;
  onCall: OnCallPort;
  outsideAlerts: OutsideAlertPort;
  reviews: ReviewPort;
  rules: RuleRevisionsPort;
  availability: AvailabilityPort;
  backtests: BacktestPort;
  actions: ActionPort;
  events: DeviceEventSource;
  assets: AssetSource;
  topology: TopologySource;
  deviceRules: DeviceRuleSource;
  discovery: DiscoveryPort;
  storePages: StorePagePort;
  self: SelfSource;
}

/** What is live. Kept in memory by its provider: answers at once. */
export interface WallSource {
  snapshot(): Omit<WallSnapshot, 'id'>;
  store(key: StoreKey): { tile: StoreTile; definition: Store; devices: DeviceView[] } | undefined;
  devices(filter: { store?: StoreKey }): DeviceView[];
  device(
    key: DeviceKey,
  ): Answer<
    { view: DeviceView; host: Record<string, string>; agentVersion?: string; clockSkewMs?: number } | undefined
  >;
  /** Called after every commit that changed what people see. Returns the way to stop. */
  onDelta(listener: (delta: WallDelta) => void): () => void;
  /** Readings of one device as they are committed. Returns the way to stop. */
  onReadings(device: DeviceKey, listener: (delta: ReadingsDelta) => void): () => void;
}

export interface IncidentSource {
  list(query: { state?: 'open' | 'resolved'; store?: StoreKey; since?: number; limit: number }): Answer<IncidentView[]>;
  get(number: number): Answer<{ incident: IncidentView; timeline: TimelineEntry[] } | undefined>;
  /** Committed when it resolves. False: no such open incident. */
  acknowledge(number: number, by: string): Promise<boolean>;
  /** Committed when it resolves. False: no such open incident. */
  comment(number: number, by: string, text: string): Promise<boolean>;
  /** `until`: milliseconds since 1970. Committed when it resolves. False: no such open incident. */
  hold(number: number, by: string, why: string, until?: number): Promise<boolean>;
  /** Committed when it resolves. False: no such open incident. */
  resume(number: number, by: string): Promise<boolean>;
  /** Work on it begins. Committed when it resolves. False: no such open incident. */
  start(number: number, by: string): Promise<boolean>;
  /** Without an owner it is nobody's. Committed when it resolves. False: no such open incident. */
  assign(number: number, by: string, to: { owner?: string; level?: EscalationLevel }): Promise<boolean>;
  /** It ends in the other one. Committed when it resolves. False: they are not two open incidents of one store. */
  merge(number: number, by: string, into: number): Promise<boolean>;
  /** Alerts by key. Committed when it resolves. False: it is not open, or they are not some of those that fire. */
  split(number: number, by: string, alerts: readonly string[]): Promise<boolean>;
  /** Committed when it resolves. False: it is not resolved, or was so for too long, or ended in another one. */
  reopen(number: number, by: string, why?: string): Promise<boolean>;
}

export interface MajorSource {
  list(query: { state?: 'open'; limit: number }): Answer<MajorView[]>;
  /** With the first of the incidents beneath it. */
  get(number: number): Answer<{ major: MajorView; timeline: TimelineEntry[]; incidents: IncidentView[] } | undefined>;
  /** Committed when it resolves. False: no such open one. */
  acknowledge(number: number, by: string): Promise<boolean>;
  /** Committed when it resolves. False: no such open one. */
  comment(number: number, by: string, text: string): Promise<boolean>;
}

export interface RangeRequest {
  device: DeviceKey;
  measurement: string;
  field: string;
  tags?: Record<string, string>;
  from: number;
  to: number;
  stepMs: number;
  aggregate: 'mean' | 'min' | 'max' | 'sum' | 'count' | 'last';
}

export interface MetricsSource {
  range(request: RangeRequest): Promise<{ tags: Record<string, string>; points: [number, number][] }[]>;
  last(device: DeviceKey): Promise<Reading[]>;
}

export interface InventoryPort {
  export(): Inventory;
  /**
   * Replaces the chains it names and leaves the others; judged and committed when it resolves.
   * @throws InventoryError when the inventory contradicts itself; nothing is changed then.
   */
  import(inventory: Inventory, by: string): Promise<{ chains: number; stores: number; devices: number }>;
}

/** What a port throws when the disk does not let it do its work; nothing is changed then. */
export class StorageError extends Error {}

/** Says where an inventory is wrong: one line per fault. */
export class InventoryError extends Error {
  readonly faults: readonly { path: string; message: string }[];
  constructor(faults: readonly { path: string; message: string }[]) {
    super(faults.map((fault) => `${fault.path}: ${fault.message}`).join('\n'));
    this.name = 'InventoryError';
    this.faults = faults;
  }
}

export type Role = 'viewer' | 'operator' | 'admin';

export interface AccessPort {
  /** Who bears this token, if it is one of ours. */
  who(token: string): Answer<{ name: string; role: Role } | undefined>;
  /** Makes a token; it is told this once and never again. */
  create(name: string, role: Role, by: string): Answer<string>;
  /** 32 bytes that seal session cookies: the same on every collector, so that any of them may serve the next page. */
  sessionKey: Uint8Array;
  /** False when reading needs no token: the dashboard is reached from this machine only. */
  readingNeedsToken: boolean;
  audit(limit: number): Answer<{ at: number; who: string; action: string; detail: string }[]>;
}

/** Ticket work that was set aside for a person. */
export interface DeadWork {
  id: number;
  incident: number;
  /** Whether the number is a major incident’s. */
  major: boolean;
  desk: string;
  action: 'open' | 'update' | 'comment' | 'reopen' | 'resolve';
  /** What was to be told, on one line. */
  subject: string;
  error: string;
  attempts: number;
  /** When it was made, and when it was set aside. Ms since 1970. */
  at: number;
  diedAt: number;
}

/** A ticket that is not sent. */
export interface TicketPreview {
  subject: string;
  text: string;
  /** Where it belongs, by the desk’s own names. */
  about: { item?: string; category?: string; team?: string };
  /** Fields of the desk’s own. */
  fields: Readonly<Record<string, string>>;
}

/** How things stand at one service desk. */
export interface DeskStanding {
  desk: string;
  waiting: number;
  dead: number;
  /** When the oldest of these was made; absent where there is none. Ms since 1970. */
  oldestAt?: number;
  /** It cannot be reached since, and is left alone for a while; as far as this collector knows. Ms since 1970. */
  awaySince?: number;
}

/** Ticket work that waits, or gave up. */
/** What a desk sent by itself, as it came. */
export interface DeskPost {
  body: Uint8Array;
  /** By its name in small letters. */
  header(name: string): string | undefined;
}

/** `elsewhere`: it could not be followed here and now; it is to be sent again. */
export type DeskHeard =
  | { outcome: 'heard' | 'no-such-desk' | 'elsewhere' }
  | { outcome: 'refused'; why: 'signature' | 'body'; message: string };

export interface TicketPort {
  desks(): Answer<DeskStanding[]>;
  dead(limit: number): Answer<DeadWork[]>;
  /** False: no such dead work. */
  replay(id: number, by: string): Answer<boolean>;
  /** All dead work of one desk; gives how much there was. */
  replayAll(desk: string, by: string): Answer<number>;
  /** A ticket as the desk would get it, of an incident or of an example. Undefined: no such desk, or no such incident. */
  preview(desk: string, of: { incident?: number; locale?: 'fr' | 'en' }): Answer<TicketPreview | undefined>;
  /** Resolves once what follows from it is kept. */
  hear(desk: string, post: DeskPost): Promise<DeskHeard>;
  /** False: no such dead work. */
  discard(id: number, by: string, why: string): Answer<boolean>;
}

/** Vigie about itself. */
export interface SelfSource {
  health(): { status: 'ok' | 'degraded'; version: string; startedAt: number; problems: string[] };
  /** What keeps it from its work just now, worst first. */
  hindered(): readonly Hindrance[];
  /** Numbers for `/metrics`: monotonic counters and gauges. */
  figures(): {
    name: string;
    help: string;
    type: 'counter' | 'gauge' | 'histogram';
    /** `suffix`: what a histogram's samples end in (`_bucket`, `_sum`, `_count`). */
    samples: { suffix?: string; labels?: Record<string, string>; value: number }[];
  }[];
  setAside(limit: number): Answer<{
    entries: { at: number; source: string; reason: string; sample: string }[];
    counts: Record<string, number>;
  }>;
}
