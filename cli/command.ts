import type { ParseArgsOptionsConfig } from 'node:util';
import type { Locale } from '../protocol/inventory.ts';

/** What a command gets: its arguments, and the only ways to speak. */
export interface Invocation {
  flags: Record<string, string | boolean | undefined>;
  operands: string[];
  env: NodeJS.ProcessEnv;
  locale: Locale;
  /** A line for the person. */
  say(line: string): void;
  /** Aborted when the person or the system asks to stop. */
  stop: AbortSignal;
}

/** One subcommand of `vigie`. */
export interface Command {
  summary: Record<Locale, string>;
  /** What follows the command's name, e.g. `FILE…`. */
  operands: string;
  options: ParseArgsOptionsConfig;
  /** A sentence per option. */
  help: Record<string, Record<Locale, string>>;
  /** Resolves to the exit code. */
  run(invocation: Invocation): Promise<number>;
}
