/** A UPS as `upsd` knows it: its variables by name, such as `battery.charge`. */
export type UpsVariables = Partial<Record<string, string>>;

/** Why upsd refused one of the questions, e.g. `ACCESS-DENIED`; undefined when it refused none. */
export const refusalIn = (text: string): string | undefined => /^ERR ([A-Z-]+)/m.exec(text)?.[1];

/** Names in the answer to `LIST UPS`. */
export const parseUpsList = (text: string): string[] =>
  [...text.matchAll(/^UPS (\S+) "/gm)].map(([, name = '']) => name);

/** Variables in the answers to `LIST VAR`, by UPS. A UPS without a driver is there and has none. */
export function parseVariables(text: string): Map<string, UpsVariables> {
  const found = new Map<string, UpsVariables>();
  for (const [, ups = ''] of text.matchAll(/^BEGIN LIST VAR (\S+)$/gm)) found.set(ups, {});
  for (const [, ups = '', name = '', value = ''] of text.matchAll(/^VAR (\S+) (\S+) "((?:[^"\\]|\\.)*)"$/gm)) {
    const variables = found.get(ups);
    if (variables) variables[name] = value.replace(/\\(.)/g, '$1');
  }
  return found;
}

/** Telegraf's `status_flags`: the bits of apcupsd, which NUT writes as words. */
const STATUS_BITS: Readonly<Record<string, number>> = {
  CAL: 0,
  TRIM: 1,
  BOOST: 2,
  OL: 3,
  OB: 4,
  OVER: 5,
  LB: 6,
  RB: 7,
};

const toFlags = (words: readonly string[]): number =>
  words.reduce((flags, word) => flags | (word in STATUS_BITS ? 1 << (STATUS_BITS[word] as number) : 0), 0);

/** Telegraf's field names by NUT's variables. */
const FIELDS: Readonly<Record<string, string>> = {
  'battery.charge': 'battery_charge_percent',
  'battery.charge.low': 'battery_charge_low',
  'battery.runtime.low': 'battery_runtime_low',
  'battery.voltage': 'battery_voltage',
  'battery.voltage.nominal': 'nominal_battery_voltage',
  'input.voltage': 'input_voltage',
  'input.voltage.nominal': 'nominal_input_voltage',
  'input.frequency': 'input_frequency',
  'output.voltage': 'output_voltage',
  'ups.load': 'load_percent',
  'ups.temperature': 'internal_temp',
  'ups.realpower': 'real_power',
  'ups.realpower.nominal': 'nominal_power',
};

/** What is measured of a UPS. Values that are no number (`NA`, `unknown`) are left out. */
export function toFields(variables: UpsVariables, words: readonly string[]): Record<string, number> {
  const fields: Record<string, number> = { status_flags: toFlags(words) };
  for (const [variable, field] of Object.entries(FIELDS)) {
    const value = toNumber(variables[variable]);
    if (value !== undefined) fields[field] = value;
  }
  const runtimeS = toNumber(variables['battery.runtime']);
  return runtimeS === undefined ? fields : { ...fields, time_left_ns: runtimeS * 1e9 };
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
