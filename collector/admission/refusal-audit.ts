import type { AdmissionReason } from '../../protocol/enrolment.ts';

const A_MINUTE = 20;
const MINUTE_MS = 60_000;

/**
 * Writes refusals into the audit, twenty a minute at most: strangers decide how many there are. What was left out is
 * counted with the next one.
 */
export function createRefusalAudit(
  write: (detail: string) => void,
  now: () => number,
): (source: string, reason: AdmissionReason) => void {
  let window = { from: Number.NEGATIVE_INFINITY, written: 0 };
  let leftOut = 0;
  return (source, reason) => {
    if (now() - window.from >= MINUTE_MS) window = { from: now(), written: 0 };
    if (window.written >= A_MINUTE) {
      leftOut += 1;
      return;
    }
    window.written += 1;
    write(`${source}: ${reason}${leftOut === 0 ? '' : `, after ${leftOut} that are not written down`}`);
    leftOut = 0;
  };
}
