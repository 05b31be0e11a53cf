import type { Reply } from '../../protocol/commands.ts';
import type { ActionContext, Standing } from '../action.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import { maskSecrets } from '../mask.ts';
import { ProgramFailed } from '../platform/service-control.ts';
import type { Say } from '../words.ts';
import type { LoadedAction } from './load-actions.ts';

const LOOK_MS = 10_000;
/** How long after its time is up an action may still tell what it saw. */
const GRACE_MS = 2_000;
const LINE = 512;
const OUTPUT = 4096;

/** What an action came to, as its reply tells it. */
export type Outcome = Pick<Reply, 'state' | 'durationMs' | 'before' | 'after' | 'output' | 'error'>;

export interface RunOptions {
  context: (signal: AbortSignal) => ActionContext;
  clock: Clock;
  say: Say;
  /** The agent stops: what runs is killed. */
  stopped: AbortSignal;
}

/** Looks, acts, looks again. Never rejects; ends soon after its time is up, whatever the action does. */
export async function runAction(
  { action, timeoutMs }: Pick<LoadedAction, 'action' | 'timeoutMs'>,
  { context, clock, say, stopped }: RunOptions,
): Promise<Outcome> {
  const from = clock.monotonicMs();
  const timed = <T>(ms: number, work: (ctx: ActionContext) => Promise<T>) =>
    within(ms, (signal) => work(context(AbortSignal.any([signal, stopped]))), clock, say);
  const look = async (): Promise<Standing> => {
    try {
      return await timed(LOOK_MS, (ctx) => action.look(ctx));
    } catch (error) {
      const why = describeError(error);
      return { text: say({ fr: `état inconnu\u202f: ${why}`, en: `not known: ${why}` }) };
    }
  };

  const before = await look();
  let output: string | undefined;
  let error: string | undefined;
  try {
    output = await timed(timeoutMs, (ctx) => action.act(ctx));
  } catch (failure) {
    error = stopped.aborted
      ? say({ fr: 'l’agent s’est arrêté pendant l’action', en: 'the agent stopped while it ran' })
      : describeError(failure);
    if (failure instanceof ProgramFailed) output = failure.output;
  }
  const after = await look();
  if (error === undefined && after.isGood === false) {
    error = say({ fr: 'fait, mais sans l’effet attendu', en: 'done, but without the effect it should have' });
  }
  return {
    state: error === undefined ? 'done' : 'failed',
    durationMs: Math.max(0, Math.round(clock.monotonicMs() - from)),
    before: masked(before.text, LINE),
    after: masked(after.text, LINE),
    ...(output !== undefined && output !== '' && { output: masked(output, OUTPUT) }),
    ...(error !== undefined && { error: masked(error, LINE) }),
  };
}

/** Masked before it is cut: half a secret would not be known for one. */
export function masked(text: string, length: number): string {
  const whole = maskSecrets(text);
  return whole.length <= length ? whole : `${whole.slice(0, length - 1)}…`;
}

/** Rejects when the time is up: at once where the work heeds its signal, a little later where it does not. */
export function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>, clock: Clock, say: Say): Promise<T> {
  const seconds = Math.round(ms / 1000);
  const late = new Error(
    say({ fr: `arrêté après ${seconds} s, le temps imparti`, en: `stopped after ${seconds} s, the time it had` }),
  );
  const time = new AbortController();
  return new Promise((resolve, reject) => {
    const cancels = [
      clock.after(ms, () => time.abort(late)),
      clock.after(ms + GRACE_MS, () => {
        reject(late);
      }),
    ];
    const end = () => {
      for (const cancel of cancels) cancel();
      // What it still has open, such as a connection nobody waits for.
      if (!time.signal.aborted) time.abort(new Error('over'));
    };
    Promise.resolve()
      .then(() => work(time.signal))
      .then(resolve, (error: unknown) => reject(time.signal.aborted ? late : (error as Error)))
      .finally(end);
  });
}
