import { command } from './commands/agent.ts';
import { localeOf, runCommand } from './run-command.ts';

// The agent alone, as it is built for a till: none of the server comes along.
const argv = process.argv.slice(2);
process.exitCode = await runCommand('agent', command, argv, localeOf(argv, process.env));
