import type { StoreKey } from '../protocol/names.ts';
import type { Reason } from '../protocol/reasons.ts';
import type { IncidentView, TimelineEntry } from '../protocol/views.ts';
import { backoffMs, type RetryPolicy } from './backoff.ts';
import type { AlertingStore, Delivery, Desk, TicketAction, TicketWork } from './ports.ts';

/** What became of an incident's ticket, once it is in the store. */
export interface TicketChange {
  /** The incident's key, and its store; a major one has none. */
  incident: string;
  store?: StoreKey;
  desk: string;
  action: TicketAction;
  ticket?: string;
  ticketState: Exclude<IncidentView['ticketState'], 'none' | 'waiting'>;
  /** As it was added to the incident's timeline. */
  entry: TimelineEntry;
}

export interface OutboxOptions {
  store: Pick<
    AlertingStore,
    | 'dueTicketWork'
    | 'nextTicketWorkAt'
    | 'ticketWorkDone'
    | 'ticketWorkFailed'
    | 'ticketWorkNoLaterThan'
    | 'ticketWorkDead'
  >;
  /** By the name ticket work calls them. */
  desks: Readonly<Record<string, Desk>>;
  onTicket: (change: TicketChange) => void;
  log: { warn(details: object, message: string): void; error(details: object, message: string): void };
  /** Deliveries under way at one desk at most. */
  parallel?: number;
  timeoutMs?: number;
  retry?: RetryPolicy;
  /** How long work is tried before it is set aside for a person. */
  giveUpAfterMs?: number;
  now?: () => number;
  random?: () => number;
  /** Runs once after `delayMs`; returns the way to call it off. */
  setTimer?: (run: () => void, delayMs: number) => () => void;
}

export interface Outbox {
  /** Looks for due work now. Cheap; to be called after every commit that made some, and once at the start. */
  wake(): void;
  /** The clock was set by so much: pauses go on as if it had not been. */
  clockStepped(byMs: number): void;
  /** Starts nothing more and breaks off what is under way: it stays in the store and is delivered again, under the same key. */
  stop(): Promise<void>;
}

/** What is under way at one desk. */
interface Lane {
  desk: Desk;
  busy: Set<string>;
  /** The desk asked to be left alone until then. */
  heldUntil: number;
}

/** Work that cannot be started yet is looked at again after this long, and so is a store that failed. */
const RECHECK_MS = 1_000;
const MAX_TIMER_MS = 3_600_000;
/** Nothing waits longer by our own decision; a desk that asked for more says so again. */
const LONGEST_PAUSE_MS = 300_000;
const FIRST_LOOK = 64;

