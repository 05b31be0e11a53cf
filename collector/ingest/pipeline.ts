import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Judge, Judgement } from '../../alerting/ports.ts';
import type { Device } from '../../protocol/inventory.ts';
import type { Report } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { CommitWrites, InboundMessage, SetAside, StateStore } from '../ports.ts';
import { frameReports, type LoggedReport } from '../report-log.ts';
import { Attention } from './attention.ts';
import { objection } from './authority.ts';
import { Clocks } from './clocks.ts';
import { Cursors } from './cursors.ts';
import { type Decoded, decode } from './decode.ts';
import { liveReport, timeFault } from './live-report.ts';
import { Order } from './order.ts';
import { Presence } from './presence.ts';

/** A report that was just committed. */
export interface CommittedReport extends LoggedReport {
  report: Report;
}

export interface Committed {
  at: number;
  /** The log row the reports are in; undefined when there were none. */
  logId: number | undefined;
  reports: CommittedReport[];
  judgement: Judgement;
}

export interface PipelineOptions {
  store: StateStore;
  judge: Judge;
  deviceOf: (key: DeviceKey) => Device | undefined;
  now: () => number;
  onCommit: (committed: Committed) => void;
  /** A commit failed and will be tried again; `undefined` when one went through after that. */
  onTrouble: (error: Error | undefined) => void;
}

export interface PipelineCounters {
  reports: number;
  points: number;
  /** Reports that had been counted before. */
  duplicates: number;
  late: number;
  /** Statuses and births that belonged to another run of their agent. */
  stale: number;
  setAside: number;
  commits: number;
  /** Messages received and not yet committed. */
  pending: number;
}

/** How long the first message of a group waits for others. Half of the road's 50 ms, so that a commit fits in the rest. */
const GROUP_MS = 15;
/** A group this large is committed without waiting. */
const GROUP_MESSAGES = 2_000;
/** How often to notice that time has passed, when nothing else happens. */
const ATTENTION_MS = 5_000;
const RETRY_MS = [100, 250, 500, 1_000, 2_000];
const SAMPLE_BYTES = 512;

type Item =
  | { kind: 'message'; decoded: Decoded; retain: boolean; done: (accepted: boolean) => void }
  | { kind: 'set-aside'; entry: SetAside; done: (accepted: boolean) => void }
  | { kind: 'events'; events: readonly EngineEvent[]; done: () => void };

