import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Judge, Judgement } from '../../alerting/ports.ts';
import type { Reply } from '../../protocol/commands.ts';
import type { Facts } from '../../protocol/facts.ts';
import type { Device } from '../../protocol/inventory.ts';
import { type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import { Histogram } from '../histogram.ts';
import {
  type CommitWrites,
  type Cursor,
  type InboundMessage,
  LeaseLost,
  PartitionGone,
  type PartitionStore,
} from '../ports.ts';
import { frameReports } from '../report-log.ts';
import { Attention, type Timepieces } from './attention.ts';
import { objection } from './authority.ts';
import { Clocks } from './clocks.ts';
import { Cursors } from './cursors.ts';
import { decode } from './decode.ts';
import { type CommittedReport, type GatherCounters, Gatherer, type Item, type ReportNumber } from './gather.ts';
import { timeFault } from './live-report.ts';
import { Presence } from './presence.ts';

export interface Committed {
  at: number;
  /** The log row the reports are in; undefined when there were none. */
  logId: number | undefined;
  reports: CommittedReport[];
  judgement: Judgement;
}

export interface PipelineOptions {
  store: Pick<PartitionStore, 'commit'>;
  /** What the store kept of earlier runs. */
  kept: {
    cursors: Iterable<Cursor>;
    boots: Iterable<{ agent: DeviceKey; boot: string; birth: string | undefined }>;
  };
  judge: Judge;
  deviceOf: (key: DeviceKey) => Device | undefined;
  /** Whether none of an agent's certificates is good any more; without it nobody's are looked at. */
  isBarred?: (agent: DeviceKey) => boolean;
  /** Whether a store is known and another partition's: a broker may bring its messages here as well. */
  isElsewhere: (store: StoreKey) => boolean;
  limits: PipelineLimits;
  time: Timepieces;
  onCommit: (committed: Committed) => void;
  /** Told of what has been counted, where agents wait for a receipt. */
  receipts?: ReceiptBook;
  /** The clock was set by so much; judgement is told by itself. */
  onClockStepped: (byMs: number) => void;
  /** An agent tells what became of a command. Kept when it resolves, and only then acknowledged. */
  onReply?: (agent: DeviceKey, reply: Reply) => Promise<void>;
  /**
   * An agent tells what a device is made of, `at` by our clock. Kept when it resolves, with what judgement has to know of
   * it, if anything, and only then acknowledged.
   */
  onFacts?: (device: DeviceKey, facts: Facts, at: number) => Promise<EngineEvent | undefined>;
  /** A commit failed and will be tried again; `undefined` when one went through after that. */
  onTrouble: (error: Error | undefined) => void;
  /** Another collector has the partition now: nothing more is committed or acknowledged here. */
  onLeaseLost: () => void;
}

export interface PipelineLimits {
  /** How long the first message of a group waits for others, milliseconds. */
  groupMs: number;
  /** A group this large is committed without waiting. */
  groupMessages: number;
}

export interface ReceiptBook {
  /** These are committed. */
  note(cursors: readonly Cursor[]): void;
  /** This report came again though it is committed: its sender lacks a receipt. */
  noteSeen(cursor: Cursor, seq: number): void;
}

export interface PipelineCounters extends GatherCounters {
  commits: number;
  /** Messages received and not yet committed. */
  pending: number;
}

/** How often to notice that time has passed, when nothing else happens. */
const ATTENTION_MS = 5_000;
const RETRY_MS = [100, 250, 500, 1_000, 2_000];
const SAMPLE_BYTES = 512;
/** After so long without taking anything in, nobody's silence counts until they had time to be heard again. */
const DEAF_MS = 10_000;
/** How long what was sent meanwhile may still be coming in. */
const CATCHING_UP_MS = 60_000;

/**
 * From the wire to the disk: decodes, refuses, drops what was seen, judges, and commits in groups. A message is done
 * (acknowledged) only after the commit that holds it. When the disk refuses, the group waits and is tried again; nothing
 * is acknowledged meanwhile and the senders hold back by themselves.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #cursors: Cursors;
  readonly #isBarred: (agent: DeviceKey) => boolean;
  readonly #presence = new Presence();
  readonly #clocks = new Clocks();
  readonly #gatherer: Gatherer;
  readonly #attention: Attention;
  readonly #attentionTimer: NodeJS.Timeout;
  readonly counters: PipelineCounters = {
    reports: 0,
    points: 0,
    duplicates: 0,
    late: 0,
    stale: 0,
    setAside: 0,
    commits: 0,
    pending: 0,
  };
  /** Seconds from the making of a report to its commit. */
  readonly delays = new Histogram();
  #queue: Item[] = [];
  #groupTimer: NodeJS.Timeout | undefined;
  #tickTimer: NodeJS.Timeout | undefined;
  #tickAt = Number.POSITIVE_INFINITY;
  #committing = false;
  #isListening = true;
  /** When we last began to hear again. */
  #lapsedAt = Number.NEGATIVE_INFINITY;
  #closed = false;
  #abandoned = false;
  #idle: (() => void)[] = [];
  /** Handed events on their way to the disk, and those there that an earlier reading may still bring. */
  readonly #handed = new Set<number>();
  readonly #judged: number[] = [];
  /** The group being committed. */
  #inHand: readonly Item[] = [];

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#isBarred = options.isBarred ?? (() => false);
    this.#cursors = new Cursors(options.kept.cursors);
    for (const { agent, boot, birth } of options.kept.boots) {
      this.#presence.restore(agent, boot, birth);
      if (birth !== undefined) this.#clocks.restore(agent, birth);
    }
    this.#gatherer = new Gatherer(this.#cursors, this.#presence, this.#clocks, this.counters);
    // Skews were measured against the clock as it was.
    this.#attention = new Attention(options.time, (byMs) => {
      this.#clocks.shift(byMs);
      options.onClockStepped(byMs);
    });
    this.#attentionTimer = setInterval(() => this.#attend(), ATTENTION_MS);
    this.#armTick();
  }

  /** Agents whose clocks are off, and by how much: add it to their times to get ours, milliseconds. */
  clockSkews(): Iterable<[DeviceKey, number]> {
    return this.#clocks.off();
  }

  /** Takes a message from the broker. */
  receive(message: InboundMessage, done: (accepted: boolean) => void): void {
    if (this.#closed) {
      // Not acknowledged and not lost: its sender keeps it for the next collector.
      return;
    }
    const decoded = decode(message);
    if (decoded.kind === 'refused') {
      this.#setAside(message, decoded.reason, done);
      return;
    }
    if (this.#options.isElsewhere(storeOf(decoded.device))) {
      done(true);
      return;
    }
    const refusal = objection(decoded, message.client, this.#options.deviceOf, this.#isBarred);
    if (refusal !== undefined) {
      this.#setAside(message, refusal, done);
      return;
    }
    if (decoded.kind === 'reply') {
      const { agent, message: reply } = decoded;
      void this.#keep(async () => this.#options.onReply?.(agent, reply), done);
      return;
    }
    if (decoded.kind === 'facts') {
      this.#takeFacts(decoded.device, decoded.agent, decoded.message, done);
      return;
    }
    // Before the skews are asked for: a clock that was set just now moves them.
    const now = this.#attention.now();
    if (decoded.kind === 'birth' && !message.retain && !this.#mayHaveWaited(decoded.message.at, now)) {
      this.#clocks.measure(decoded.agent, decoded.message.at, now);
    }
    if (decoded.kind === 'report') {
      this.#clocks.witness(decoded.agent, decoded.message.at, now);
      const fault = timeFault(decoded.message, this.#clocks.skewMs(decoded.agent), now);
      if (fault !== undefined) {
        const { boot, seq } = decoded.message;
        this.#setAside(message, fault, done, { agent: decoded.agent, boot, seq });
        return;
      }
    }
    this.#push({ kind: 'message', decoded, retain: message.retain, done });
  }

  #takeFacts(device: DeviceKey, agent: DeviceKey, facts: Facts, done: (accepted: boolean) => void): void {
    if (this.#presence.isOfEarlierRun(agent, facts.boot)) {
      this.counters.stale++;
      done(true);
      return;
    }
    const now = this.#attention.now();
    const at = Math.min(facts.at + this.#clocks.skewMs(agent), now);
    void this.#keep(async () => {
      const event = await this.#options.onFacts?.(device, facts, at);
      // Kept already: a judgement that is lost on the way is told of it again at the next start.
      if (event && !this.#closed) this.#push({ kind: 'events', events: [event], done: () => {} });
    }, done);
  }

  /** Tries until it is kept: its sender forgets it then. */
  async #keep(keep: () => Promise<void>, done: (accepted: boolean) => void): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt++) {
      try {
        await keep();
        if (attempt > 0) this.#options.onTrouble(undefined);
        done(true);
        return;
      } catch (error) {
        this.#options.onTrouble(error as Error);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]));
    }
  }

  /**
   * Whether messages can come in. While they cannot, no time passes for judgement: there is no evidence either way. When
   * they can again, everyone is given time to be heard.
   */
  setListening(isListening: boolean): void {
    if (isListening === this.#isListening) return;
    this.#isListening = isListening;
    if (!isListening) return;
    this.#lapse();
    if (!this.#closed) this.#push({ kind: 'events', events: [], done: () => {} });
  }

  /**
   * Judges events that came by another way than the wire. Resolves when they are committed; rejects with PartitionGone
   * where that is no longer done here.
   */
  submit(events: readonly EngineEvent[]): Promise<void> {
    if (this.#closed) return Promise.reject(new PartitionGone(false));
    return new Promise((resolve, failed) => this.#push({ kind: 'events', events, done: resolve, failed }));
  }

  /** Judges an event that another collector was told of; its row goes with the same commit. */
  submitHanded(id: number, event: EngineEvent): void {
    if (this.#closed || this.#handed.has(id)) return;
    this.#handed.add(id);
    this.#push({ kind: 'events', events: [event], handed: id, done: () => this.#judged.push(id) });
  }

  /** What is judged will not be handed again by a reading that begins after this. */
  forgetJudged(): void {
    for (const id of this.#judged.splice(0)) this.#handed.delete(id);
  }

  /** Counts and keeps what could not even become a message: broken packets, a broken connection's reason. */
  note(source: string, reason: string): void {
    if (this.#closed) return;
    const entry = { at: this.#attention.now(), source, reason, sample: new Uint8Array() };
    this.#push({ kind: 'set-aside', entry, done: () => {} });
  }

  /** Takes nothing more, commits what was taken, and resolves when it is on disk. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#tickTimer);
    clearInterval(this.#attentionTimer);
    if (!this.#abandoned && (this.#queue.length > 0 || this.#committing)) {
      await new Promise<void>((resolve) => {
        this.#idle.push(resolve);
        if (!this.#committing) void this.#commitGroup();
      });
    }
    clearTimeout(this.#groupTimer);
  }

  /**
   * Takes nothing more and forgets what is not on disk: whoever has the partition now gets it again.
   * @param isRefused whether the commit under way, if there is one, is known to have stored nothing
   */
  abandon(isRefused = false): void {
    this.#closed = true;
    this.#abandoned = true;
    clearTimeout(this.#tickTimer);
    clearInterval(this.#attentionTimer);
    clearTimeout(this.#groupTimer);
    for (const item of this.#inHand) if (item.kind === 'events') item.failed?.(new PartitionGone(!isRefused));
    for (const item of this.#queue) if (item.kind === 'events') item.failed?.(new PartitionGone(false));
    this.#queue = [];
    this.#inHand = [];
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #setAside(message: InboundMessage, reason: string, done: (accepted: boolean) => void, counted?: ReportNumber): void {
    const sample = Uint8Array.from(message.payload.subarray(0, SAMPLE_BYTES));
    const source = `${message.client ?? ''} ${message.topic}`.slice(0, 300);
    const entry = { at: this.#attention.now(), source, reason, sample };
    this.#push({ kind: 'set-aside', entry, ...(counted && { counted }), done });
  }

  #push(item: Item): void {
    this.#queue.push(item);
    this.counters.pending++;
    if (this.#committing) return;
    const { groupMs, groupMessages } = this.#options.limits;
    if (this.#queue.length === 1) this.#groupTimer = setTimeout(() => void this.#commitGroup(), groupMs);
    else if (this.#queue.length === groupMessages) {
      clearTimeout(this.#groupTimer);
      this.#groupTimer = setTimeout(() => void this.#commitGroup(), 0);
    }
  }

  async #commitGroup(): Promise<void> {
    clearTimeout(this.#groupTimer);
    const items = this.#queue;
    this.#queue = [];
    this.#inHand = items;
    this.#committing = true;
    const now = this.#attention.now();
    const { events, reports, told, boots, setAside, handled, again } = this.#gatherer.gather(items, now);
    events.unshift(...this.#attention.takeEvents());
    // While we cannot hear, time that passes says nothing of anyone.
    if (this.#isListening) events.push({ kind: 'tick' });
    const judgement = this.#options.judge.judge(events, now);
    const cursors = this.#cursors.takeChanged();
    const log = frameReports(reports);
    const writes: CommitWrites = {
      cursors,
      boots,
      log,
      judgement: judgement.writes,
      ...(told.length > 0 && { events: told }),
      setAside,
      handled,
    };
    const from = this.#options.time.monotonicMs();
    const committed = await this.#store(writes);
    if (!committed) return;
    // What was sent meanwhile is not read yet.
    if (this.#options.time.monotonicMs() - from > DEAF_MS) this.#lapse();
    this.#committing = false;
    this.#inHand = [];
    this.counters.commits++;
    this.counters.pending -= items.length;
    const at = this.#attention.now();
    for (const { report, skewMs } of reports) {
      if (report.historical !== true) this.delays.add((at - report.at - skewMs) / 1000);
    }
    this.#tellReceipts(cursors, again);
    this.#options.onCommit({ at: now, logId: committed.logId, reports, judgement });
    for (const item of items) {
      if (item.kind === 'events') item.done();
      else item.done(item.kind === 'message');
    }
    this.#armTick();
    if (this.#queue.length > 0) {
      const { groupMs, groupMessages } = this.#options.limits;
      const wait = this.#queue.length < groupMessages && !this.#closed ? groupMs : 0;
      this.#groupTimer = setTimeout(() => void this.#commitGroup(), wait);
    } else for (const resolve of this.#idle.splice(0)) resolve();
  }

  #lapse(): void {
    this.#attention.lapse();
    this.#lapsedAt = this.#options.time.monotonicMs();
  }

  /** A birth that seems old soon after we could not hear: it is not its clock that is slow, it waited. */
  #mayHaveWaited(at: number, now: number): boolean {
    return at < now && this.#options.time.monotonicMs() - this.#lapsedAt < CATCHING_UP_MS;
  }

  /** Only now: what the cursors hold is committed, and no later group has touched them. */
  #tellReceipts(cursors: readonly Cursor[], again: readonly ReportNumber[]): void {
    const { receipts } = this.#options;
    if (!receipts) return;
    receipts.note(cursors);
    for (const { agent, boot, seq } of again) {
      receipts.noteSeen({ agent, boot, seen: this.#cursors.seen(agent, boot) }, seq);
    }
  }

  /** Tries until the disk has it. Undefined when that can no longer be: another collector has the partition. */
  async #store(writes: CommitWrites): Promise<{ logId: number | undefined } | undefined> {
    for (let attempt = 0; ; attempt++) {
      try {
        const logId = await this.#options.store.commit(writes);
        if (this.#abandoned) return undefined;
        if (attempt > 0) this.#options.onTrouble(undefined);
        return { logId };
      } catch (error) {
        if (this.#abandoned) return undefined;
        if (error instanceof LeaseLost) {
          this.abandon(true);
          this.#options.onLeaseLost();
          return undefined;
        }
        this.#options.onTrouble(error as Error);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]));
      if (this.#abandoned) return undefined;
    }
  }

  #attend(): void {
    this.#attention.now();
    if (this.#attention.noticed) this.#push({ kind: 'events', events: [], done: () => {} });
  }

  /** Wakes judgement when something falls due, even if nothing arrives. */
  #armTick(): void {
    const due = this.#options.judge.nextDue();
    if (this.#closed || !this.#isListening || due === undefined || due === this.#tickAt) return;
    clearTimeout(this.#tickTimer);
    this.#tickAt = due;
    // setTimeout takes 31 bits; what is due later is looked at again on the way.
    const wait = Math.min(Math.max(due - this.#attention.now(), 0), 3_600_000);
    this.#tickTimer = setTimeout(() => {
      this.#tickAt = Number.POSITIVE_INFINITY;
      if (!this.#closed) this.#push({ kind: 'events', events: [], done: () => {} });
    }, wait);
  }
}
