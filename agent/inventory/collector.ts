import type { CpuInfo, NetworkInterfaceInfo } from 'node:os';
import { FACT_LENGTH_MAX, type UnreadReason } from '../../protocol/facts.ts';
import type { CheckContext } from '../check.ts';
import type { InventoryOptions } from './options.ts';

/** What the runtime itself knows of the machine. */
export interface OsReadings {
  hostname(): string;
  release(): string;
  arch(): string;
  cpus(): Pick<CpuInfo, 'model'>[];
  totalmem(): number;
  networkInterfaces(): NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal' | 'mac'>[]>;
}

/** All a collector may touch: what a check may, and the runtime's own readings. */
export interface FactsContext extends CheckContext {
  os: OsReadings;
}

/** What one collector found: values by path, and what it could not read. */
export interface Found {
  facts: Record<string, string | number | undefined>;
  unread?: Record<string, UnreadReason>;
}

/** Reads some sections of a machine's facts. What throws leaves its sections unread. */
export interface Collector {
  sections: readonly string[];
  gather(ctx: FactsContext, options: InventoryOptions): Promise<Found>;
}

/** Why reading failed, in the protocol's words; undefined: there is nothing to read. */
export function reasonOf(error: unknown): UnreadReason | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENODEV' || code === 'ENOTDIR') return undefined;
  return code === 'EACCES' || code === 'EPERM' ? 'permission' : 'failed';
}

/** A text of a small file, tidied; undefined where there is none, or where it holds what makers leave unfilled. */
export async function readTidy(ctx: CheckContext, path: string): Promise<string | undefined> {
  try {
    return tidy(await ctx.readText(path));
  } catch (error) {
    if (reasonOf(error) === undefined) return undefined;
    throw error;
  }
}

/** The same, with nothing where it cannot be read. */
export const readIfThere = (ctx: CheckContext, path: string): Promise<string | undefined> =>
  readTidy(ctx, path).catch(() => undefined);

const UNFILLED =
  /^(to be filled by o\.?e\.?m\.?|default string|system (serial number|product name|manufacturer|version)|not (specified|applicable|available)|none|unknown|n\/a|o\.?e\.?m\.?|0+|0123456789|x+|-+|\.+)$/i;

/** Spaces and control signs evened out; undefined when nothing is said. */
export function tidy(text: string | undefined | null): string | undefined {
  const clean = (text ?? '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, FACT_LENGTH_MAX)
    .toWellFormed();
  return clean === '' || UNFILLED.test(clean) ? undefined : clean;
}

/** What may stand between the brackets of a path. */
export const itemOf = (text: string): string =>
  text
    .replace(/[[\]\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 96) || '?';

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
