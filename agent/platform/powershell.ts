import type { CheckContext } from '../check.ts';

const MAX_BYTES = 256 * 1024;
const IN_SYSTEM_ROOT = 'System32\\WindowsPowerShell\\v1.0\\powershell.exe';

/**
 * Runs a PowerShell pipeline and gives its objects: always a list, whichever way the shell writes one. Only Windows
 * PowerShell 5.1 is used, which every Windows 10 has; it is called by its full path. Rejects with the shell's own message.
 */
export async function askPowerShell(ctx: CheckContext, pipeline: string): Promise<Record<string, unknown>[]> {
  const program = `${process.env.SystemRoot ?? 'C:\\Windows'}\\${IN_SYSTEM_ROOT}`;
  const encoded = Buffer.from(asScript(pipeline), 'utf16le').toString('base64');
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', encoded];
  const { code, stdout, stderr } = await ctx.exec(program, args, { maxBytes: MAX_BYTES });
  if (code !== 0) throw new Error(firstLine(stderr) || `PowerShell ended with ${code ?? 'a signal'}`);
  return parseObjects(stdout);
}

/** Standard error would come as XML: the message is written by ourselves. */
const asScript = (pipeline: string): string => `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
try { ConvertTo-Json -Compress -Depth 4 -InputObject @(${pipeline}) }
catch { [Console]::Error.WriteLine($_.Exception.Message); exit 1 }
`;

function parseObjects(stdout: string): Record<string, unknown>[] {
  const text = stdout.replace(/^\uFEFF/, '').trim();
  if (text === '') return [];
  const parsed: unknown = JSON.parse(text);
  return (Array.isArray(parsed) ? parsed : [parsed]).filter(
    (item): item is Record<string, unknown> => typeof item === 'object' && item !== null,
  );
}

/** A text as a literal of the shell, which takes four characters for a quote. */
export const quoted = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

/**
 * Milliseconds since 1970 of a date as 5.1 writes it (`/Date(…)/`, sometimes within an object) or as 7 does (ISO); undefined
 * where there is none.
 */
export function readDate(value: unknown): number | undefined {
  if (typeof value === 'object' && value !== null && 'value' in value) return readDate(value.value);
  if (typeof value !== 'string') return undefined;
  const ms = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value)?.[1];
  const time = ms === undefined ? Date.parse(value) : Number(ms);
  return Number.isFinite(time) ? time : undefined;
}

const firstLine = (text: string): string => text.trim().split(/\r?\n/, 1)[0] ?? '';
