import { ADMISSION_REASONS, type AdmissionReason } from '../../protocol/enrolment.ts';

/** Once somebody was refused and is refused again, it is told this often. */
const TELL_EVERY_MS = 60_000;
const REMEMBERED = 1_000;

export interface Refusals {
  /** @param source who it was, as far as is known: a device, an address. */
  note(source: string, reason: AdmissionReason): void;
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
    note(source, reason) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      const key = `${reason} ${source}`;
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
