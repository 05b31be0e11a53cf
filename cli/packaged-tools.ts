import { command as discover } from './commands/discover.ts';
import { command as probe } from './commands/probe.ts';
import { localeOf, runCommand } from './run-command.ts';

const TOOLS = { discover, probe };
export type ToolName = keyof typeof TOOLS;

/** What a person runs beside a packaged agent, on a gateway: `vigie-agent discover 10.1.0.0/24`. */
export const runTool = (name: ToolName, argv: string[]): Promise<number> =>
  runCommand(name, TOOLS[name], argv, localeOf(argv, process.env));
