import { setImmediate as breathe } from 'node:timers/promises';
import type { StateStore } from '../../collector/ports.ts';

const DAY_MS = 86_400_000;
/** How far back the past can be judged again. */
const JUDGED_DAYS = 90;
/** Steps of one round, so that a great backlog goes over several. */
const STEPS = 20;

/** Forgets what stores were judged by before, in steps between which others have their turn. */
export async function forgetJudged({ judged }: Pick<StateStore, 'judged'>, now: number): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    if (await judged.forget(now - JUDGED_DAYS * DAY_MS)) return;
    await breathe();
  }
}
