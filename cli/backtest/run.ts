import { Worker } from 'node:worker_threads';
import { Inquiry } from '../../alerting/backtest/asked.ts';
import type { StorePast } from '../../alerting/backtest/ports.ts';
import { LEAD_MS } from '../../alerting/backtest/store-replay.ts';
import { type StoreOutcome, Summary } from '../../alerting/backtest/summary.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import { parseRulePack } from '../../alerting/rules/parse-rule-pack.ts';
import type { BacktestAnswer, BacktestNote } from '../../protocol/backtest.ts';
import { deviceKey, type StoreKey } from '../../protocol/names.ts';
import type { FromWorker, SentPast, Task, ToWorker } from './messages.ts';
import type { PastReadings } from './readings.ts';

export interface BacktestJob extends Task {
  to: number;
  stores: readonly StoreKey[];
}

export interface BacktestRooms {
  /** What a store is judged by beside its readings, between two instants. Undefined for one that is gone. */
  storePast: (store: StoreKey, from: number, to: number) => Promise<StorePast | undefined>;
  readings: PastReadings;
  /** Since when what is judged beside readings is written down. */
  evidenceFrom: number | undefined;
  now: () => number;
}

export interface BacktestProgress {
  /** Store-days. */
  done: number;
  total: number;
}

export interface RunOptions {
  /** Threads at work. */
  threads: number;
  onProgress: (progress: BacktestProgress) => void;
  signal: AbortSignal;
}

const DAY_MS = 86_400_000;
/** So far back forecasts look before the replay begins; a rule may look further back than that. */
const FORESEE_MS = 3 * DAY_MS;
/** Stretches on their way to a worker: one at work, one waiting. */
const AHEAD = 2;
const WORKER_MB = 768;
/** Devices of which a whole day is sent at once. */
const DEVICES_AT_ONCE = 100;

/**
 * Replays the past of stores under two sets of rules. What is kept is read here, and all else done by threads of their own.
 * @throws RulePackError, what `signal` was aborted with, and what the stores or a thread fail with.
 */
export async function runBacktest(
  job: BacktestJob,
  rooms: BacktestRooms,
  options: RunOptions,
): Promise<BacktestAnswer> {
  const { from, to, stores } = job;
  const { onProgress } = options;
  /** When one fails, the others need not go on. */
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  signal.throwIfAborted();
  const summary = new Summary();
  const packs = job.rules.map((text) => parseRulePack(text, 'rules'));
  const inquiry = new Inquiry(packs);
  const waiting = stores.values();
  const total = stores.length * daysOf(from, to);
  let done = 0;
  let devices = 0;
  const replayAll = async (): Promise<void> => {
    const thread = new Thread(job, signal);
    try {
      for (const store of waiting) {
        const past = await rooms.storePast(store, from - LEAD_MS, to);
        signal.throwIfAborted();
        if (past) {
          devices += past.definition.devices.length;
          const outcome = await replayStore(thread, past, { inquiry, packs }, job, rooms, (share) => {
            done += share * daysOf(from, to);
            onProgress({ done: Math.round(done), total });
          });
          summary.add(outcome);
        } else done += daysOf(from, to);
      }
    } finally {
      await thread.close();
    }
  };
  const threads = Array.from({ length: Math.max(1, Math.min(options.threads, stores.length)) }, replayAll);
  try {
    await Promise.all(threads);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(threads);
    throw error;
  }
  return summary.answer({ from, to, devices }, notesOf(packs, job, rooms));
}

async function replayStore(
  thread: Thread,
  past: StorePast,
  { inquiry, packs }: { inquiry: Inquiry; packs: readonly RulePack[] },
  { from, to }: BacktestJob,
  { readings }: BacktestRooms,
  onShare: (share: number) => void,
): Promise<StoreOutcome> {
  const { key, definition, observed } = past;
  const told = new Map(observed);
  const asking = definition.devices.map((device) => {
    const one = deviceKey(key.slice(0, key.indexOf('/')), definition.name, device.name);
    return { device: one, asked: inquiry.of(definition, device, one, told.get(one)).asked };
  });
  const send = async (kind: 'before' | 'stretch', since: number, until: number): Promise<void> => {
    await thread.room();
    const devices: Extract<ToWorker, { devices: unknown }>['devices'] = [];
    for (const { device, asked } of asking) {
      devices.push([device, await readings.read(device, since, until, asked)]);
    }
    thread.tell({ kind, from: since, to: until, names: thread.namesFrom(readings), devices });
  };
  thread.tell({ kind: 'store', past });
  const pieceMs = pieceOf(asking.length);
  const begin = from - LEAD_MS;
  if (packs.some(({ rules }) => rules.some(({ type }) => type === 'forecast'))) {
    for (const [since, until] of cut(begin - FORESEE_MS, begin, pieceMs)) await send('before', since, until);
  }
  const stretches = cut(begin, to, pieceMs);
  for (const [since, until] of stretches) {
    await send('stretch', since, until);
    onShare(1 / stretches.length);
  }
  return thread.outcome();
}

