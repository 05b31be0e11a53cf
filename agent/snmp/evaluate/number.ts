import type { NumberRule } from '../profile.ts';
import { numberIn, numberOf, textOf } from '../value.ts';
import { type Address, addressOf, lookUp, oidsOf } from './address.ts';
import { pattern } from './pattern.ts';
import type { Row, Snapshot } from './snapshot.ts';

type Written = Exclude<NumberRule, string>;

const written = (rule: NumberRule): Written => (typeof rule === 'string' ? { oid: rule } : rule);

/** The column or scalar whose rows the rule is about. */
export const columnOf = (rule: NumberRule): string => addressOf(written(rule).oid).oid;

/** What has to be asked for it: its values, and what they are to be multiplied with. */
export function oidsOfNumber(rule: NumberRule): { values: string[]; scales: string[] } {
  const { oid, scale, decimal = {} } = written(rule);
  const others = [scale, decimal.prefix, decimal.places].filter((other) => typeof other === 'string');
  return { values: oidsOf(addressOf(oid)), scales: others.flatMap((other) => oidsOf(addressOf(other))) };
}

/** The text a rule's value shows, before it is taken for a number. */
export function codeIn(rule: NumberRule, snapshot: Snapshot, row: Pick<Row, 'index'>): string | undefined {
  const { oid, match } = written(rule);
  const value = lookUp(snapshot, addressOf(oid), row);
  if (!value) return undefined;
  return match === undefined ? textOf(value) : pattern(match).exec(textOf(value))?.[1];
}

/** The number as the row has it, in the unit the rule makes of it; undefined where there is none, or no rule. */
export function readNumber(
  rule: NumberRule | undefined,
  snapshot: Snapshot,
  row: Pick<Row, 'index'>,
): number | undefined {
  if (rule === undefined) return undefined;
  const { oid, scale, decimal, match, skip, codes, as } = written(rule);
  const found = match === undefined ? told(snapshot, addressOf(oid), row) : numberIn(codeIn(rule, snapshot, row) ?? '');
  if (found === undefined || skip?.includes(found)) return undefined;
  const raw = codes?.[found] ?? found;
  const factor = typeof scale === 'string' ? told(snapshot, addressOf(scale), row) : (scale ?? 1);
  if (factor === undefined) return undefined;
  const whole = as === 'unsigned' && raw < 0 ? raw + 2 ** 32 : raw;
  return finite(converted(clean(whole * factor * (decimal ? pointOf(decimal, snapshot, row) : 1)), as));
}

/** EntitySensorDataScale goes from yocto, 1, to yotta, 17. */
const NO_PREFIX = 9;
const MOST_PREFIX = 17;
const MOST_PLACES = 9;

/** What is not told, or is beyond the MIB's bounds, moves nothing: some devices send rubbish. */
function pointOf({ prefix, places }: NonNullable<Written['decimal']>, snapshot: Snapshot, row: Pick<Row, 'index'>) {
  const code = prefix && told(snapshot, addressOf(prefix), row);
  const decimals = places && told(snapshot, addressOf(places), row);
  return 10 ** (3 * ((upTo(MOST_PREFIX, code) ?? NO_PREFIX) - NO_PREFIX) - (upTo(MOST_PLACES, decimals) ?? 0));
}

const upTo = (most: number, code: number | string | undefined) =>
  typeof code === 'number' && Number.isInteger(code) && code >= 1 && code <= most ? code : undefined;

function told(snapshot: Snapshot, address: Address, row: Pick<Row, 'index'>): number | undefined {
  const value = lookUp(snapshot, address, row);
  return value && numberOf(value);
}

function converted(value: number, as: Written['as']): number | undefined {
  if (as === 'dbm') return value > 0 ? clean(10 * Math.log10(value)) : undefined;
  if (as === 'fahrenheit') return clean(((value - 32) * 5) / 9);
  if (as === 'negative') return -value;
  if (as === 'channel') return channelMhz(value);
  return as === 'rest' ? 100 - value : value;
}

/** The centre of a Wi-Fi channel at 2.4 or 5 GHz. Its number is the low octet; some write its width above that. */
function channelMhz(written: number): number {
  const channel = written & 0xff;
  if (channel === 14) return 2484;
  return channel < 14 ? 2407 + 5 * channel : 5000 + 5 * channel;
}

/** What is none is not told: a report with NaN or Infinity in it is refused as a whole. */
export const finite = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined);

/** 236 × 0.1 is 23.6. */
const clean = (value: number) => Number(value.toPrecision(12));
