import type { ChangedTicket } from './remote-ticket.ts';

/** Those that changed from `from` to `until`, ms since 1970, both seconds among them; at least `most + 1` where there are more. */
export type ChangesWithin = (from: number, until: number) => Promise<readonly ChangedTicket[]>;

/**
 * The changes since, the oldest first, of a desk that lists them in an order of its own: where there are too many, the older
 * part of the time is asked for, until all of it is told. What one second has beyond `most` is left out.
 */
export async function oldestChanges(since: number, most: number, within: ChangesWithin): Promise<ChangedTicket[]> {
  const from = Math.floor(since / 1000) * 1000;
  let told: ChangedTicket[] = [];
  for (let until = Number.POSITIVE_INFINITY; until >= from; ) {
    const found = (await within(from, until))
      .filter(({ changedAt }) => changedAt >= from && changedAt <= until)
      .sort((a, b) => a.changedAt - b.changedAt);
    if (found.length > 0) told = found;
    const middle = found[found.length >> 1];
    if (middle === undefined || found.length <= most) break;
    until = Math.min(middle.changedAt, until - 1000);
  }
  return told.slice(0, most);
}
