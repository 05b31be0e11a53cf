import type { CheckContext } from '../check.ts';

export type UnitProperties = Readonly<Record<string, string>>;

/** Enough for 64 units of a dozen properties. */
const MAX_BYTES = 256 * 1024;

/**
 * Properties of each unit, in the order asked, by one call of systemctl. A unit that does not exist has LoadState `not-found`.
 * Times come in UTC, whatever the host's zone. Rejects with systemctl's own message.
 */
export async function showUnits(
  ctx: CheckContext,
  units: readonly string[],
  properties: readonly string[],
): Promise<UnitProperties[]> {
  const args = ['show', '--no-pager', `--property=${['Id', ...properties].join(',')}`, '--', ...units];
  const { code, stdout, stderr } = await ctx.exec('systemctl', args, { env: { TZ: 'UTC' }, maxBytes: MAX_BYTES });
  if (code !== 0) throw new Error(stderr.trim().split('\n', 1)[0] || `systemctl ended with ${code}`);
  const blocks = stdout.trim().split(/\n\n+/).map(parseBlock);
  if (blocks.length !== units.length) throw new Error(`systemctl spoke of ${blocks.length} units of ${units.length}`);
  return blocks;
}

function parseBlock(block: string): UnitProperties {
  return Object.fromEntries(
    block.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
}

/** `Mon 2026-11-23 03:00:00 UTC` in milliseconds since 1970; undefined where systemd knows no time (empty, `n/a`). */
export function readSystemdTime(text: string | undefined): number | undefined {
  const parts = /(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d+)? UTC$/.exec(text ?? '');
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hours, minutes, seconds);
}

/** A count systemd may not have (`[not set]`), or writes as all ones. */
export function readSystemdCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

/** `pos` means `pos.service`, as systemctl takes it. */
export const asUnit = (name: string, suffix = 'service'): string =>
  /\.(service|socket|timer|mount|path|target|scope|slice|device|automount|swap)$/.test(name)
    ? name
    : `${name}.${suffix}`;
