import type { CheckContext } from '../check.ts';

/** What the header of a ClamAV signature file says. */
export interface SignatureFile {
  version: number;
  signatures: number;
  /** When it was made, in milliseconds since 1970. */
  builtAt: number;
  /** When it came to this machine. */
  fetchedAt: number;
}

const HEADER_BYTES = 512;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The newer of a database's two forms, as it was published (.cvd) or with its changes applied (.cld). */
export async function readSignatures(
  ctx: CheckContext,
  folder: string,
  name: string,
): Promise<SignatureFile | undefined> {
  const found: SignatureFile[] = [];
  for (const suffix of ['cvd', 'cld']) {
    const path = `${folder}/${name}.${suffix}`;
    const stats = await ctx.stat(path).catch(() => undefined);
    if (!stats) continue;
    const header = Buffer.from(await ctx.readPart(path, 0, HEADER_BYTES)).toString('latin1');
    const parsed = parseHeader(header);
    if (!parsed) throw new Error(`${path} has no ClamAV header`);
    found.push({ ...parsed, fetchedAt: stats.mtimeMs });
  }
  return found.sort((a, b) => b.version - a.version)[0];
}

/** `ClamAV-VDB:date:version:signatures:level:md5:signature:builder:seconds`, filled up with blanks. The oldest end before the seconds. */
function parseHeader(header: string): Omit<SignatureFile, 'fetchedAt'> | undefined {
  const [magic, date = '', version, signatures, , , , , seconds = ''] = header.trimEnd().split(':');
  const builtAt = /^\d+$/.test(seconds.trim()) ? Number(seconds) * 1000 : parseDate(date);
  if (magic !== 'ClamAV-VDB' || !version || !signatures || builtAt === undefined) return undefined;
  return { version: Number(version), signatures: Number(signatures), builtAt };
}

/** `16 Nov 2026 08-25 +0000`: a colon would end the field. */
function parseDate(text: string): number | undefined {
  const parts = /^(\d+) (\w{3}) (\d{4}) (\d+)-(\d+) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (!parts) return undefined;
  const [, day, month = '', year, hour, minute, sign, zoneHours, zoneMinutes] = parts;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  const at = MONTHS.indexOf(month.toLowerCase());
  return at < 0 ? undefined : Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute) - zone);
}
