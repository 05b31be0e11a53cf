import { setTimeout as pause } from 'node:timers/promises';

const SOON_MS = 20;

/**
 * Resolves to what `look` finds once it is neither false nor undefined; a look that fails has found nothing yet.
 * @throws Error that says `otherwise`, after `timeoutMs`.
 */
export async function until<T>(
  look: () => T | Promise<T>,
  timeoutMs: number,
  otherwise: string | (() => string),
): Promise<Exclude<T, undefined | false>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await Promise.resolve()
      .then(look)
      .catch(() => undefined);
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (performance.now() > deadline) throw new Error(typeof otherwise === 'string' ? otherwise : otherwise());
    await pause(SOON_MS);
  }
}

/** As long as it takes, and no longer than this: what is still not so is for the verdict to tell. */
export const giveTime = (look: () => boolean | Promise<boolean>, timeoutMs: number): Promise<unknown> =>
  until(look, timeoutMs, 'not in time').catch(() => {});
