import { readFileSync } from 'node:fs';
import type { RealServer } from '../support/real-server.ts';
import { runBuiltAgent, runVigie, type VigieProcess } from '../support/vigie-process.ts';
import { until } from './until.ts';

const START_WITHIN_MS = 30_000;

/** One of our own programs as a process that can be struck again and again. */
abstract class StruckProcess {
  readonly name: string;
  protected process: VigieProcess | undefined;

  constructor(name: string) {
    this.name = name;
  }

  protected abstract run(): VigieProcess;
  protected abstract readonly ready: RegExp;

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** The last of what it said. */
  get lastWords(): string {
    return (this.process?.output() ?? '').slice(-3_000);
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    this.process = this.run();
    await this.process.says(this.ready);
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.process?.end('SIGKILL');
  }

  /** Asks it to end, and waits. */
  async stop(): Promise<void> {
    await this.process?.end('SIGTERM');
  }

  /** SIGSTOP. */
  freeze(): void {
    this.process?.child.kill('SIGSTOP');
  }

  /** SIGCONT. */
  thaw(): void {
    this.process?.child.kill('SIGCONT');
  }
}

export class CollectorProcess extends StruckProcess {
  readonly url: string;
  readonly #config: string;
  readonly #env: Record<string, string>;
  protected readonly ready = /Ctrl-C/;

  constructor(name: string, { config, url, env }: { config: string; url: string; env: Record<string, string> }) {
    super(`collector ${name}`);
    this.url = url;
    this.#config = config;
    this.#env = env;
  }

  protected run(): VigieProcess {
    return runVigie(['server', `--config=${this.#config}`], this.#env);
  }

  async health(): Promise<{ status: string; problems: string[] }> {
    const answer = await fetch(`${this.url}/api/v1/health`, { signal: AbortSignal.timeout(2_000) });
    return (await answer.json()) as { status: string; problems: string[] };
  }

  /** Messages it has set aside, by reason. */
  async refused(): Promise<Record<string, number>> {
    const headers = { authorization: `Bearer ${this.#env.VIGIE_ADMIN_TOKEN}` };
    const answer = await fetch(`${this.url}/api/v1/set-aside`, { headers });
    return ((await answer.json()) as { counts: Record<string, number> }).counts;
  }

  /** What its clock says, as its answers bear it; whole seconds. */
  async clock(): Promise<number> {
    const answer = await fetch(`${this.url}/api/v1/health`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return Date.parse(String(answer.headers.get('date')));
  }
}

export class AgentProcess extends StruckProcess {
  readonly #config: string;
  protected readonly ready = /connected/;

  constructor(name: string, { config }: { config: string }) {
    super(name);
    this.#config = config;
  }

  protected run(): VigieProcess {
    return runBuiltAgent([`--config=${this.#config}`]);
  }
}

/** A real server with all its processes: PostgreSQL has one per connection, which the death of the first does not stop at once. */
export class ServerProcess {
  readonly name: string;
  readonly #server: RealServer;

  constructor(name: string, server: RealServer) {
    this.name = name;
    this.#server = server;
  }

  get pid(): number {
    return this.#server.pid;
  }

  /** kill -9, all of them. */
  async kill(): Promise<void> {
    const family = familyOf(this.pid);
    const dead = this.#server.kill();
    for (const pid of family) signal(pid, 'SIGKILL');
    await dead;
  }

  /** Resolves when it answers. What its dead self has left behind may keep it from starting for a moment. */
  async start(): Promise<void> {
    let refusal: unknown;
    await until(
      () =>
        this.#server.start().then(
          () => true,
          (error: unknown) => {
            refusal = error;
            return false;
          },
        ),
      START_WITHIN_MS,
      () => `${this.name} does not start again: ${refusal}`,
    );
  }

  freeze(): void {
    for (const pid of familyOf(this.pid)) signal(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of familyOf(this.pid)) signal(pid, 'SIGCONT');
  }

  /** Asks it to end, and waits. */
  stop(): Promise<void> {
    return this.#server.stop();
  }
}

/** The process and its children. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...(children === '' ? [] : children.split(' ').map(Number))];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether the kernel has stopped the process: `T` is what SIGSTOP makes of it. */
export const isStopped = (pid: number): boolean => /^\d+ \(.*\) T /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
