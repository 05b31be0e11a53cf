import { findInstallation } from '../agent/update/installation.ts';
import { chooseProgram } from '../agent/update/launcher.ts';
import { command } from './commands/agent.ts';
import type { ToolName } from './packaged-tools.ts';
import { complain, localeOf, runCommand, say } from './run-command.ts';
import { version } from './version.ts';

// The agent as a package brings it. `run` first looks for the version that is to run: it takes the place of this process,
// where the system knows how, so that nothing but the agent stays in memory; a Windows service asks with `which`.
const [first, ...rest] = process.argv.slice(2);
if (first === '--version') say(version());
else if (first === 'which') say(chosen() ?? process.execPath);
else if (first === 'run') run();
else if (first === 'discover' || first === 'probe') runTool(first);
else start(process.argv.slice(2));

function run(): void {
  const isChosen = process.env.VIGIE_PACKAGED !== undefined;
  const program = isChosen ? undefined : chosen();
  const env = { ...process.env, VIGIE_PACKAGED: process.env.VIGIE_PACKAGED ?? version() };
  if (program !== undefined && process.execve) process.execve(program, [program, 'run', ...rest], env);
  process.env.VIGIE_PACKAGED = env.VIGIE_PACKAGED;
  start(rest);
}

function runTool(name: ToolName): void {
  void import('./packaged-tools.ts').then(async (tools) => {
    process.exitCode = await tools.runTool(name, rest);
  });
}

/** An installation that cannot be read or written still has the version it came with. */
function chosen(): string | undefined {
  const installation = findInstallation(process.env, version());
  try {
    return installation && chooseProgram(installation);
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}

function start(argv: string[]): void {
  // Windows has no signal that asks: its service closes our input.
  if (process.env.VIGIE_STOP_WITH_INPUT === '1') {
    process.stdin.once('end', () => process.emit('SIGTERM')).resume();
  }
  void runCommand('agent', command, argv, localeOf(argv, process.env)).then((code) => {
    process.exitCode = code;
  });
}
