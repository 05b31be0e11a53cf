import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RulePack } from '../engine/types.ts';
import { parseRulePack, RulePackError } from './parse-rule-pack.ts';

/** The rules that hold when nobody wrote others. */
export const defaultRulePackPath = fileURLToPath(new URL('default.yaml', import.meta.url));

/**
 * Reads a rule pack from its file.
 * @throws {RulePackError} when the file can't be read, or with every fault in it.
 */
export const readRulePack = (path: string): RulePack => readRules(path).pack;

/**
 * The same, with its text.
 * @throws {RulePackError} as `readRulePack` does.
 */
export function readRules(path: string): { text: string; pack: RulePack } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new RulePackError(path, [{ path: '', message: `cannot be read: ${(cause as Error).message}` }], { cause });
  }
  return { text, pack: parseRulePack(text, path) };
}
