import type { Static, TObject } from 'typebox';
import type { Point } from '../protocol/messages.ts';
import type { CheckStatus } from '../protocol/status.ts';
import type { FilesOutside } from './outside/files.ts';
import type { NetworkOutside } from './outside/network.ts';
import type { SystemInformation } from './platform/system-information.ts';
import type { Say, Words } from './words.ts';

/** What one run of a check found. A check measures; limits and patience are the rules' business. */
export interface CheckResult {
  points: Point[];
  /** Left out or empty, the wrapper says `ok`: the check ran. */
  statuses: CheckStatus[];
}

/** Sizes of a mounted file system, as `statfs(2)` gives them. */
export interface VolumeStats {
  bsize: number;
  blocks: number;
  bfree: number;
  bavail: number;
  files: number;
  ffree: number;
}

/** Facts the runtime itself gives on every platform. */
export interface HostReadings {
  loadAverage(): number[];
  uptimeS(): number;
  cpuCount(): number;
  /** Milliseconds since the start of the host, summed over all processors. */
  cpuTimes(): { user: number; nice: number; sys: number; idle: number; irq: number };
  memory(): { total: number; free: number };
}

export interface ExecOptions {
  /** Added to an environment of PATH and LC_ALL=C. */
  env?: Readonly<Record<string, string>>;
  maxBytes?: number;
}

export interface ExecResult {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** All a check may touch. Every outside call stands here, so that a test can answer it. */
export interface CheckContext extends NetworkOutside, FilesOutside {
  /** The check's name as configured, unique on this agent: what its statuses bear. */
  name: string;
  platform: NodeJS.Platform;
  /** Fires when the check's time is up; a check that answers soon after may still say what it saw. */
  signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** For durations. */
  monotonicMs(): number;
  wait(ms: number): Promise<void>;
  statfs(path: string): Promise<VolumeStats>;
  host: HostReadings;
  /**
   * Runs a program, without a shell, and gives what it printed: at most `maxBytes` of each stream (64 KiB). Rejects when
   * it cannot be started; when `signal` fires it is killed, with what it started.
   */
  exec(file: string, args: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** What the runtime does not know on Windows and macOS. Never called on Linux: it costs memory and child processes. */
  systemInformation(): Promise<SystemInformation>;
  say: Say;
}

export type RunCheck = (ctx: CheckContext) => Promise<CheckResult>;

/** One file of `checks/`, named after its type, exports one of these as `plugin`. */
export interface CheckPlugin<Options extends TObject = TObject> {
  /** The same as the file's name. */
  type: string;
  title: Words;
  /** One sentence per field: `description` in English, and beside it `fr` in French. */
  options: Options;
  /** Valid options, for samples and the reference. */
  example: Static<Options>;
  /** What tells two instances of this type apart; without it a second instance needs a name. */
  distinguish?(options: Static<Options>): string;
  create(options: Static<Options>): RunCheck;
}

/** Infers the options' type of a plugin from its schema. */
export const definePlugin = <Options extends TObject>(plugin: CheckPlugin<Options>): CheckPlugin<Options> => plugin;
