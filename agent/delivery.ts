import type { Receipt } from '../protocol/messages.ts';
import type { Clock } from './clock.ts';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox/outbox.ts';
import { createUnreceipted } from './unreceipted.ts';

const MAX_IN_FLIGHT = 32;
const PER_SECOND = 50;
/** Longer than a collector may take for its slowest commit. */
const ACK_TIMEOUT_MS = 30_000;
const RETRY_PAUSE_MS = 5000;
/** Between two looks for reports whose receipt does not come. */
const LOOK_MS = 10_000;

/** Hands a report to the connection. `done` is called once, with an error when it did not arrive. Returns what forgets it. */
export type Publish = (body: Uint8Array, done: (error?: Error) => void) => () => void;

export interface DeliveryOptions {
  outbox: Outbox;
  clock: Clock;
  log: Log;
  /** Reports older than this are marked `historical`. Looked at for each: it follows the interval. */
  readonly staleAfterMs: number;
  /** Of the backlog; a new report never waits for it. Looked at for each. */
  readonly perSecond?: number;
}

/** Brings what waits in the outbox to the collector. */
export interface Delivery {
  /**
   * A collector is there, behind this connection: the newest report leaves at once, then the backlog, oldest first.
   * `receipts`: the broker's acknowledgement is not the collector's, reports stay in the outbox until `receive`.
   */
  open(publish: Publish, receipts: boolean): void;
  /** A collector has committed these. */
  receive(receipt: Pick<Receipt, 'boot' | 'seen'>): void;
  /** The collector has gone; what is in flight may still be acknowledged. */
  pause(): void;
  /** The connection is gone: all that was in flight, or has no receipt, waits again. */
  reset(): void;
  /** A report has just been appended. */
  offer(id: number): void;
}

interface Flight {
  receipts: boolean;
  forget: () => void;
  cancelTimeout: () => void;
}

/**
 * At most 32 reports are in flight. A report leaves the outbox only when it is acknowledged, or receipted where the
 * collector says so; one that is not acknowledged in time is taken back and, after a pause, sent again: the client library
 * does so only for a new connection.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, clock, log } = options;
  const inFlight = new Map<number, Flight>();
  const unreceipted = createUnreceipted(clock.monotonicMs, outbox.has);
  /** Acknowledged, and to be sent again because no receipt came. */
  const again = new Set<number>();
  let needsReceipts = false;
  let urgent: number[] = [];
  let publish: Publish | undefined;
  let cancelPace: (() => void) | undefined;
  let cancelHold: (() => void) | undefined;
  let cancelWatch: (() => void) | undefined;

  function pump(): void {
    while (publish && !cancelHold && inFlight.size < MAX_IN_FLIGHT) {
      const id = nextUrgent() ?? (cancelPace ? undefined : nextOfBacklog());
      if (id === undefined) return;
      send(id, publish);
    }
  }

  function nextUrgent(): number | undefined {
    if (unreceipted.isFull()) {
      // The newest is enough to begin with, once more may leave; the others are in the backlog.
      urgent = urgent.slice(-1);
      return undefined;
    }
    for (let id = urgent.shift(); id !== undefined; id = urgent.shift()) {
      if (!unreceipted.has(id)) return id;
    }
    return undefined;
  }

  /** What needs asking again, then the oldest that was not sent; taking one starts the pause before the next. */
  function nextOfBacklog(): number | undefined {
    const id = nextAgain() ?? (unreceipted.isFull() ? undefined : oldestUnsent());
    if (id === undefined) return undefined;
    cancelPace = clock.after(1000 / (options.perSecond ?? PER_SECOND), () => {
      cancelPace = undefined;
      pump();
    });
    return id;
  }

  function nextAgain(): number | undefined {
    for (const id of again) {
      again.delete(id);
      if (outbox.has(id) && !inFlight.has(id)) return id;
    }
    return undefined;
  }

  function oldestUnsent(): number | undefined {
    for (const id of outbox.waiting()) {
      if (!inFlight.has(id) && !unreceipted.has(id)) return id;
    }
    return undefined;
  }

  function send(id: number, through: Publish): void {
    if (inFlight.has(id)) return;
    const waiting = outbox.read(id);
    if (!waiting) return;
    const isStale = clock.now() - waiting.at > options.staleAfterMs;
    const body = isStale ? markHistorical(waiting.body) : waiting.body;
    if (!body) {
      outbox.discard(id);
      return;
    }
    const flight: Flight = {
      receipts: needsReceipts,
      forget: () => {},
      cancelTimeout: clock.after(ACK_TIMEOUT_MS, () => takeBack(id, flight, new Error('no acknowledgement in time'))),
    };
    inFlight.set(id, flight);
    flight.forget = through(body, (error) => {
      if (inFlight.get(id) !== flight) return;
      if (error) return takeBack(id, flight, error);
      land(id, flight);
      if (needsReceipts) unreceipted.add(id);
      else if (!flight.receipts) outbox.acknowledge(id);
      pump();
      watch();
    });
  }

  /** Looks from time to time for receipts that do not come, as long as some are to come. */
  function watch(): void {
    if (cancelWatch || unreceipted.size() === 0) return;
    cancelWatch = clock.after(LOOK_MS, () => {
      cancelWatch = undefined;
      if (publish) for (const id of unreceipted.due(newest)) again.add(id);
      pump();
      watch();
    });
  }

  function land(id: number, flight: Flight): void {
    flight.cancelTimeout();
    inFlight.delete(id);
  }

  function takeBack(id: number, flight: Flight, error: Error): void {
    land(id, flight);
    flight.forget();
    if (cancelHold) return;
    log('warn', 'a report was not acknowledged; it is sent again', { error: describeError(error) });
    cancelHold = clock.after(RETRY_PAUSE_MS, () => {
      cancelHold = undefined;
      refresh();
    });
  }

  /** Begins with the newest, which says how things stand now. */
  function refresh(): void {
    const id = newest();
    urgent = id === undefined ? [] : [id];
    pump();
  }

  function newest(): number | undefined {
    return Array.from(outbox.waiting()).at(-1);
  }

  function forgetUnreceipted(): void {
    unreceipted.clear();
    again.clear();
  }

  return {
    open(through, receipts) {
      publish = through;
      needsReceipts = receipts;
      if (!receipts) forgetUnreceipted();
      refresh();
    },
    receive({ boot, seen }) {
      outbox.acknowledgeSeen(boot, seen);
      unreceipted.settle();
      pump();
    },
    pause() {
      publish = undefined;
    },
    reset() {
      publish = undefined;
      for (const [id, flight] of inFlight) land(id, flight);
      forgetUnreceipted();
      cancelHold?.();
      cancelPace?.();
      cancelWatch?.();
      cancelHold = undefined;
      cancelPace = undefined;
      cancelWatch = undefined;
    },
    offer(id) {
      if (!publish) return;
      urgent.push(id);
      pump();
    },
  };
}

/** Undefined where it is no report: what a gateway carries was written by others. */
function markHistorical(body: Uint8Array): Uint8Array | undefined {
  try {
    const report: Record<string, unknown> = JSON.parse(Buffer.from(body).toString('utf8'));
    return Buffer.from(JSON.stringify({ ...report, historical: true }));
  } catch {
    return undefined;
  }
}
