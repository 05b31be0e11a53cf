import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Locale } from '../protocol/inventory.ts';
import type { Command, Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { helpFor, overview } from './help.ts';
import { words } from './words/index.ts';

/** The subcommands, loaded when called: an agent does not pay for the server. */
const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./commands/start.ts'),
  demo: () => import('./commands/demo.ts'),
  server: () => import('./commands/server.ts'),
  agent: () => import('./commands/agent.ts'),
  import: () => import('./commands/import.ts'),
  desk: () => import('./commands/desk.ts'),
};

/** Runs `vigie` with these arguments and resolves to its exit code. */
export async function main(argv: string[]): Promise<number> {
  // A terminal that is closed, or a pipe that ends, is no reason to fall over half-way through a clean stop.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const complain = (line: string) => process.stderr.write(`vigie: ${line}\n`);
  const locale = localeOf(argv, process.env);
  const [name, ...rest] = argv.filter((arg) => !arg.startsWith('--lang='));
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    say(await overview(COMMANDS, locale));
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    complain(words(locale).unknownCommand(name, Object.keys(COMMANDS).join(', ')));
    return 2;
  }
  const { command } = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    say(helpFor(name, command, locale));
    return 0;
  }
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await command.run({ ...parse(command, rest, locale), env: process.env, locale, say, stop: stopping.signal });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    complain(error.message);
    return 1;
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
function localeOf(argv: readonly string[], env: NodeJS.ProcessEnv): Locale {
  const asked = argv.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
  const language = asked ?? env.VIGIE_LANG ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '';
  return /^fr/i.test(language) ? 'fr' : 'en';
}
