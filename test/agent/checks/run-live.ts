import type { TObject } from 'typebox';
import type { CheckPlugin, CheckResult, RunCheck } from '../../../agent/check.ts';
import { createContext } from '../../../agent/platform/context.ts';
import { sayIn } from '../../../agent/words.ts';

const TIMEOUT_MS = 10_000;

/** Runs a check against the real outside, in English. */
export const runLive = (run: RunCheck, timeoutMs = TIMEOUT_MS): Promise<CheckResult> =>
  run(createContext('the-check', AbortSignal.timeout(timeoutMs), sayIn('en')));

/** The same for one run of a check made for it. */
export const runOnce = <Options extends TObject>(
  plugin: CheckPlugin<Options>,
  options: Parameters<CheckPlugin<Options>['create']>[0],
): Promise<CheckResult> => runLive(plugin.create(options));
