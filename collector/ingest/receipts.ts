import { RECEIPT_RANGES_MAX, type Receipt, WIRE_VERSION } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { agentTopic } from '../../protocol/topics.ts';
import type { Cursor } from '../ports.ts';

type Range = readonly [number, number];

/** What is to be told of one run. */
interface Telling {
  newest: readonly Range[];
  /** Older ones that were asked for, by where they start. */
  asked: Map<number, Range>;
}

export interface ReceiptsOptions {
  /** One that fails is dropped: the next receipt says it again, and the agent asks again. */
  publish: (topic: string, payload: string) => Promise<void>;
  now: () => number;
  /** Calls `fn` once after `ms`. Returns what cancels it. */
  after: (ms: number, fn: () => void) => () => void;
}

const BATCH_MS = 250;
/** Between two receipts for one agent. */
const REST_MS = 1_000;
/** Runs of one agent that may wait for their receipts: as many as are remembered of it. */
const RUNS_MAX = 32;

/**
 * Tells agents what is committed of their reports: at most one receipt per agent and second, the first within 250 ms.
 * Takes a copy of what it is given, for cursors grow while a later group is not committed yet: so only what is
 * committed may be given.
 */
export class Receipts {
  readonly #options: ReceiptsOptions;
  /** What is to be told, by agent and run. */
  readonly #waiting = new Map<DeviceKey, Map<string, Telling>>();
  /** When agents had their last receipt, the longest ago first. */
  readonly #rested = new Map<DeviceKey, number>();
  #cancelBatch: (() => void) | undefined;
  #closed = false;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** These are committed. */
  note(cursors: readonly Cursor[]): void {
    for (const cursor of cursors) this.#telling(cursor);
  }

  /** This report came again and had been committed: its sender lacks the receipt, however old the number is. */
  noteSeen(cursor: Cursor, seq: number): void {
    const telling = this.#telling(cursor);
    const range = cursor.seen.findLast(([from, to]) => from <= seq && seq <= to);
    if (range && telling && telling.asked.size < RECEIPT_RANGES_MAX) telling.asked.set(range[0], range);
  }

  /** Sends what waits, and nothing more. */
  close(): void {
    this.#closed = true;
    this.#cancelBatch?.();
    for (const [agent, runs] of this.#waiting) {
      for (const [boot, telling] of runs) this.#send(agent, boot, telling);
    }
    this.#waiting.clear();
  }

  #telling({ agent, boot, seen }: Cursor): Telling | undefined {
    if (this.#closed) return undefined;
    let runs = this.#waiting.get(agent);
    if (!runs) {
      runs = new Map();
      this.#waiting.set(agent, runs);
    }
    const telling = { newest: seen.slice(-RECEIPT_RANGES_MAX), asked: runs.get(boot)?.asked ?? new Map() };
    runs.set(boot, telling);
    if (runs.size > RUNS_MAX) runs.delete([...runs.keys()][0] as string);
    this.#arm();
    return telling;
  }

  #arm(): void {
    if (this.#cancelBatch || this.#waiting.size === 0) return;
    this.#cancelBatch = this.#options.after(BATCH_MS, () => {
      this.#cancelBatch = undefined;
      this.#sendBatch();
      this.#arm();
    });
  }

  #sendBatch(): void {
    const now = this.#options.now();
    for (const [agent, at] of this.#rested) {
      if (now - at < REST_MS && now >= at) break;
      this.#rested.delete(agent);
    }
    for (const [agent, runs] of this.#waiting) {
      const [next] = runs;
      if (!next || this.#rested.has(agent)) continue;
      this.#rested.set(agent, now);
      this.#send(agent, ...next);
      runs.delete(next[0]);
      if (runs.size === 0) this.#waiting.delete(agent);
    }
  }

  #send(agent: DeviceKey, boot: string, telling: Telling): void {
    const receipt: Receipt = { v: WIRE_VERSION, boot, seen: rangesOf(telling), at: this.#options.now() };
    this.#options.publish(agentTopic(agent, 'receipt'), JSON.stringify(receipt)).catch(() => {});
  }
}

/** What was asked for, and as many of the newest as there is room for. */
function rangesOf({ newest, asked }: Telling): [number, number][] {
  const room = RECEIPT_RANGES_MAX - asked.size;
  const ranges = [...asked.values(), ...newest.slice(Math.max(newest.length - room, 0))];
  const apart: [number, number][] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    // An asked one may have grown since, into others that follow it.
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}
