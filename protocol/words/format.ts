import type { Locale } from '../inventory.ts';

/** Numbers, amounts, durations and instants as one language writes them. Pure: time zones are always named. */
export interface Format {
  /** At most `digits` decimals, one by default. */
  number(value: number, digits?: number): string;
  /** 98.2 is `98,2 %` in French. */
  percent(value: number): string;
  bytes(value: number): string;
  /** The two largest units that count: `45 s`, `12 min`, `3 h 05 min`, `2 d 4 h`. */
  duration(seconds: number): string;
  /** A value in a unit of `measurements.ts`; any other unit is written after the number. */
  amount(value: number, unit: string): string;
  /** `1 250 €`, without cents from 100 on. @throws RangeError for a currency that is not three letters. */
  money(value: number, currency: string): string;
  /** `10:42`. @throws RangeError when there is no such time zone. */
  time(at: number, timeZone: string): string;
  /** Day, month and year. @throws RangeError when there is no such time zone. */
  date(at: number, timeZone: string): string;
  /** Both. @throws RangeError when there is no such time zone. */
  dateTime(at: number, timeZone: string): string;
  /** `12 Mar, 10:42`, of days that are near. A time zone that does not exist is taken as UTC. */
  moment(at: number, timeZone: string): string;
}

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0';
const NARROW_NO_BREAK = '\u202f';

const BIT_UNITS = ['bit', 'kbit', 'Mbit', 'Gbit'];
const BYTE_UNITS: Record<Locale, readonly string[]> = {
  fr: ['o', 'Ko', 'Mo', 'Go', 'To', 'Po'],
  en: ['B', 'KB', 'MB', 'GB', 'TB', 'PB'],
};
const DAY: Record<Locale, string> = { fr: 'j', en: 'd' };
const YES_NO: Record<Locale, readonly [string, string]> = { fr: ['oui', 'non'], en: ['yes', 'no'] };
/** British English for its day order and 24 h clock. */
const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };

const PARTS = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

function createFormat(locale: Locale): Format {
  const numbers = new Map<number, Intl.NumberFormat>();
  const amounts = new Map<string, Intl.NumberFormat>();
  const instants = new Map<string, Intl.DateTimeFormat>();

  function number(value: number, digits = 1): string {
    let format = numbers.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: digits });
      numbers.set(digits, format);
    }
    return format.format(value);
  }

  function money(value: number, currency: string): string {
    const digits = Math.abs(value) < 99.5 ? undefined : 0;
    const key = `${currency} ${digits}`;
    let format = amounts.get(key);
    if (!format) {
      format = new Intl.NumberFormat(TAGS[locale], {
        style: 'currency',
        currency,
        ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      });
      amounts.set(key, format);
    }
    return format.format(value);
  }

  function instant(at: number, timeZone: string, parts: keyof typeof PARTS): string {
    const key = `${parts} ${timeZone}`;
    let format = instants.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(TAGS[locale], { ...PARTS[parts], timeZone });
      instants.set(key, format);
    }
    return format.format(at);
  }

  const percent = (value: number): string => number(value) + (locale === 'fr' ? `${NARROW_NO_BREAK}%` : '%');

  function bytes(value: number): string {
    const units = BYTE_UNITS[locale];
    let power = 0;
    let left = value;
    // 999.95 and not 1024, so that four digits never show.
    while (Math.abs(left) >= 999.95 && power < units.length - 1) {
      left /= 1024;
      power++;
    }
    return number(left, power === 0 ? 0 : 1) + NO_BREAK + units[power];
  }

  /** Line speeds are told in powers of ten. */
  function bits(value: number): string {
    let power = 0;
    let left = value;
    while (Math.abs(left) >= 999.95 && power < BIT_UNITS.length - 1) {
      left /= 1000;
      power++;
    }
    return `${number(left, power === 0 ? 0 : 1) + NO_BREAK + BIT_UNITS[power]}/s`;
  }

  function duration(seconds: number): string {
    if (seconds < 0) return `-${duration(-seconds)}`;
    const unit = (count: number, name: string): string => number(count, 0) + NO_BREAK + name;
    if (seconds < 1) return unit(Math.round(seconds * 1000), 'ms');
    if (seconds < 9.95) return `${number(seconds)}${NO_BREAK}s`;
    const whole = Math.round(seconds);
    if (whole < 60) return unit(whole, 's');
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return pair(unit(minutes, 'min'), whole % 60, unit(whole % 60, 's'));
    const hours = Math.floor(minutes / 60);
    const rest = `${String(minutes % 60).padStart(2, '0')}${NO_BREAK}min`;
    if (hours < 24) return pair(unit(hours, 'h'), minutes % 60, rest);
    return pair(unit(Math.floor(hours / 24), DAY[locale]), hours % 24, unit(hours % 24, 'h'));
  }

  function moment(at: number, timeZone: string): string {
    try {
      return `${instant(at, timeZone, 'day')}${locale === 'fr' ? ' à ' : ', '}${instant(at, timeZone, 'time')}`;
    } catch (error) {
      if (timeZone === 'UTC') throw error;
      return moment(at, 'UTC');
    }
  }

  function amount(value: number, unit: string): string {
    switch (unit) {
      case 'percent':
      case '%':
        return percent(value);
      case 'bytes':
        return bytes(value);
      case 'bytes/s':
        return `${bytes(value)}/s`;
      case 'bits/s':
        return bits(value);
      case 'per-second':
        return `${number(value)}/s`;
      case 'seconds':
        return duration(value);
      case 'milliseconds':
        return duration(value / 1000);
      case 'nanoseconds':
        return duration(value / 1e9);
      case 'celsius':
        return `${number(value)}${NO_BREAK}°C`;
      case 'bool':
        return YES_NO[locale][value === 0 ? 1 : 0];
      case 'load':
        return number(value, 2);
      case 'count':
      case '':
        return number(value);
      default:
        return number(value) + NO_BREAK + unit;
    }
  }

  return {
    number,
    percent,
    bytes,
    duration,
    amount,
    money,
    time: (at, timeZone) => instant(at, timeZone, 'time'),
    date: (at, timeZone) => instant(at, timeZone, 'date'),
    dateTime: (at, timeZone) => `${instant(at, timeZone, 'date')}, ${instant(at, timeZone, 'time')}`,
    moment,
  };
}

const pair = (large: string, count: number, small: string): string =>
  count === 0 ? large : `${large}${NO_BREAK}${small}`;

export const FORMATS: Readonly<Record<Locale, Format>> = { fr: createFormat('fr'), en: createFormat('en') };
