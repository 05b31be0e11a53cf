/** A chunk with this many samples stays as it is: about a third of a day of a till's 20 series at 30 s. */
export const FULL_SAMPLES = 16_384;

const FAN_IN = 8;
const LEVELS = 5;

/**
 * Which chunks of a device to make one of, given how many samples each holds in the order of the log: from the first
 * place to before the second. Always neighbours, so that later samples keep winning over earlier ones. A sample is
 * rewritten once per level, and a level is eight times the one below. Undefined when all is well.
 */
export function planMerge(samples: readonly number[]): [number, number] | undefined {
  for (let level = 0; level < LEVELS; level++) {
    for (let start = 0; start < samples.length; start++) {
      if (levelOf(samples[start] as number) > level) continue;
      let end = start;
      let total = 0;
      let atLevel = 0;
      while (end < samples.length && total < FULL_SAMPLES && levelOf(samples[end] as number) <= level) {
        total += samples[end] as number;
        if (levelOf(samples[end] as number) === level) atLevel++;
        end++;
      }
      if (atLevel >= FAN_IN || (total >= FULL_SAMPLES && end - start > 1)) return [start, end];
      start = end;
    }
  }
  return undefined;
}

/**
 * An instant to cut a device's chunks at, so that about a full chunk's samples stand before it: after the end of a chunk,
 * since most often none has to be cut through there. Undefined when there are no chunks.
 */
export function cutAfter(chunks: readonly { end: number; samples: number }[]): number | undefined {
  let cut: number | undefined;
  let before = 0;
  for (const { end, samples } of [...chunks].sort((a, b) => a.end - b.end)) {
    if (before >= FULL_SAMPLES) break;
    before += samples;
    cut = end + 1;
  }
  return cut;
}

/** 0 for less than 8 samples, then one more for each eightfold; `LEVELS` for a full chunk. */
function levelOf(samples: number): number {
  if (samples >= FULL_SAMPLES) return LEVELS;
  let level = 0;
  for (let limit = 8; samples >= limit; limit *= 8) level++;
  return level;
}
