import { createHash } from 'node:crypto';
import type { ItopRow } from './itop-answer.ts';
import type { RemoteComment } from './remote-ticket.ts';
import { instantOfWall } from './wall-time.ts';

export const ITOP_LOGS = ['private_log', 'public_log'] as const;

interface LogEntry {
  date?: string;
  user_login?: string;
  message?: string;
}

export const bearsNote = (row: ItopRow, mark: string): boolean =>
  ITOP_LOGS.some((log) => entriesOf(row, log).some(({ message }) => message?.includes(`[${mark}]`)));

/** What was written to both logs, the oldest first. */
export const commentsOf = (row: ItopRow, timeZone: string): RemoteComment[] =>
  ITOP_LOGS.flatMap((log) => commentsIn(entriesOf(row, log), log, timeZone)).sort((a, b) => a.at - b.at);

/** The oldest first, as iTop tells them. What was in a log before it was one has neither author nor time, and is left out. */
function entriesOf(row: ItopRow, log: string): LogEntry[] {
  const { entries } = (row[log] ?? {}) as { entries?: unknown };
  return Array.isArray(entries) ? (entries as LogEntry[]).filter((entry) => entry?.date) : [];
}

/** Entries have no names of their own: what is said, when and by whom makes one, and its place among its like. */
function commentsIn(entries: readonly LogEntry[], log: string, timeZone: string): RemoteComment[] {
  const likes = new Map<string, number>();
  return entries.map(({ date, user_login = '', message = '' }) => {
    const said = createHash('sha256').update(`${date} ${user_login} ${message}`).digest('hex').slice(0, 24);
    const place = (likes.get(said) ?? 0) + 1;
    likes.set(said, place);
    return { id: `${log}-${said}-${place}`, by: user_login, at: instantOfWall(date, timeZone), text: message };
  });
}
