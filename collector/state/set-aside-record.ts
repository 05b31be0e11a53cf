import type { SetAside } from '../ports.ts';

/** Refused messages that are kept for people to look at; the counts go on for ever. */
export const SAMPLES_KEPT = 1_000;
const SAMPLE_BYTES = 512;
/** A topic can be 64 KB of anything. */
const TEXT_LENGTH = 512;
const WORD_LENGTH = 64;

/**
 * What to keep of these messages, cut to size, and how many there were of each reason: of its word before the first `:`, for
 * what follows it quotes the message, and anybody can think of another one.
 */
export function bounded(entries: readonly SetAside[]): { kept: SetAside[]; counts: Map<string, number> } {
  const kept = entries.slice(-SAMPLES_KEPT).map(({ at, source, reason, sample }) => ({
    at,
    source: source.slice(0, TEXT_LENGTH),
    reason: reason.slice(0, TEXT_LENGTH),
    sample: sample.subarray(0, SAMPLE_BYTES),
  }));
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const reason = (entry.reason.split(':', 1)[0] ?? '').slice(0, WORD_LENGTH);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return { kept, counts };
}
