const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, { hour: number; offsetMs: number }>();

/** How far the clocks of a time zone are ahead of UTC at that instant, in milliseconds. */
export function utcOffsetMs(timeZone: string, at: number): number {
  const hour = Math.floor(at / HOUR_MS);
  const known = offsets.get(timeZone);
  if (known?.hour === hour) return known.offsetMs;
  const parts = formatOf(timeZone).formatToParts(hour * HOUR_MS);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  const offsetMs = local - hour * HOUR_MS;
  offsets.set(timeZone, { hour, offsetMs });
  return offsetMs;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

export interface LocalTime {
  /** `yyyy-mm-dd`. */
  date: string;
  /** 0 is Monday. */
  weekday: number;
  /** Minutes since local midnight. */
  minute: number;
}

/** What the clock on the wall of a store says. */
export function localTime(timeZone: string, at: number): LocalTime {
  const local = new Date(at + utcOffsetMs(timeZone, at));
  return {
    date: local.toISOString().slice(0, 10),
    weekday: (local.getUTCDay() + 6) % 7,
    minute: Math.floor((local.getTime() % 86_400_000) / MINUTE_MS),
  };
}
