import { isIP } from 'node:net';
import { ADMISSION_REASONS, type AdmissionReason } from '../../protocol/enrolment.ts';

/** Once somebody was refused and is refused again, it is told this often. */
const TELL_EVERY_MS = 60_000;
const REMEMBERED = 1_000;

export interface Refusals {
  /**
   * @param source who it was, as far as is known: a device, an address.
   * @param from what tells it from others: the address, for whoever has proven nothing and says any name.
   */
  note(source: string, reason: AdmissionReason, from?: string): void;
  /** Since the start, by reason. */
  counts(): ReadonlyMap<AdmissionReason, number>;
}

/**
 * Who was not let in. A till that tries again every few seconds would fill the record with itself: every refusal is
 * counted, and one a minute is told for the same one and reason, with how many there were in between.
 */
export function createRefusals(
  tell: (source: string, reason: AdmissionReason, before: number) => void,
  now: () => number,
): Refusals {
  const counts = new Map<AdmissionReason, number>(ADMISSION_REASONS.map((reason) => [reason, 0]));
  const told = new Map<string, { at: number; since: number }>();
  return {
    note(source, reason, from = source) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      const key = `${reason} ${networkOf(from)}`;
      const last = told.get(key);
      if (last && now() - last.at < TELL_EVERY_MS) {
        last.since += 1;
        return;
      }
      // The one told longest ago goes.
      told.delete(key);
      const [oldest] = told.keys();
      if (told.size >= REMEMBERED && oldest !== undefined) told.delete(oldest);
      told.set(key, { at: now(), since: 0 });
      tell(source, reason, last?.since ?? 0);
    },
    counts: () => counts,
  };
}

/** An IPv6 host has 2^64 addresses: what stands for it is its network. Anything else is itself. */
function networkOf(from: string): string {
  if (isIP(from) !== 6 || from.includes('.')) return from;
  const [head = '', tail] = (from.split('%', 1)[0] ?? '').split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail ?? '')].slice(0, 4).join(':');
}
