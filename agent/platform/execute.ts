import { spawn } from 'node:child_process';
import type { ExecOptions, ExecResult } from '../check.ts';

const MAX_BYTES = 64 * 1024;

/**
 * Runs a program without a shell, in a process group of its own so that what it started ends with it. Output beyond the
 * bound is read and dropped: a program that waits for its reader would never end.
 */
export function execute(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
  { env = {}, maxBytes = MAX_BYTES }: ExecOptions = {},
): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const isWindows = process.platform === 'win32';
    const child = spawn(file, args, {
      // Windows finds nothing without its own variables.
      env: isWindows ? { ...process.env, ...env } : { PATH: process.env.PATH, LC_ALL: 'C', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !isWindows,
      windowsHide: true,
    });
    const streams = [bounded(child.stdout, maxBytes), bounded(child.stderr, maxBytes)] as const;
    const kill = () => {
      if (child.pid === undefined) return;
      try {
        if (isWindows) child.kill();
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
      // What has left the group may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', kill, { once: true });
    const settled = () => signal.removeEventListener('abort', kill);
    child.once('error', (error) => {
      settled();
      reject(error);
    });
    child.once('close', (code) => {
      settled();
      resolve({ code, stdout: streams[0](), stderr: streams[1]() });
    });
  });
}

function bounded(stream: NodeJS.ReadableStream, maxBytes: number): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < maxBytes) chunks.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
