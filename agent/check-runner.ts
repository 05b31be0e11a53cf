import { type Static, Type } from 'typebox';
import { Check } from 'typebox/schema';
import { Point } from '../protocol/messages.ts';
import { CheckStatus } from '../protocol/status.ts';
import type { CheckResult } from './check.ts';
import type { Clock } from './clock.ts';
import { describeError } from './describe-error.ts';
import type { Say } from './words.ts';

/** How long after its time is up a check may still tell what it saw. */
const GRACE_MS = 250;

const Result = Type.Object({
  points: Type.Array(Point, { maxItems: 2000 }),
  statuses: Type.Array(CheckStatus, { maxItems: 100 }),
});

/** A check bound to its surroundings. */
export interface RunnableCheck {
  name: string;
  timeoutMs: number;
  /** Absent: with every report. */
  everyS?: number;
  /** What it is made of: two of one name and entry are the same check. */
  entry?: string;
  run(signal: AbortSignal): Promise<CheckResult>;
}

/**
 * Wraps a check so that it always answers: what throws, takes too long, never returns or gives readings that cannot be
 * sent becomes status `unknown` with a sentence. A run that has not come back holds the next one off.
 */
export function createCheckRunner(
  check: RunnableCheck,
  { clock, say, stopped }: { clock: Clock; say: Say; stopped: AbortSignal },
): () => Promise<CheckResult> {
  let isOut = false;
  const unknown = (text: string): CheckResult => ({
    points: [],
    statuses: [{ check: check.name, status: 'unknown', text }],
  });
  const tooLate = () => {
    const seconds = check.timeoutMs / 1000;
    return unknown(
      say({ fr: `La mesure n’a rien rendu en ${seconds} s.`, en: `The check gave nothing within ${seconds} s.` }),
    );
  };
  const complete = (result: Static<typeof Result>): CheckResult => {
    if (!Check(Result, result)) {
      return unknown(say({ fr: 'La mesure a rendu des valeurs illisibles.', en: 'The check gave unusable readings.' }));
    }
    const hasSpoken = result.statuses.some((status) => status.check === check.name);
    return hasSpoken ? result : { ...result, statuses: [...result.statuses, { check: check.name, status: 'ok' }] };
  };

  return () => {
    if (isOut) {
      const text = say({ fr: 'La mesure précédente n’est pas revenue.', en: 'The run before has not come back.' });
      return Promise.resolve(unknown(text));
    }
    isOut = true;
    return new Promise((resolve) => {
      const timeIsUp = new AbortController();
      const cancelAbort = clock.after(check.timeoutMs, () =>
        timeIsUp.abort(new DOMException('time is up', 'TimeoutError')),
      );
      const cancelGiveUp = clock.after(check.timeoutMs + GRACE_MS, () => resolve(tooLate()));
      const finish = (result: CheckResult) => {
        isOut = false;
        cancelAbort();
        cancelGiveUp();
        resolve(result);
      };
      // Begun inside a promise, so that a check that throws at once is caught like any other.
      void Promise.resolve()
        .then(() => check.run(AbortSignal.any([timeIsUp.signal, stopped])))
        .then(complete)
        .catch((error: unknown) => (timeIsUp.signal.aborted ? tooLate() : unknown(failed(say, error))))
        .then(finish);
    });
  };
}

const failed = (say: Say, error: unknown): string =>
  say({ fr: `La mesure a échoué\u202f: ${describeError(error)}.`, en: `The check failed: ${describeError(error)}.` });
