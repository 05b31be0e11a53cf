import type { Words } from './errors.ts';

const UNITS_MS: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const INSTANT_WORDS: Words = {
  en: 'must be milliseconds since 1970 or ISO 8601 with its zone, e.g. 2026-11-02T08:30:00Z',
  fr: 'doit être en millisecondes depuis 1970 ou en ISO 8601 avec son fuseau, p. ex. 2026-11-02T08:30:00Z',
};

export const COMING_WORDS: Words = { en: 'must be still to come', fr: 'doit être encore à venir' };

export const ORDER_WORDS: Words = { en: 'must be before `to`', fr: 'doit précéder `to`' };

export const STEP_WORDS: Words = {
  en: 'must be seconds, or a number with s, m, h or d: 30, 30s, 5m, 1h',
  fr: 'doit être en secondes, ou un nombre suivi de s, m, h ou d\u202f: 30, 30s, 5m, 1h',
};

/** Milliseconds since 1970 from such a number or from ISO 8601 with its zone; undefined when it is neither. */
export function parseInstant(text: string): number | undefined {
  const ms = /^\d{1,16}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return ms >= 0 && ms <= 8_640_000_000_000_000 ? ms : undefined;
}

/** Milliseconds from `30`, `30s`, `5m`, `1h`, `1d`, a second at least; undefined when it is not such a step. */
export function parseStep(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  const stepMs = digits === undefined || unitMs === undefined ? 0 : Number(digits) * unitMs;
  return stepMs > 0 ? stepMs : undefined;
}
