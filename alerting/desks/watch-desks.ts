import { backoffMs } from '../backoff.ts';
import type { EngineEvent } from '../engine/types.ts';
import type { AlertingStore, Desk } from '../ports.ts';
import { type EndedPolicy, type Followable, followTicket, type TicketShadow } from './follow-ticket.ts';
import { findBorne } from './our-key.ts';
import type { TicketNews } from './remote-ticket.ts';

export interface WatchSettings extends EndedPolicy {
  /** Seconds from one look at the desk to the next. */
  pollS: number;
}

export const WATCH_BY_DEFAULT: WatchSettings = { pollS: 30, whenClosed: 'reopen', closedGraceS: 120 };

export interface WatchOptions {
  store: Pick<AlertingStore, 'loadShadows' | 'saveShadow'>;
  desks: Readonly<Record<string, Desk>>;
  /** By the desk’s name; others are watched by default. */
  settings?: Readonly<Record<string, WatchSettings>>;
  incidents: {
    /** By key, single or major; undefined once it is over, or where it is another’s. */
    openIncident(key: string): Followable | undefined;
    /** Those that are open and that the desk was told of. */
    openAt(desk: string): Followable[];
  };
  /** Resolves once what follows from them is committed. */
  submit(events: readonly EngineEvent[]): Promise<void>;
  log: { warn(details: object, message: string): void };
  timeoutMs?: number;
  now?: () => number;
  random?: () => number;
  /** Runs once after `delayMs`; returns the way to call it off. */
  setTimer?: (run: () => void, delayMs: number) => () => void;
}

export interface DeskWatch {
  /** Something may have happened to the incident’s ticket: looks at it at once. Whoever says so need not be right. */
  nudge(desk: string, incident: string): void;
  /**
   * The same of what the desk told by itself. Resolves when what follows from it is committed.
   * @throws Error where it could not be followed: whoever told it tells it again.
   */
  hear(desk: string, incident: string): Promise<void>;
  /** Breaks off what is under way: whatever it would have found is found by the next. */
  stop(): Promise<void>;
}

/** One desk, and what is still to be looked at there. */
interface Post {
  name: string;
  news: TicketNews;
  settings: WatchSettings;
  /** Incidents to look at by themselves, and not before when. */
  due: Map<string, number>;
  /** By the desk’s clock. Undefined before the first poll. */
  since: number | undefined;
  nextPollAt: number;
  failures: number;
  running: Promise<void> | undefined;
  again: boolean;
  cancel: () => void;
}

/** The desk’s own second, and what it writes down late. */
const OVERLAP_MS = 5_000;
/** Pages of one poll at most: the next goes on from there. */
const PAGES = 5;
const NUDGES_KEPT = 1_000;
/** What could not be judged, because our own work is under way, is looked at again after this. */
const RECHECK_MS = 2_000;