const daysOf = (from: number, to: number): number => Math.ceil((to - from) / DAY_MS);

/** A day, and less of a large store: what is on its way stays small. */
const pieceOf = (devices: number): number => DAY_MS / Math.ceil(devices / DEVICES_AT_ONCE);

/** Stretches that follow one another; what leads up to the first is no stretch of its own. */
function cut(from: number, to: number, pieceMs: number): [number, number][] {
  const stretches: [number, number][] = [];
  for (let at = from; at < to; ) {
    const until = to - at <= pieceMs + LEAD_MS ? to : at + pieceMs;
    stretches.push([at, until]);
    at = until;
  }
  return stretches;
}

function notesOf(packs: readonly RulePack[], { from }: BacktestJob, { readings, evidenceFrom, now }: BacktestRooms) {
  const rawFrom = readings.rawFrom(now());
  const rules = packs.flatMap((pack) => pack.rules);
  const notes: { note: BacktestNote; at?: number }[] = [{ note: 'stores-judged-alone' }];
  if (evidenceFrom === undefined || evidenceFrom > from) {
    notes.push({ note: 'evidence-begins-later', ...(evidenceFrom !== undefined && { at: evidenceFrom }) });
  }
  if (rawFrom > from) notes.push({ note: 'rolled-up', at: rawFrom });
  if (rules.some((rule) => rule.type === 'status' && rule.noData)) notes.push({ note: 'missing-checks-not-replayed' });
  if (rules.some((rule) => rule.type === 'forecast' && rule.overS * 1000 > FORESEE_MS)) {
    notes.push({ note: 'forecasts-begin-anew', at: from - LEAD_MS - FORESEE_MS });
  }
  if (rules.some(({ type }) => type === 'sales' || type === 'baseline')) {
    notes.push({ note: 'learning-begins-anew', at: from - LEAD_MS });
  }
  return notes;
}

/** A worker, and what is on its way to it. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  #outcome: { resolve: (outcome: StoreOutcome) => void; reject: (error: Error) => void } | undefined;
  #onTheWay = 0;
  #known = 0;
  #failure: Error | undefined;

  constructor({ rules, from }: Task, signal: AbortSignal) {
    const workerData: Task = { rules, from };
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MB },
    });
    this.#worker.on('message', (message: FromWorker) => this.#take(message));
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the replay has ended before its time')));
    signal.addEventListener('abort', () => this.#fail(signal.reason as Error), { once: true });
  }

  tell(message: ToWorker): void {
    if (message.kind === 'before' || message.kind === 'stretch') this.#onTheWay++;
    const bytes = 'devices' in message ? message.devices.flatMap(([, sent]) => buffersOf(sent)) : [];
    this.#worker.postMessage(message, bytes);
  }

  /** Names of series that it does not know yet. */
  namesFrom(readings: PastReadings) {
    const names = readings.names(this.#known);
    this.#known += names.length;
    return names;
  }

  /** Resolves when one more stretch may be sent. */
  async room(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#onTheWay < AHEAD) return;
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Ends the store. */
  async outcome(): Promise<StoreOutcome> {
    if (this.#failure) throw this.#failure;
    this.tell({ kind: 'end' });
    return new Promise((resolve, reject) => {
      this.#outcome = { resolve, reject };
    });
  }

  async close(): Promise<void> {
    this.#failure ??= new Error('the replay is over');
    await this.#worker.terminate();
  }

  #take(message: FromWorker): void {
    if (message.kind === 'outcome') {
      this.#outcome?.resolve(message.outcome);
      this.#outcome = undefined;
      return;
    }
    this.#onTheWay--;
    this.#waiting.shift()?.resolve();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
    this.#outcome?.reject(this.#failure);
  }
}

/** What is given away rather than copied. Columns in memory are not: they are the store's own. */
const buffersOf = (sent: SentPast): ArrayBuffer[] =>
  'packed' in sent ? sent.packed.chunks.map(({ bytes }) => bytes.buffer as ArrayBuffer) : [];
