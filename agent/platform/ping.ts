import type { CheckContext } from '../check.ts';
import { type PingOutput, parsePing } from '../parsers/ping-output.ts';

/** What may stand where a program expects a host: never an option. */
export const HOST_PATTERN = '^[A-Za-z0-9_:][A-Za-z0-9_.:%-]*$';

/** Runs the system's ping once, which may do what an unprivileged agent may not. One echo per second. */
export async function ping(ctx: CheckContext, host: string, count: number, waitMs: number): Promise<PingOutput> {
  const { stdout, stderr } = await ctx.exec('ping', argumentsFor(ctx.platform, host, count, waitMs));
  return parsePing(`${stdout}\n${stderr}`);
}

function argumentsFor(platform: NodeJS.Platform, host: string, count: number, waitMs: number): string[] {
  const echoes = String(count);
  if (platform === 'win32') return ['-n', echoes, '-w', String(waitMs), host];
  // Only Linux counts in seconds, and busybox in whole ones.
  const wait = platform === 'darwin' ? waitMs : Math.ceil(waitMs / 1000);
  return ['-n', '-c', echoes, '-W', String(wait), host];
}
