import type { SupplyRule } from '../profile.ts';

/** Printer-MIB (RFC 3805): prtInputTable and prtMarkerSuppliesTable. */
const PRINTER = '1.3.6.1.2.1.43';
const INPUT = `${PRINTER}.8.2.1`;
const INPUT_NAME = `${INPUT}.13`;
const INPUT_LEVEL = `${INPUT}.10`;
const SUPPLY = `${PRINTER}.11.1.1`;
const SUPPLY_MAX = `${SUPPLY}.8`;
export const SUPPLY_LEVEL = `${SUPPLY}.9`;

/** A tray whose level it does not know tells nothing. */
const UNKNOWN_LEVEL = [-2];
/** Trays for single sheets: they are empty most of the time. */
const BY_HAND = 'manual|bypass|by-pass|multi-?purpose|multi[ -]?feed|^mpt?\\b|single sheet|manuel|rear';

/** PrtMarkerSuppliesTypeTC. */
const SUPPLY_KIND = {
  3: 'toner',
  4: 'waste',
  5: 'ink',
  6: 'ink',
  7: 'ribbon',
  8: 'waste',
  9: 'drum',
  10: 'developer',
  11: 'fuser',
  12: 'wax',
  13: 'ribbon',
  14: 'waste',
  15: 'fuser',
  16: 'corona',
  17: 'fuser',
  18: 'cleaner',
  19: 'cleaner',
  20: 'transfer',
  21: 'toner',
  22: 'fuser',
  26: 'waste',
  32: 'staples',
} as const;

const supply = { name: `{${SUPPLY}.6}`, kind: { oid: `${SUPPLY}.5`, map: SUPPLY_KIND } } satisfies SupplyRule;
const tray = { name: `{${INPUT_NAME}}`, kind: 'paper', level: INPUT_LEVEL, max: `${INPUT}.9` } satisfies SupplyRule;

type Codes = Readonly<Record<number, number>>;

/**
 * The MIB says a receptacle's level as what is free of it: what is left, as of all others. Some makers have codes of their
 * own among the levels: of those with a capacity, and of those without.
 */
export const suppliesOf = (codes: Codes = {}, percentCodes: Codes = codes): SupplyRule[] => [
  {
    ...supply,
    level: { oid: SUPPLY_LEVEL, codes },
    max: SUPPLY_MAX,
    skip: [{ oid: SUPPLY_MAX, below: 1, missing: true }],
  },
  // Where the capacity is not told, levels are written in percent.
  {
    ...supply,
    percent: { oid: SUPPLY_LEVEL, codes: percentCodes },
    level: SUPPLY_LEVEL,
    skip: [{ oid: SUPPLY_MAX, above: 0 }, { above: 100 }],
  },
  {
    ...tray,
    worst: 'warning',
    skip: [{ is: UNKNOWN_LEVEL }, { oid: INPUT_NAME, matches: BY_HAND, missing: true }],
  },
  {
    ...tray,
    worst: 'ok',
    skip: [{ is: UNKNOWN_LEVEL }, { oid: INPUT_NAME, matches: `^(?!.*(?:${BY_HAND}))`, missing: true }],
  },
];