const startTimer = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/**
 * Carries ticket work from the store to the desks: in order for each incident and desk, several incidents at a time,
 * again and again with growing pauses until the desk took it, refused it, or a day has gone by.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, onTicket, log, parallel = 4, timeoutMs = 10_000, giveUpAfterMs = 24 * 3_600_000 } = options;
  const { retry = {}, now = Date.now, random = Math.random, setTimer = startTimer } = options;
  const lanes = new Map(Object.entries(options.desks).map(([name, desk]) => [name, createLane(desk)]));
  const triedSince = new Map<number, number>();
  const underWay = new Map<AbortController, Promise<void>>();
  const settling = new Set<() => void>();
  let cancelTimer = () => {};
  /** Pauses in the store may have been told by a clock that is set back now, at our start as well. */
  let mayBeFar = true;
  /** Deliveries whose outcome is in the store. */
  let finished = 0;
  /** Looking under way, and whether to look once more after it. */
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  function wake(): void {
    if (stopped) return;
    again = true;
    looking ??= Promise.resolve().then(async () => {
      while (again && !stopped) {
        again = false;
        await look();
      }
      looking = undefined;
    });
  }

  async function look(): Promise<void> {
    cancelTimer();
    let delayMs: number | undefined = RECHECK_MS;
    try {
      if (mayBeFar) await store.ticketWorkNoLaterThan(now() + LONGEST_PAUSE_MS);
      mayBeFar = false;
      await startDue(now());
      const next = await store.nextTicketWorkAt();
      // Work under way or held back counts as due and hides the time of what comes after it: then look again soon.
      delayMs = next === undefined ? undefined : next > now() ? Math.min(next - now(), MAX_TIMER_MS) : RECHECK_MS;
    } catch (error) {
      log.error({ err: error }, 'ticket work could not be read');
    }
    if (delayMs !== undefined && !stopped) cancelTimer = setTimer(wake, delayMs);
  }

  /** A desk that hangs must not hide the others' work behind its own: reads on while some desk could take more. */
  async function startDue(at: number): Promise<void> {
    const someCanTake = () => lanes.size === 0 || [...lanes.values()].some((lane) => canTake(lane, at));
    for (let limit = FIRST_LOOK; someCanTake(); limit *= 4) {
      const done = finished;
      const due = await store.dueTicketWork(at, limit);
      // What ended while we were reading may be among it still.
      if (stopped || done !== finished) return;
      for (const work of due) {
        const lane = laneOf(work.desk);
        if (canTake(lane, at) && !lane.busy.has(work.incident)) start(lane, work);
      }
      if (due.length < limit) return;
    }
  }

  const canTake = (lane: Lane, at: number): boolean => lane.busy.size < parallel && lane.heldUntil <= at;

  function laneOf(name: string): Lane {
    let lane = lanes.get(name);
    if (!lane) {
      lane = createLane({ deliver: async () => ({ outcome: 'retry', error: `no desk is called ${name}` }) });
      lanes.set(name, lane);
    }
    return lane;
  }

  function start(lane: Lane, work: TicketWork): void {
    lane.busy.add(work.incident);
    if (work.attempts === 0) triedSince.set(work.id, now());
    const abort = new AbortController();
    const run = attempt(lane.desk, work, abort)
      .then((delivery) => (stopped ? undefined : finish(lane, work, delivery)))
      .finally(() => underWay.delete(abort));
    underWay.set(abort, run);
  }

  async function attempt(desk: Desk, work: TicketWork, abort: AbortController): Promise<Delivery> {
    const cancel = setTimer(() => abort.abort(), timeoutMs);
    const late = new Promise<Delivery>((resolve) => {
      abort.signal.addEventListener('abort', () => resolve({ outcome: 'retry', error: 'no answer in time' }));
    });
    try {
      return await Promise.race([desk.deliver(work, abort.signal), late]);
    } catch (error) {
      // The message is left out: it may quote what the connector was configured with.
      return { outcome: 'retry', error: `connector failed (${error instanceof Error ? error.name : 'unknown'})` };
    } finally {
      cancel();
    }
  }

  /** The incident stays taken until its outcome is in the store: a desk is never asked twice for want of disk space. */
  async function finish(lane: Lane, work: TicketWork, delivery: Delivery): Promise<void> {
    let change: TicketChange | undefined;
    try {
      change = await settle(lane, work, delivery);
    } catch (error) {
      log.error(
        { err: error, incident: work.incident, desk: work.desk },
        'the outcome of a delivery could not be stored',
      );
      if (stopped) return;
      const cancel = setTimer(() => {
        settling.delete(cancel);
        void finish(lane, work, delivery);
      }, RECHECK_MS);
      settling.add(cancel);
      return;
    }
    finished++;
    lane.busy.delete(work.incident);
    wake();
    if (change) onTicket(change);
  }

  async function settle(lane: Lane, work: TicketWork, delivery: Delivery): Promise<TicketChange | undefined> {
    const at = now();
    if (delivery.outcome === 'done') {
      // What answers an update may name anything, a comment for instance; the ticket's name comes from its opening.
      const ticket = work.action === 'open' ? delivery.ticket : (work.ticket ?? delivery.ticket);
      const entry = { at, reason: doneReason(work, ticket) };
      await store.ticketWorkDone(work.id, ticket, entry);
      triedSince.delete(work.id);
      return changeOf(work, ticket, work.action === 'resolve' ? 'resolved' : 'open', entry);
    }
    const since = triedSince.get(work.id) ?? work.at;
    if (delivery.outcome === 'refused' || at - since >= giveUpAfterMs) {
      const { error } = delivery;
      const entry = { at, reason: { code: 'ticket.failed', params: { desk: work.desk, error } } } as const;
      await store.ticketWorkDead(work.id, error, entry);
      triedSince.delete(work.id);
      log.error({ incident: work.incident, desk: work.desk, action: work.action, error }, 'ticket work was set aside');
      return changeOf(work, work.ticket, 'failed', entry);
    }
    const askedMs = (delivery.retryAfterS ?? 0) * 1_000;
    const notBefore = at + Math.max(askedMs, backoffMs(work.attempts, random, retry));
    await store.ticketWorkFailed(work.id, delivery.error, notBefore);
    if (askedMs > 0) lane.heldUntil = at + askedMs;
    if (work.attempts === 0) {
      log.warn({ incident: work.incident, desk: work.desk, error: delivery.error }, 'a desk did not take ticket work');
    }
    return undefined;
  }

  function clockStepped(byMs: number): void {
    for (const lane of lanes.values()) lane.heldUntil += byMs;
    for (const [id, since] of triedSince) triedSince.set(id, since + byMs);
    mayBeFar ||= byMs < 0;
    wake();
  }

  async function stop(): Promise<void> {
    stopped = true;
    cancelTimer();
    for (const cancel of settling) cancel();
    for (const abort of underWay.keys()) abort.abort();
    await Promise.all([...underWay.values(), looking]);
  }

  return { wake, clockStepped, stop };
}

const createLane = (desk: Desk): Lane => ({ desk, busy: new Set(), heldUntil: 0 });

function doneReason({ action, desk }: TicketWork, ticket: string | undefined): Reason {
  if (action === 'open') return { code: 'ticket.opened', params: { desk, ...(ticket !== undefined && { ticket }) } };
  return { code: action === 'update' ? 'ticket.updated' : 'ticket.resolved', params: { desk } };
}

const changeOf = (
  { incident, desk, action, view }: TicketWork,
  ticket: string | undefined,
  ticketState: TicketChange['ticketState'],
  entry: TimelineEntry,
): TicketChange => ({
  incident,
  ...('store' in view && { store: view.store }),
  desk,
  action,
  ticketState,
  entry,
  ...(ticket !== undefined && { ticket }),
});
