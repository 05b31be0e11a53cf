import type { RetryPolicy } from './backoff.ts';
import type { AlertingStore, Desk } from './ports.ts';
import type { TicketChange } from './ticket-change.ts';

/** How a desk wants to be treated on bad days. */
export interface DeskManners {
  /** Also told of what was over before it could be told. */
  tellHealed?: boolean;
  /** Another desk that is told in its place of what has waited for this long, in seconds. */
  fallback?: { desk: string; afterS: number };
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
    | 'ticketWorkTried'
    | 'ticketWorkNeedless'
    | 'passOnTicketWork'
  >;
  /** By the name ticket work calls them. */
  desks: Readonly<Record<string, Desk>>;
  manners?: Readonly<Record<string, DeskManners>>;
  /** A desk cannot be reached and is left alone for a while, for the reason given; `undefined`: it can be again. */
  onDesk?: (desk: string, error: string | undefined) => void;
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
  /** Desks that are left alone, and since when, ms since 1970. */
  away(): { desk: string; since: number }[];
  /** Starts nothing more and breaks off what is under way: it stays in the store and is delivered again, under the same key. */
  stop(): Promise<void>;
}
