const EPOCH = /^\d{9,10}(\.\d+)?$/;
const EPOCH_MS = /^\d{12,13}$/;
const YEAR_FIRST =
  /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?(?:\s?(Z|[+-]\d{2}:?\d{2}))?$/;
const DAY_FIRST = /^(\d{2})[-/.](\d{2})[-/.](\d{4})(?:[T ,]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?$/;

/**
 * Milliseconds since 1970 of a moment as programs write it: seconds or milliseconds since 1970, `2026-11-22 18:04:05` with
 * or without a zone, `20261122 180405`, or the day first as Europe writes it, `22/11/2026 18:04`. Without a zone it is the
 * host's own time. Undefined where it is none of these; the American order is never guessed.
 */
export function parseTime(written: string): number | undefined {
  const text = written.trim();
  if (EPOCH.test(text)) return Number(text) * 1000;
  if (EPOCH_MS.test(text)) return Number(text);
  const [, year, month, day, hour, minute, second, zone] = YEAR_FIRST.exec(text) ?? [];
  if (year !== undefined) return toMoment([year, month, day, hour, minute, second], zone);
  const european = DAY_FIRST.exec(text);
  if (european) return toMoment([european[3], european[2], european[1], ...european.slice(4)]);
  return undefined;
}

function toMoment(parts: readonly (string | undefined)[], zone?: string): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (zone === undefined) return new Date(year, month - 1, day, hour, minute, second).getTime();
  return Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs(zone);
}

function offsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
