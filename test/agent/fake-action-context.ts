import type { ActionContext } from '../../agent/action.ts';
import { createFakeContext } from './fake-context.ts';

/** A context that answers only what the test gives it; waiting takes no time. */
export const createFakeActionContext = (given: Partial<ActionContext> = {}): ActionContext => ({
  ...createFakeContext(),
  args: {},
  broadcast: async () => {
    throw new Error('the test gives no network');
  },
  ...given,
});

/** A program that answers by what it is called with, and writes it down. */
export function fakePrograms(answers: Record<string, { code?: number; stdout?: string; stderr?: string }[]>) {
  const calls: string[] = [];
  const exec: ActionContext['exec'] = async (file, args) => {
    const called = [file, ...args].join(' ');
    calls.push(called);
    const key = Object.keys(answers).find((start) => called.startsWith(start));
    const answer = key === undefined ? undefined : (answers[key] ?? []).shift();
    if (answer === undefined) throw Object.assign(new Error(`spawn ${file} ENOENT`), { code: 'ENOENT' });
    return { code: 0, stdout: '', stderr: '', ...answer };
  };
  return { exec, calls };
}
