import type { Locale } from '../../protocol/inventory.ts';
import type { StoreKey } from '../../protocol/names.ts';
import type { IncidentView } from '../../protocol/views.ts';
import type { Bulletin, Desk } from '../ports.ts';
import { composeDigest } from '../tickets/digest.ts';
import type { TicketContext } from '../tickets/ticket-context.ts';

/** What digests need of the store. */
export interface DigestSource {
  /** Incidents that are open, or were resolved since (ms since 1970). */
  incidents(since: number): Promise<IncidentView[]>;
  /** Up to when the desk was told, ms since 1970. */
  toldUntil(desk: string): Promise<number | undefined>;
  told(desk: string, until: number): Promise<void>;
}

export interface DigestOptions extends Pick<TicketContext, 'timeZoneOf' | 'publicUrl'> {
  /** Those that take a digest are told; the others are left alone. */
  desks: Readonly<Record<string, Desk>>;
  source: DigestSource;
  localeOf: (store: StoreKey) => Locale;
  onTrouble: (desk: string, error: Error | undefined) => void;
  timeoutMs?: number;
}

/** After a longer absence of ours, what is older is on the pages only. */
const LOOKED_BACK_MS = 3 * 86_400_000;

/** The desks that can be sent a digest. */
export const takersOf = (desks: Readonly<Record<string, Desk>>): string[] =>
  Object.entries(desks).flatMap(([name, { announce }]) => (announce ? [name] : []));

/**
 * Sends what is due of digests at `now` (ms since 1970): once for each incident and desk. A digest whose sending is not known to
 * have succeeded is sent again, under the same id, at the next call.
 */
export async function sendDigests(options: DigestOptions, now: number): Promise<void> {
  const takers = takersOf(options.desks);
  if (takers.length === 0) return;
  const { source } = options;
  const incidents = await source.incidents(now - LOOKED_BACK_MS);
  for (const desk of takers) {
    const toldUntil = (await source.toldUntil(desk)) ?? 0;
    const due = incidents.filter(
      ({ digest }) => digest?.desks.includes(desk) && digest.at > toldUntil && digest.at <= now,
    );
    if (due.length === 0) continue;
    const error = await sendAll(options, desk, due);
    options.onTrouble(desk, error);
    if (!error) await source.told(desk, now);
  }
}

/** One for each language its stores are told in. */
async function sendAll(
  { desks, localeOf, timeoutMs = 10_000, ...context }: DigestOptions,
  desk: string,
  due: readonly IncidentView[],
): Promise<Error | undefined> {
  for (const [locale, incidents] of Map.groupBy(due, ({ store }) => localeOf(store))) {
    const error = await send(desks[desk], composeDigest(incidents, desk, locale, context), timeoutMs);
    if (error !== undefined) return new Error(error);
  }
  return undefined;
}

async function send(desk: Desk | undefined, bulletin: Bulletin, timeoutMs: number): Promise<string | undefined> {
  try {
    const delivery = await desk?.announce?.(bulletin, AbortSignal.timeout(timeoutMs));
    return delivery && 'error' in delivery ? delivery.error : undefined;
  } catch (error) {
    // The message is left out: it may quote what the connector was configured with.
    return `connector failed (${error instanceof Error ? error.name : 'unknown'})`;
  }
}
