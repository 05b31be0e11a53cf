import type { Command } from './command.ts';
import { overview } from './help.ts';
import { complain, localeOf, runCommand, say } from './run-command.ts';
import { words } from './words/index.ts';

/** The subcommands, loaded when called: an agent does not pay for the server. */
const COMMANDS: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./commands/start.ts'),
  demo: () => import('./commands/demo.ts'),
  server: () => import('./commands/server.ts'),
  agent: () => import('./commands/agent.ts'),
  probe: () => import('./commands/probe.ts'),
  discover: () => import('./commands/discover.ts'),
  detect: () => import('./commands/detect.ts'),
  rules: () => import('./commands/rules.ts'),
  action: () => import('./commands/action.ts'),
  import: () => import('./commands/import.ts'),
  backtest: () => import('./commands/backtest.ts'),
  config: () => import('./commands/config.ts'),
  token: () => import('./commands/token.ts'),
  authority: () => import('./commands/authority.ts'),
  assets: () => import('./commands/assets.ts'),
  desk: () => import('./commands/desk.ts'),
  metrics: () => import('./commands/metrics.ts'),
  maintenance: () => import('./commands/maintenance.ts'),
  oncall: () => import('./commands/oncall.ts'),
  release: () => import('./commands/release.ts'),
};

/** Runs `vigie` with these arguments and resolves to its exit code. */
export async function main(argv: string[]): Promise<number> {
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
  return runCommand(name, (await load()).command, rest, locale);
}
