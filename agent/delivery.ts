import type { Clock } from './clock.ts';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox/outbox.ts';

const MAX_IN_FLIGHT = 32;
const PER_SECOND = 50;
/** Longer than a collector may take for its slowest commit. */
const ACK_TIMEOUT_MS = 30_000;
const RETRY_PAUSE_MS = 5000;

/** Hands a report to the connection. `done` is called once, with an error when it did not arrive. Returns what forgets it. */
export type Publish = (body: Uint8Array, done: (error?: Error) => void) => () => void;

export interface DeliveryOptions {
  outbox: Outbox;
  clock: Clock;
  log: Log;
  /** Reports older than this are marked `historical`. */
  staleAfterMs: number;
  /** Of the backlog; a new report never waits for it. */
  perSecond?: number;
}

/** Brings what waits in the outbox to the collector. */
export interface Delivery {
  /** A collector is there, behind this connection: the newest report leaves at once, then the backlog, oldest first. */
  open(publish: Publish): void;
  /** The collector has gone; what is in flight may still be acknowledged. */
  pause(): void;
  /** The connection is gone: all that was in flight waits again. */
  reset(): void;
  /** A report has just been appended. */
  offer(id: number): void;
}

interface Flight {
  forget: () => void;
  cancelTimeout: () => void;
}

/**
 * At most 32 reports are in flight. A report leaves the outbox only when it is acknowledged; one that is not in time is
 * taken back and, after a pause, sent again: the client library does so only for a new connection.
 */
export function createDelivery({
  outbox,
  clock,
  log,
  staleAfterMs,
  perSecond = PER_SECOND,
}: DeliveryOptions): Delivery {
  const inFlight = new Map<number, Flight>();
  let urgent: number[] = [];
  let publish: Publish | undefined;
  let cancelPace: (() => void) | undefined;
  let cancelHold: (() => void) | undefined;

  function pump(): void {
    while (publish && !cancelHold && inFlight.size < MAX_IN_FLIGHT) {
      const id = urgent.shift() ?? (cancelPace ? undefined : nextOfBacklog());
      if (id === undefined) return;
      send(id, publish);
    }
  }

  /** The oldest that is not in flight; taking one starts the pause before the next. */
  function nextOfBacklog(): number | undefined {
    for (const id of outbox.waiting()) {
      if (inFlight.has(id)) continue;
      cancelPace = clock.after(1000 / perSecond, () => {
        cancelPace = undefined;
        pump();
      });
      return id;
    }
    return undefined;
  }

  function send(id: number, through: Publish): void {
    if (inFlight.has(id)) return;
    const waiting = outbox.read(id);
    if (!waiting) return;
    const isStale = clock.now() - waiting.at > staleAfterMs;
    const flight: Flight = {
      forget: () => {},
      cancelTimeout: clock.after(ACK_TIMEOUT_MS, () => takeBack(id, flight, new Error('no acknowledgement in time'))),
    };
    inFlight.set(id, flight);
    flight.forget = through(isStale ? markHistorical(waiting.body) : waiting.body, (error) => {
      if (inFlight.get(id) !== flight) return;
      if (error) return takeBack(id, flight, error);
      land(id, flight);
      outbox.acknowledge(id);
      pump();
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
    const newest = Array.from(outbox.waiting()).at(-1);
    urgent = newest === undefined ? [] : [newest];
    pump();
  }

  return {
    open(through) {
      publish = through;
      refresh();
    },
    pause() {
      publish = undefined;
    },
    reset() {
      publish = undefined;
      for (const [id, flight] of inFlight) land(id, flight);
      cancelHold?.();
      cancelPace?.();
      cancelHold = undefined;
      cancelPace = undefined;
    },
    offer(id) {
      if (!publish) return;
      urgent.push(id);
      pump();
    },
  };
}

function markHistorical(body: Uint8Array): Uint8Array {
  const report: Record<string, unknown> = JSON.parse(Buffer.from(body).toString('utf8'));
  return Buffer.from(JSON.stringify({ ...report, historical: true }));
}