/**
 * From the wire to the disk: decodes, refuses, drops what was seen, judges, and commits in groups. A message is done
 * (acknowledged) only after the commit that holds it. When the disk refuses, the group waits and is tried again; nothing
 * is acknowledged meanwhile and the senders hold back by themselves.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #cursors: Cursors;
  readonly #presence = new Presence();
  readonly #clocks = new Clocks();
  readonly #order = new Order();
  readonly #births = new Map<DeviceKey, string>();
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
  #queue: Item[] = [];
  #groupTimer: NodeJS.Timeout | undefined;
  #tickTimer: NodeJS.Timeout | undefined;
  #tickAt = Number.POSITIVE_INFINITY;
  #committing = false;
  #closed = false;
  #idle: (() => void)[] = [];

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#cursors = new Cursors(options.store.loadCursors());
    for (const { agent, boot, birth } of options.store.loadBoots()) {
      this.#presence.restore(agent, boot, birth);
      if (birth !== undefined) this.#births.set(agent, birth);
    }
    this.#attention = new Attention(options.now());
    this.#attentionTimer = setInterval(() => this.#attend(), ATTENTION_MS);
    this.#armTick();
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
    const refusal = objection(decoded, message.client, this.#options.deviceOf);
    if (refusal !== undefined) {
      this.#setAside(message, refusal, done);
      return;
    }
    if (decoded.kind === 'birth' && !message.retain) {
      this.#clocks.measure(decoded.agent, decoded.message.at, this.#options.now());
    }
    if (decoded.kind === 'report') {
      const fault = timeFault(decoded.message, this.#clocks.skewMs(decoded.agent), this.#options.now());
      if (fault !== undefined) {
        this.#setAside(message, fault, done);
        return;
      }
    }
    this.#push({ kind: 'message', decoded, retain: message.retain, done });
  }

  /** Judges events that came by another way than the wire. Resolves when they are committed. */
  submit(events: readonly EngineEvent[]): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the collector is stopping'));
    return new Promise((resolve) => this.#push({ kind: 'events', events, done: resolve }));
  }

  /** Counts and keeps what could not even become a message: broken packets, a broken connection's reason. */
  note(source: string, reason: string): void {
    if (this.#closed) return;
    const entry = { at: this.#options.now(), source, reason, sample: new Uint8Array() };
    this.#push({ kind: 'set-aside', entry, done: () => {} });
  }

  /** What the agent said of itself at its last birth, as JSON. */
  birthOf(agent: DeviceKey): string | undefined {
    return this.#births.get(agent);
  }

  /** Takes nothing more, commits what was taken, and resolves when it is on disk. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#tickTimer);
    clearInterval(this.#attentionTimer);
    if (this.#queue.length > 0 || this.#committing) {
      await new Promise<void>((resolve) => {
        this.#idle.push(resolve);
        if (!this.#committing) this.#commitGroup();
      });
    }
    clearTimeout(this.#groupTimer);
  }

  #setAside(message: InboundMessage, reason: string, done: (accepted: boolean) => void): void {
    const sample = Uint8Array.from(message.payload.subarray(0, SAMPLE_BYTES));
    const source = `${message.client ?? ''} ${message.topic}`.slice(0, 300);
    this.#push({ kind: 'set-aside', entry: { at: this.#options.now(), source, reason, sample }, done });
  }

  #push(item: Item): void {
    this.#queue.push(item);
    this.counters.pending++;
    if (this.#committing) return;
    if (this.#queue.length === 1) this.#groupTimer = setTimeout(() => this.#commitGroup(), GROUP_MS);
    else if (this.#queue.length === GROUP_MESSAGES) {
      clearTimeout(this.#groupTimer);
      this.#groupTimer = setTimeout(() => this.#commitGroup(), 0);
    }
  }

  #commitGroup(): void {
    clearTimeout(this.#groupTimer);
    const items = this.#queue;
    this.#queue = [];
    const now = this.#options.now();
    const { events, reports, boots, setAside } = this.#gather(items, now);
    // Whoever was not heard while we were not listening is not silent yet.
    if (this.#attention.lapsed(now)) events.unshift({ kind: 'started' });
    events.push({ kind: 'tick' });
    const judgement = this.#options.judge.judge(events, now);
    const writes: CommitWrites = {
      cursors: this.#cursors.takeChanged(),
      boots,
      log: frameReports(reports),
      judgement: judgement.writes,
      setAside,
    };
    this.#committing = true;
    this.#store(writes, 0, (logId) => {
      this.#committing = false;
      this.counters.commits++;
      this.counters.pending -= items.length;
      this.#options.onCommit({ at: now, logId, reports, judgement });
      for (const item of items) {
        if (item.kind === 'events') item.done();
        else item.done(item.kind === 'message');
      }
      this.#armTick();
      if (this.#queue.length > 0) {
        this.#groupTimer = setTimeout(() => this.#commitGroup(), this.#queue.length < GROUP_MESSAGES ? GROUP_MS : 0);
      } else for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  /** Turns a group into what judgement and the store need, dropping what has been counted before. */
  #gather(items: readonly Item[], now: number) {
    const events: EngineEvent[] = [];
    const reports: CommittedReport[] = [];
    const boots: CommitWrites['boots'] = [];
    const setAside: SetAside[] = [];
    for (const item of items) {
      if (item.kind === 'events') {
        for (const event of item.events) events.push(event);
        continue;
      }
      if (item.kind === 'set-aside') {
        this.counters.setAside++;
        setAside.push(item.entry);
        continue;
      }
      const { decoded } = item;
      if (decoded.kind === 'report') {
        this.#gatherReport(decoded, now, events, reports);
        continue;
      }
      let event: EngineEvent | undefined;
      if (decoded.kind === 'birth') {
        event = this.#presence.born(decoded.device, decoded.message, item.retain, now);
        if (event) {
          const birth = JSON.stringify(decoded.message);
          this.#births.set(decoded.device, birth);
          boots.push({ agent: decoded.device, boot: decoded.message.boot, birth });
        }
      } else event = this.#presence.said(decoded.device, decoded.agent, decoded.message, now);
      if (event) events.push(event);
      else this.counters.stale++;
    }
    return { events, reports, boots, setAside };
  }

  #gatherReport(
    decoded: Extract<Decoded, { kind: 'report' }>,
    now: number,
    events: EngineEvent[],
    reports: CommittedReport[],
  ): void {
    const { device, agent, message, payload } = decoded;
    const { boot, seq } = message;
    if (!this.#cursors.note(agent, boot, seq)) {
      this.counters.duplicates++;
      return;
    }
    const skewMs = this.#clocks.skewMs(agent);
    const isOvertaken = this.#presence.isOfEarlierRun(agent, boot) || this.#order.isOvertaken(device, boot, seq);
    const event = liveReport(device, message, skewMs, this.#presence.intervalS(agent), isOvertaken, now);
    this.counters.reports++;
    this.counters.points += message.points.length;
    if (event.kind === 'report' && event.late) this.counters.late++;
    events.push(event);
    reports.push({ device, skewMs, payload, report: message });
  }

  #store(writes: CommitWrites, attempt: number, done: (logId: number | undefined) => void): void {
    let logId: number | undefined;
    try {
      logId = this.#options.store.commit(writes);
    } catch (error) {
      this.#options.onTrouble(error as Error);
      const pause = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)];
      setTimeout(() => this.#store(writes, attempt + 1, done), pause);
      return;
    }
    if (attempt > 0) this.#options.onTrouble(undefined);
    done(logId);
  }

  #attend(): void {
    if (!this.#attention.lapsed(this.#options.now())) return;
    this.#push({ kind: 'events', events: [{ kind: 'started' }], done: () => {} });
  }

  /** Wakes judgement when something falls due, even if nothing arrives. */
  #armTick(): void {
    const due = this.#options.judge.nextDue();
    if (this.#closed || due === undefined || due === this.#tickAt) return;
    clearTimeout(this.#tickTimer);
    this.#tickAt = due;
    // setTimeout takes 31 bits; what is due later is looked at again on the way.
    const wait = Math.min(Math.max(due - this.#options.now(), 0), 3_600_000);
    this.#tickTimer = setTimeout(() => {
      this.#tickAt = Number.POSITIVE_INFINITY;
      if (!this.#closed) this.#push({ kind: 'events', events: [], done: () => {} });
    }, wait);
  }
}
