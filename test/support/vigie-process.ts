import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { AGENT_FLAGS, builtAgent } from '../../cli/built.ts';

const ENTRY = fileURLToPath(new URL('../../cli/vigie.mjs', import.meta.url));

export interface VigieProcess {
  pid: number;
  child: ChildProcess;
  /** All it has said so far, on both channels. */
  output(): string;
  /** Resolves with the first match in what it says; rejects when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it and resolves to its exit code, or the signal. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** As `npm start` and the first line of `cli/vigie.mjs` have it. */
const SERVER_FLAGS = ['--max-semi-space-size=8'];

/** Runs `vigie` with these arguments as a real process of its own. */
export const runVigie = (args: string[], env: Record<string, string> = {}): VigieProcess =>
  run([...SERVER_FLAGS, ENTRY, ...args], env);

/** Runs the built agent as `vigie start` does. */
export function runBuiltAgent(args: string[], env: Record<string, string> = {}): VigieProcess {
  const script = builtAgent();
  if (script === undefined) throw new Error('the agent is not built: "npm run build"');
  return run([...AGENT_FLAGS, script, ...args], env);
}

function run(args: string[], env: Record<string, string>): VigieProcess {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;

  return {
    pid: child.pid as number,
    child,
    output: () => said,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without saying ${pattern}:\n${said}`)));
      }),
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code, by] = await ended;
      return by ?? code ?? 0;
    },
  };
}
