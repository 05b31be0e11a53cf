import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Locale } from '../protocol/inventory.ts';
import type { Command, Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { helpFor } from './help.ts';
import { words } from './words/index.ts';

/** A line for the person. */
export const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** A line about what went wrong. */
export const complain = (line: string): boolean => process.stderr.write(`vigie: ${line}\n`);

/** Runs one command and resolves to its exit code: what the person can mend is told in a line, without a stack. */
export async function runCommand(name: string, command: Command, argv: string[], locale: Locale): Promise<number> {
  // A terminal that is closed, or a pipe that ends, is no reason to fall over half-way through a clean stop.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  if (argv.includes('--help') || argv.includes('-h')) {
    say(helpFor(name, command, locale));
    return 0;
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await command.run({ ...parse(command, argv, locale), env: process.env, locale, say, stop: stopping.signal });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    complain(error.message);
    return error.exitCode;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function parse(command: Command, argv: string[], locale: Locale): Pick<Invocation, 'flags' | 'operands'> {
  const config: ParseArgsConfig = { args: argv, options: command.options, allowPositionals: command.operands !== '' };
  try {
    const { values, positionals } = parseArgs(config);
    return { flags: values as Invocation['flags'], operands: positionals };
  } catch (error) {
    throw new Fault(words(locale).badArguments((error as Error).message));
  }
}

/** `--lang=fr`, else the language of the terminal. */
export function localeOf(argv: readonly string[], env: NodeJS.ProcessEnv): Locale {
  const asked = argv.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
  const language = asked || env.VIGIE_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^fr/i.test(language) ? 'fr' : 'en';
}
