import { createContext, runInContext } from 'node:vm';

/**
 * Runs `work` and stops it when it takes longer than `ms`: a regular expression can take hours over one line, and nothing
 * else would run meanwhile. Undefined when it was stopped.
 */
export function withinTime<T>(ms: number, work: () => T): T | undefined {
  const outcome: { value?: T } = {};
  const sandbox = createContext({
    work: () => {
      outcome.value = work();
    },
  });
  try {
    runInContext('work()', sandbox, { timeout: ms });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return undefined;
  }
  return outcome.value;
}
