import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext, ExecResult } from '../../agent/check.ts';

/** What a program printed, kept under `recordings/`. */
export const recording = (name: string): string => readFileSync(join(import.meta.dirname, 'recordings', name), 'utf8');

/** A program that prints one text after the other, with its exit code 0 where a text stands alone. */
export function printing(...outputs: (string | Partial<ExecResult>)[]): CheckContext['exec'] & { calls: string[][] } {
  const calls: string[][] = [];
  const exec = async (file: string, args: readonly string[]) => {
    const output = outputs[Math.min(calls.length, outputs.length - 1)] ?? '';
    calls.push([file, ...args]);
    return { code: 0, stdout: '', stderr: '', ...(typeof output === 'string' ? { stdout: output } : output) };
  };
  return Object.assign(exec, { calls });
}

/** The script within a call of PowerShell. */
export const scriptOf = (call: readonly string[] | undefined): string =>
  Buffer.from(call?.at(-1) ?? '', 'base64').toString('utf16le');
