import { backoffMs } from './backoff.ts';
import { afterFailure, type Breaker, stepped, WELL } from './breaker.ts';
import type { DeskManners, Outbox, OutboxOptions } from './outbox-options.ts';
import type { Delivery, Desk, TicketWork } from './ports.ts';
import { changeOf, doneReason, type TicketChange } from './ticket-change.ts';

export type { DeskManners, Outbox, OutboxOptions } from './outbox-options.ts';
export type { TicketChange } from './ticket-change.ts';

/** What is under way at one desk. */
interface Lane {
  name: string;
  desk: Desk;
  manners: DeskManners;
  busy: Set<string>;
  breaker: Breaker;
  /** The desk asked to be left alone until then. */
  heldUntil: number;
}

/** Work that cannot be started yet is looked at again after this long, and so is a store that failed. */
const RECHECK_MS = 1_000;
const MAX_TIMER_MS = 3_600_000;
/** Nothing waits longer by our own decision; a desk that asked for more says so again. */
const LONGEST_PAUSE_MS = 300_000;
const FIRST_LOOK = 64;
/** Passed on in one transaction at most. */
const PASSED_AT_ONCE = 100;

const startTimer = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/**
 * Carries ticket work from the store to the desks: in order for each incident and desk, several incidents at a time,
 * again and again with growing pauses until the desk took it, refused it, or a day has gone by. A desk that fails whatever it is
 * asked is left alone, but for one piece of work at a time. What was over before the desk could know of it is not told.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, onTicket, log, parallel = 4, timeoutMs = 10_000, giveUpAfterMs = 24 * 3_600_000 } = options;
  const { retry = {}, now = Date.now, random = Math.random, setTimer = startTimer } = options;
  const { manners = {}, onDesk = () => {} } = options;
  const createLane = (name: string, desk: Desk): Lane => ({
    name,
    desk,
    manners: manners[name] ?? {},
    busy: new Set(),
    breaker: WELL,
    heldUntil: 0,
  });
  const lanes = new Map(Object.entries(options.desks).map(([name, desk]) => [name, createLane(name, desk)]));
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
      const overdueAt = await passOn(now());
      await startDue(now());
      const dueAt = await store.nextTicketWorkAt();
      const next = Math.min(dueAt ?? Number.POSITIVE_INFINITY, overdueAt);
      // Work under way or held back counts as due and hides the time of what comes after it: then look again soon.
      delayMs =
        next === Number.POSITIVE_INFINITY
          ? undefined
          : next > now()
            ? Math.min(next - now(), MAX_TIMER_MS)
            : RECHECK_MS;
    } catch (error) {
      log.error({ err: error }, 'ticket work could not be read');
    }
    if (delayMs !== undefined && !stopped) cancelTimer = setTimer(wake, delayMs);
  }

  /** Has other desks told of what has waited too long; gives when there is more to be passed on. */
  async function passOn(at: number): Promise<number> {
    let next = Number.POSITIVE_INFINITY;
    for (const { name, manners } of lanes.values()) {
      if (!manners.fallback) continue;
      const { desk: to, afterS } = manners.fallback;
      const overdue = { desk: name, to, waitingSince: at - afterS * 1_000, limit: PASSED_AT_ONCE };
      const entry = { at, reason: { code: 'ticket.passed-on', params: { desk: name, to } } } as const;
      const { passed, waitingSince } = await store.passOnTicketWork(overdue, entry);
      if (passed > 0) log.warn({ desk: name, to, passed }, 'a desk is told in the place of another');
      if (passed === PASSED_AT_ONCE) again = true;
      if (waitingSince !== undefined) next = Math.min(next, waitingSince + afterS * 1_000);
    }
    return next;
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
        if (canTake(lane, at) && !lane.busy.has(work.incident)) begin(lane, work);
      }
      if (due.length < limit) return;
    }
  }

  function canTake({ busy, heldUntil, breaker: { away } }: Lane, at: number): boolean {
    if (heldUntil > at) return false;
    return away ? away.until <= at && busy.size === 0 : busy.size < parallel;
  }

  function laneOf(name: string): Lane {
    let lane = lanes.get(name);
    if (!lane) {
      lane = createLane(name, { deliver: async () => ({ outcome: 'retry', error: `no desk is called ${name}` }) });
      lanes.set(name, lane);
    }
    return lane;
  }

  function begin(lane: Lane, work: TicketWork): void {
    lane.busy.add(work.incident);
    const abort = new AbortController();
    const run = (isNeedless(lane, work) ? leaveUntold(lane, work) : deliver(lane, work, abort))
      .catch((error) => {
        log.error({ err: error, incident: work.incident, desk: work.desk }, 'ticket work could not be begun');
        lane.busy.delete(work.incident);
      })
      .finally(() => underWay.delete(abort));
    underWay.set(abort, run);
  }

  /** All was over before the desk can have heard of it, or the desk has no ticket that could be told more. */
  const isNeedless = ({ manners }: Lane, { action, tried, healed, unopened }: TicketWork): boolean =>
    action === 'open' ? healed === true && !tried && !manners.tellHealed : unopened === true;

  async function leaveUntold(lane: Lane, work: TicketWork): Promise<void> {
    const change = await drop(work);
    release(lane, work, change);
  }

  /** Undefined where it has to be told after all: what it is about came back meanwhile. */
  async function drop(work: TicketWork): Promise<TicketChange | undefined> {
    const entry = { at: now(), reason: { code: 'ticket.not-needed', params: { desk: work.desk } } } as const;
    const ticketState = await store.ticketWorkNeedless(work.id, entry);
    triedSince.delete(work.id);
    return ticketState && changeOf(work, undefined, ticketState, entry);
  }

  async function deliver(lane: Lane, work: TicketWork, abort: AbortController): Promise<void> {
    if (work.attempts === 0) triedSince.set(work.id, now());
    // Also where we are killed in the middle of it, it is known that the desk may have it.
    if (work.action === 'open' && !work.tried) await store.ticketWorkTried(work.id, now());
    if (stopped) return;
    const { healed, ...rest } = work;
    const delivery = await attempt(lane.desk, lane.manners.tellHealed ? rest : work, abort);
    if (stopped) return;
    note(lane, work, delivery);
    await finish(lane, work, delivery);
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
    release(lane, work, change);
  }

  function release(lane: Lane, work: TicketWork, change: TicketChange | undefined): void {
    finished++;
    lane.busy.delete(work.incident);
    wake();
    if (change) onTicket(change);
  }

  function note(lane: Lane, work: TicketWork, delivery: Delivery): void {
    const wasAway = lane.breaker.away !== undefined;
    lane.breaker = delivery.outcome === 'retry' ? afterFailure(lane.breaker, work.incident, now(), random) : WELL;
    const isAway = lane.breaker.away !== undefined;
    if (isAway === wasAway) return;
    const error = delivery.outcome === 'retry' ? delivery.error : undefined;
    log.warn({ desk: lane.name, error }, isAway ? 'a desk cannot be reached' : 'a desk can be reached again');
    onDesk(lane.name, error);
  }

  async function settle(lane: Lane, work: TicketWork, delivery: Delivery): Promise<TicketChange | undefined> {
    const at = now();
    if (delivery.outcome === 'done') {
      // What answers an update may name anything, a comment for instance; the ticket's name comes from its opening.
      const { replaces } = delivery;
      const isNamed = work.action === 'open' || replaces !== undefined;
      const ticket = isNamed ? delivery.ticket : (work.ticket ?? delivery.ticket);
      const entry = { at, reason: doneReason(work, ticket) };
      await store.ticketWorkDone(work.id, ticket, entry);
      triedSince.delete(work.id);
      const change = changeOf(work, ticket, work.action === 'resolve' ? 'resolved' : 'open', entry);
      return replaces === undefined ? change : { ...change, replaces };
    }
    if (delivery.outcome === 'skipped') return drop(work);
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
    // Where it is the desk that fails, the pause is the desk's: the work keeps its place.
    const pauseUntil = lane.breaker.away?.until ?? at + backoffMs(work.attempts, random, retry);
    const notBefore = Math.max(at + askedMs, pauseUntil);
    await store.ticketWorkFailed(work.id, delivery.error, notBefore);
    if (askedMs > 0) lane.heldUntil = at + askedMs;
    if (work.attempts === 0) {
      log.warn({ incident: work.incident, desk: work.desk, error: delivery.error }, 'a desk did not take ticket work');
    }
    return undefined;
  }

  function clockStepped(byMs: number): void {
    for (const lane of lanes.values()) {
      lane.heldUntil += byMs;
      lane.breaker = stepped(lane.breaker, byMs);
    }
    for (const [id, since] of triedSince) triedSince.set(id, since + byMs);
    mayBeFar ||= byMs < 0;
    wake();
  }

  async function stop(): Promise<void> {
    stopped = true;
    cancelTimer();
    for (const cancel of settling) cancel();
    for (const abort of underWay.keys()) abort.abort();
    // Whoever takes its work over finds out anew.
    for (const { desk } of away()) onDesk(desk, undefined);
    await Promise.all([...underWay.values(), looking]);
  }

  const away = () =>
    [...lanes.values()].flatMap(({ name, breaker }) =>
      breaker.away ? [{ desk: name, since: breaker.away.since }] : [],
    );

  return { wake, clockStepped, away, stop };
}
