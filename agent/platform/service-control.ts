import type { ActionContext, Standing } from '../action.ts';

/** What a service of systemd or of Windows may be called. */
export const SERVICE_PATTERN = '^[A-Za-z0-9_][A-Za-z0-9_.@$ -]{0,127}$';

/** A program said that it failed. */
export class ProgramFailed extends Error {
  /** What it printed. */
  readonly output: string;

  constructor(file: string, code: number | null, output: string) {
    super(`${file}: ${code === null ? 'killed' : `exit code ${code}`}`);
    this.name = 'ProgramFailed';
    this.output = output;
  }
}

/** Restarts a service and waits until its manager says that it has. Rejects with what the manager said. */
export async function restartService(ctx: ActionContext, service: string): Promise<string> {
  if (ctx.platform === 'win32') {
    // The name goes by the environment: no text of ours is read as a program there.
    const script = 'Restart-Service -Name $env:VIGIE_SERVICE -Force -ErrorAction Stop';
    return run(ctx, 'powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], {
      VIGIE_SERVICE: service,
    });
  }
  if (ctx.platform !== 'linux') {
    throw new Error(
      ctx.say({
        fr: 'les services ne se relancent que sous Linux (systemd) et Windows',
        en: 'services are restarted on Linux (systemd) and Windows only',
      }),
    );
  }
  return run(ctx, 'systemctl', ['--no-ask-password', 'restart', '--', service]);
}

/** Whether a service runs, since when and as which process. */
export const lookAtService = (ctx: ActionContext, service: string): Promise<Standing> =>
  ctx.platform === 'win32' ? lookOnWindows(ctx, service) : lookOnLinux(ctx, service);

async function lookOnLinux(ctx: ActionContext, service: string): Promise<Standing> {
  const wanted = 'LoadState,ActiveState,SubState,MainPID,ActiveEnterTimestamp';
  const { stdout } = await ctx.exec('systemctl', ['show', `--property=${wanted}`, '--', service]);
  const facts = Object.fromEntries(
    stdout.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1).trim()]] : [];
    }),
  );
  const { LoadState, ActiveState, SubState, MainPID, ActiveEnterTimestamp } = facts;
  if (ActiveState === undefined) throw new Error('systemctl gave no answer that can be read');
  const since = ctx.say({ fr: 'depuis', en: 'since' });
  const parts = [
    `${service}: ${ActiveState} (${LoadState === 'loaded' ? SubState : LoadState})`,
    ...(MainPID !== undefined && MainPID !== '0' ? [`PID ${MainPID}`] : []),
    ...(ActiveEnterTimestamp ? [`${since} ${ActiveEnterTimestamp}`] : []),
  ];
  return { text: parts.join(', '), isGood: ActiveState === 'active' };
}

const NO_SUCH_SERVICE = 1060;

/** `sc.exe` translates its labels; the order of its lines and the numbers are the same everywhere. */
async function lookOnWindows(ctx: ActionContext, service: string): Promise<Standing> {
  const { code, stdout } = await ctx.exec('sc.exe', ['queryex', service]);
  if (code === NO_SUCH_SERVICE) {
    throw new Error(ctx.say({ fr: `${service}\u202f: ce service n’existe pas`, en: `${service}: no such service` }));
  }
  // SERVICE_NAME, TYPE, STATE: the second value that is a number and a word in capitals.
  const [, state] = [...stdout.matchAll(/:\s+([0-9a-f]+)\s+([A-Z][A-Z0-9_]+)/g)];
  if (!state) throw new Error(`sc.exe (${code})`);
  const pid = /\bPID\s*:\s*(\d+)/.exec(stdout)?.[1];
  const parts = [`${service}: ${state[2]}`, ...(pid !== undefined && pid !== '0' ? [`PID ${pid}`] : [])];
  return { text: parts.join(', '), isGood: state[1] === '4' };
}

/** What a program printed. Rejects with ProgramFailed when it says that it failed. */
export async function run(
  ctx: ActionContext,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await ctx.exec(file, args, { env });
  const said = [stdout.trim(), stderr.trim()].filter((text) => text !== '').join('\n');
  if (code !== 0) throw new ProgramFailed(file, code, said);
  return said;
}