const startTimer = (run: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/** Looks at the tickets of open incidents, and tells judgement what people did with them there. */
export async function watchDesks(options: WatchOptions): Promise<DeskWatch> {
  const { store, incidents, submit, log, timeoutMs = 10_000 } = options;
  const { now = Date.now, random = Math.random, setTimer = startTimer } = options;
  const shadows = new Map<string, { incident: string; desk: string; shadow: TicketShadow }>();
  const abort = new AbortController();
  const posts = new Map<string, Post>();

  for (const { incident, desk, shadow } of await store.loadShadows()) {
    shadows.set(nameOf(desk, incident), { incident, desk, shadow: JSON.parse(shadow) as TicketShadow });
  }
  for (const [name, { news }] of Object.entries(options.desks)) {
    if (!news) continue;
    const settings = options.settings?.[name] ?? WATCH_BY_DEFAULT;
    const post: Post = {
      ...{ name, news, settings, due: new Map(), since: undefined, failures: 0, again: false, running: undefined },
      nextPollAt: now() + random() * settings.pollS * 1_000,
      cancel: () => {},
    };
    for (const { incident, desk, shadow } of shadows.values()) {
      if (desk === name && shadow.endedAt !== undefined && !shadow.isLeft) post.due.set(incident, now());
    }
    posts.set(name, post);
    plan(post);
  }

  function plan(post: Post): void {
    post.cancel();
    if (abort.signal.aborted) return;
    const at = post.failures > 0 ? post.nextPollAt : Math.min(post.nextPollAt, ...post.due.values());
    post.cancel = setTimer(() => run(post), Math.max(0, at - now()));
  }

  function run(post: Post): void {
    if (abort.signal.aborted) return;
    post.again = true;
    post.running ??= (async () => {
      while (post.again && !abort.signal.aborted) {
        post.again = false;
        await turn(post);
      }
      post.running = undefined;
      plan(post);
    })();
  }

  async function turn(post: Post): Promise<void> {
    const isPoll = now() >= post.nextPollAt;
    try {
      if (isPoll) await poll(post);
      for (const [incident, at] of [...post.due]) {
        if (at > now()) continue;
        await lookAt(post, incident);
      }
      post.failures = 0;
      if (isPoll) post.nextPollAt = now() + post.settings.pollS * (750 + 500 * random());
    } catch (error) {
      if (abort.signal.aborted) return;
      if (post.failures === 0) log.warn({ err: error, desk: post.name }, 'a desk does not say what is new there');
      const baseMs = post.settings.pollS * 1_000;
      post.nextPollAt = now() + baseMs / 2 + backoffMs(post.failures++, random, { baseMs, capMs: 10 * baseMs });
    }
  }

  /** Marks the tickets that have changed since the last time; none is asked for while none of ours is open. */
  async function poll(post: Post): Promise<void> {
    const open = incidents.openAt(post.name);
    await forgetEnded(post.name);
    if (open.length === 0) {
      post.since = undefined;
      return;
    }
    const keys = open.map(({ key }) => key);
    let since = post.since ?? Math.min(...open.map(({ openedAt }) => openedAt)) - OVERLAP_MS;
    for (let page = 0; page < PAGES; page++) {
      const from = since;
      const changed = await within((signal) => post.news.changedSince(from, signal));
      for (const { key, changedAt } of changed) {
        since = Math.max(since, changedAt);
        if (key === undefined) continue;
        const ours = incidents.openIncident(key) ? key : findBorne(key, keys);
        if (ours !== undefined) post.due.set(ours, Math.min(now(), post.due.get(ours) ?? now()));
      }
      if (since === from) break;
    }
    post.since = since - OVERLAP_MS;
  }

  async function lookAt(post: Post, incident: string): Promise<void> {
    const asked = incidents.openIncident(incident);
    if (!asked) {
      post.due.delete(incident);
      return;
    }
    const found = await within((signal) => post.news.find(incident, signal));
    const ours = found.filter(({ key }) => key === incident);
    // Several are the outbox’s to report.
    const [ticket] = ours;
    if (!ticket || ours.length > 1) {
      post.due.delete(incident);
      return;
    }
    const comments = await within((signal) => post.news.comments(ticket, signal));
    const view = incidents.openIncident(incident);
    if (!view || abort.signal.aborted) return;
    // What a desk tells by itself is what people did, whatever else is under way to it.
    const isTold = ticket.changedAt !== undefined;
    const isWaiting = [asked, view].some(({ ticketState }) => ticketState === 'waiting');
    const isSettled = (isTold || !isWaiting) && asked.state === view.state;
    const name = nameOf(post.name, incident);
    const known = shadows.get(name)?.shadow;
    const { settings: policy } = post;
    const followed = followTicket({
      ...{ desk: post.name, shadow: known, ticket, comments, view, isSettled, policy, now: now() },
    });
    if (followed.events.length > 0) await submit(followed.events);
    const kept = JSON.stringify(followed.shadow);
    if (kept !== JSON.stringify(known)) await store.saveShadow(incident, post.name, kept);
    shadows.set(name, { incident, desk: post.name, shadow: followed.shadow });
    const againAt = isSettled ? followed.againAt : now() + RECHECK_MS;
    if (againAt === undefined) post.due.delete(incident);
    else post.due.set(incident, againAt);
    post.again ||= againAt !== undefined && againAt <= now();
  }

  async function forgetEnded(desk: string): Promise<void> {
    for (const [name, { incident, desk: at }] of shadows) {
      if (at !== desk || incidents.openIncident(incident)) continue;
      await store.saveShadow(incident, desk, undefined);
      shadows.delete(name);
    }
  }

  async function within<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const limit = new AbortController();
    const end = () => limit.abort();
    const cancel = setTimer(end, timeoutMs);
    abort.signal.addEventListener('abort', end, { once: true });
    const late = new Promise<never>((_, reject) => {
      limit.signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    });
    try {
      if (abort.signal.aborted) end();
      return await Promise.race([ask(limit.signal), late]);
    } finally {
      cancel();
      abort.signal.removeEventListener('abort', end);
    }
  }

  return {
    nudge(desk, incident) {
      const post = posts.get(desk);
      if (!post || post.due.size >= NUDGES_KEPT || !incidents.openIncident(incident)) return;
      post.due.set(incident, now());
      // A desk that is away is not asked more often for being nudged.
      if (post.failures === 0) run(post);
    },
    async hear(desk, incident) {
      const post = posts.get(desk);
      if (!post || !incidents.openIncident(incident)) return;
      post.due.set(incident, now());
      run(post);
      await post.running;
      if (post.failures > 0 || (post.due.get(incident) ?? now() + 1) <= now()) {
        throw new Error(`what ${desk} told could not be followed`);
      }
    },
    async stop() {
      abort.abort();
      for (const post of posts.values()) post.cancel();
      await Promise.all(Array.from(posts.values(), ({ running }) => running));
    },
  };
}

/** A desk’s name has no space in it. */
const nameOf = (desk: string, incident: string): string => `${desk} ${incident}`;
