import type { ToldNews } from './ear.ts';
import type { RemoteComment, RemoteTicket, TicketNews } from './remote-ticket.ts';

interface Known {
  ticket: RemoteTicket;
  comments: RemoteComment[];
}

/** More incidents than are open at a time; the oldest news is forgotten first, having been followed long ago. */
const MOST_TICKETS = 5_000;
const MOST_COMMENTS = 100;

/**
 * What a desk has told of its tickets by itself, for a desk that cannot be asked: its latest word on each. An older word that
 * comes later changes nothing, the same word twice neither. What is forgotten with a restart has been followed before: the
 * sender was answered after it.
 */
export class PushedNews implements TicketNews {
  readonly #known = new Map<string, Known>();
  readonly #borne: (key: string) => string;

  /** @param borne an incident’s key as the desk bears it. */
  constructor(borne = (key: string): string => key) {
    this.#borne = borne;
  }

  /** `now`: milliseconds since 1970, for news that bears no time. */
  take({ key, at = 0, status, ticket: number, assignee, comment }: ToldNews, now: number): void {
    const { ticket, comments } = this.#known.get(key) ?? { ticket: undefined, comments: [] };
    const changedAt = at || now;
    const isNewer = (ticket?.changedAt ?? 0) <= changedAt;
    const before: RemoteTicket = ticket ?? { id: key, number: number ?? key, key, status: status ?? 'new', changedAt };
    const { assignee: had, ...rest } = before;
    const who = assignee === undefined ? had : (assignee ?? undefined);
    const after: RemoteTicket = {
      ...rest,
      changedAt,
      ...(number !== undefined && { number }),
      ...(status && { status }),
      ...(who !== undefined && { assignee: who }),
    };
    const isSaid = comment && !comments.some(({ id }) => id === comment.id);
    const said = isSaid ? [...comments, { ...comment, at: changedAt }].sort((a, b) => a.at - b.at) : comments;
    this.#known.delete(key);
    this.#known.set(key, { ticket: isNewer ? after : before, comments: said.slice(-MOST_COMMENTS) });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_TICKETS) break;
      this.#known.delete(oldest);
    }
  }

  async find(key: string): Promise<RemoteTicket[]> {
    const known = this.#known.get(this.#borne(key));
    return known ? [{ ...known.ticket, key }] : [];
  }

  /** What changes is told. */
  async changedSince(): Promise<[]> {
    return [];
  }

  async comments({ id }: RemoteTicket): Promise<RemoteComment[]> {
    return this.#known.get(id)?.comments ?? [];
  }
}
