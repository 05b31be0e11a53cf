import { parentPort, workerData } from 'node:worker_threads';
import { checkRulePack, RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import type { RulesRead, RulesToRead } from './read-beside.ts';

/* Reads one rule pack, beside whoever judges live, and tells what it says or what is wrong with it. */

const { text, source } = workerData as RulesToRead;
const tell = (read: RulesRead): void => parentPort?.postMessage(read);

try {
  tell({ written: checkRulePack(text, source) });
} catch (error) {
  if (!(error instanceof RulePackError)) throw error;
  tell({ faults: error.faults });
}
