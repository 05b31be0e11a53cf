import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Report } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { CommitWrites, SetAside, ToldEvent } from '../ports.ts';
import type { LoggedReport } from '../report-log.ts';
import type { Clocks } from './clocks.ts';
import type { Cursors } from './cursors.ts';
import type { Decoded } from './decode.ts';
import { liveReport } from './live-report.ts';
import { Order } from './order.ts';
import type { Presence } from './presence.ts';

/** What waits for the next commit. `done` is called when it is on disk. */
export type Item =
  | {
      kind: 'message';
      decoded: Exclude<Decoded, { kind: 'reply' | 'facts' }>;
      retain: boolean;
      done: (accepted: boolean) => void;
    }
  /** `counted`: its sender may speak, and need not send it again. */
  | { kind: 'set-aside'; entry: SetAside; counted?: ReportNumber; done: (accepted: boolean) => void }
  | {
      kind: 'events';
      events: readonly EngineEvent[];
      handed?: number;
      done: () => void;
      /** It will never be on this collector's disk. */
      failed?: (error: Error) => void;
    };

export interface ReportNumber {
  agent: DeviceKey;
  boot: string;
  seq: number;
}

/** A report that was just committed. */
export interface CommittedReport extends LoggedReport {
  report: Report;
}

/** A group of items as judgement and the store need them. */
export interface Group extends Pick<CommitWrites, 'boots' | 'setAside' | 'handled'> {
  events: EngineEvent[];
  reports: CommittedReport[];
  /** What devices told by themselves. */
  told: ToldEvent[];
  /** Reports that had been counted before. */
  again: ReportNumber[];
}

export interface GatherCounters {
  reports: number;
  points: number;
  /** Reports that had been counted before. */
  duplicates: number;
  late: number;
  /** Statuses and births that belonged to another run of their agent. */
  stale: number;
  setAside: number;
}

/** Turns items into a group, in order, dropping what has been counted before, and counts all of it. */
export class Gatherer {
  readonly #cursors: Cursors;
  readonly #presence: Presence;
  readonly #clocks: Clocks;
  readonly #order = new Order();
  readonly #counters: GatherCounters;

  constructor(cursors: Cursors, presence: Presence, clocks: Clocks, counters: GatherCounters) {
    this.#cursors = cursors;
    this.#presence = presence;
    this.#clocks = clocks;
    this.#counters = counters;
  }

  gather(items: readonly Item[], now: number): Group {
    const group: Group = { events: [], reports: [], told: [], boots: [], setAside: [], handled: [], again: [] };
    for (const item of items) {
      if (item.kind === 'events') {
        if (item.handed !== undefined) group.handled.push(item.handed);
        for (const event of item.events) group.events.push(event);
      } else if (item.kind === 'set-aside') {
        this.#counters.setAside++;
        group.setAside.push(item.entry);
        if (item.counted && !this.#count(item.counted)) group.again.push(item.counted);
      } else if (item.decoded.kind === 'report') this.#takeReport(item.decoded, now, group);
      else this.#takePresence(item.decoded, item.retain, now, group);
    }
    return group;
  }

  #count({ agent, boot, seq }: ReportNumber): boolean {
    return this.#cursors.note(agent, boot, seq);
  }

  #takePresence(
    decoded: Extract<Decoded, { kind: 'birth' | 'status' }>,
    retain: boolean,
    now: number,
    group: Group,
  ): void {
    let event: EngineEvent | undefined;
    let isNews = false;
    if (decoded.kind === 'birth') {
      ({ event, isNews } = this.#presence.born(decoded.device, decoded.message, retain, now));
      const { boot } = decoded.message;
      const skewMs = this.#clocks.keptMs(decoded.device);
      const birth = JSON.stringify(skewMs === 0 ? decoded.message : { ...decoded.message, skewMs });
      if (isNews) group.boots.push({ agent: decoded.device, boot, birth });
    } else event = this.#presence.said(decoded.device, decoded.agent, decoded.message, retain, now);
    if (event) group.events.push(event);
    else if (!isNews) this.#counters.stale++;
  }

  #takeReport(decoded: Extract<Decoded, { kind: 'report' }>, now: number, group: Group): void {
    const { device, agent, message, payload } = decoded;
    const { boot, seq } = message;
    if (!this.#count({ agent, boot, seq })) {
      this.#counters.duplicates++;
      group.again.push({ agent, boot, seq });
      return;
    }
    const skewMs = this.#clocks.skewMs(agent);
    const isOvertaken = this.#presence.isOfEarlierRun(agent, boot) || this.#order.isOvertaken(device, boot, seq);
    const event = liveReport(device, message, skewMs, this.#presence.intervalS(agent), isOvertaken, now);
    this.#counters.reports++;
    this.#counters.points += message.points.length;
    if (event.kind === 'report' && event.late) this.#counters.late++;
    group.events.push(event);
    for (const told of message.events ?? []) {
      group.told.push({ device, event: { ...told, at: Math.min(told.at + skewMs, now) } });
    }
    group.reports.push({ device, skewMs, payload, report: message });
  }
}
