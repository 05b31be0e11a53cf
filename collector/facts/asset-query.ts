import { ASSET_COLUMNS, type AssetColumn, type AssetSource } from '../../protocol/asset-columns.ts';
import { globMatcher } from '../../protocol/glob.ts';
import { compareVersions } from '../../protocol/versions.ts';

/** What is wrong with a search, for people. */
export interface QueryFault {
  term: string;
  fr: string;
  en: string;
}

type Predicate = (asset: AssetSource) => boolean;
type Operator = ':' | '=' | '<' | '<=' | '>' | '>=';

const columns = new Map(ASSET_COLUMNS.map((column) => [column.id, column]));
const NAMES = [...columns.keys()].join(', ');
const MOST_TERMS = 32;

/**
 * Reads a search: words found anywhere, and terms on one column. `kind:till os:"windows 10*" software.pos<8.5
 * warranty_until<2027-01-01 -region:Bretagne no:serial lyon`. All must hold; `-` turns a term round. `:` compares without
 * regard to case, `*` standing for any run of characters, and finds any part of a list.
 */
export function readQuery(text: string): { matches: Predicate; faults: QueryFault[] } {
  const terms = text.match(/-?(?:[\w.]+(?:[:=]|[<>]=?))?(?:"[^"]*"|[^\s"]+)/g) ?? [];
  const faults: QueryFault[] = [];
  if (terms.length > MOST_TERMS) {
    faults.push({ term: '', fr: `${MOST_TERMS} termes au plus`, en: `at most ${MOST_TERMS} terms` });
  }
  const predicates = terms.slice(0, MOST_TERMS).flatMap((term): Predicate[] => {
    const isNegative = term.startsWith('-') && term.length > 1;
    const predicate = readTerm(isNegative ? term.slice(1) : term, faults);
    if (!predicate) return [];
    return [isNegative ? (asset) => !predicate(asset) : predicate];
  });
  return { matches: (asset) => predicates.every((holds) => holds(asset)), faults };
}

function readTerm(term: string, faults: QueryFault[]): Predicate | undefined {
  const [, name, operator, rest] = /^([\w.]+)(:|=|<=?|>=?)(.*)$/s.exec(term) ?? [];
  if (name === undefined || operator === undefined || rest === undefined) return anywhere(unquoted(term));
  const value = unquoted(rest);
  if (name === 'no' && operator === ':') {
    const read = readerOf(value, faults, term);
    return read && ((asset) => read.read(asset) === undefined);
  }
  const column = readerOf(name, faults, term);
  return column && compare(column, operator as Operator, value);
}

const unquoted = (text: string): string => text.replaceAll('"', '');

/** A column by its id; any attribute, fact, or version of a piece of software by its name. */
function readerOf(name: string, faults: QueryFault[], term: string): Pick<AssetColumn, 'type' | 'read'> | undefined {
  const column = columns.get(name);
  if (column) return column;
  const dot = name.indexOf('.');
  const [owner, key] = [name.slice(0, dot), name.slice(dot + 1)];
  if (dot > 0 && key !== '') {
    if (owner === 'software') return { type: 'version', read: ({ facts }) => facts?.get(`software[${key}].version`) };
    if (owner === 'store') return { type: 'version', read: ({ store }) => store.attributes?.[key] };
    if (owner === 'device') return { type: 'version', read: ({ device }) => device.attributes?.[key] };
    return { type: 'version', read: ({ facts }) => facts?.get(name) };
  }
  faults.push({
    term,
    fr: `la colonne «\u202f${name}\u202f» n’est pas connue\u202f; il y a ${NAMES}, software.…, store.… et device.…`,
    en: `the column “${name}” is not known; there are ${NAMES}, software.…, store.… and device.…`,
  });
  return undefined;
}

function compare({ type, read }: Pick<AssetColumn, 'type' | 'read'>, operator: Operator, wanted: string): Predicate {
  if (operator === ':' || operator === '=') {
    const takes = globMatcher(wanted, { ignoresCase: true });
    const isPart = operator === ':';
    return held(read, (value) => {
      if (takes(value)) return true;
      return isPart && value.includes('; ') && value.split('; ').some((one) => fits(takes, one));
    });
  }
  const order = orderOf(type);
  const holds = {
    '<': (n: number) => n < 0,
    '<=': (n: number) => n <= 0,
    '>': (n: number) => n > 0,
    '>=': (n: number) => n >= 0,
  }[operator];
  return held(read, (value) => holds(order(value, wanted)));
}

/** Asks each value once: tills are alike, most values come again and again. */
function held(read: AssetColumn['read'], test: (value: string) => boolean): Predicate {
  const remembered = remembering(test);
  return (asset) => {
    const value = read(asset);
    return value !== undefined && remembered(value);
  };
}

function remembering(test: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    let is = known.get(value);
    if (is === undefined) {
      is = test(value);
      known.set(value, is);
    }
    return is;
  };
}

/** One entry of a list, or its first word: `usb:04b8:0202` finds the printer whatever its name. */
const fits = (takes: (value: string) => boolean, entry: string): boolean =>
  takes(entry) || takes(entry.split(' ', 1)[0] ?? '');

/** How values of a column stand to one another. */
export function orderOf(type: AssetColumn['type']): (a: string, b: string) => number {
  if (type === 'number') return (a, b) => Number(a) - Number(b);
  if (type === 'version') return compareVersions;
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
}

/** A word found in anything that is known of the device. */
function anywhere(word: string): Predicate {
  const pattern = new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  const is = remembering((value) => pattern.test(value));
  const has = (value: string | undefined): boolean => value !== undefined && is(value);
  return ({ key, chain, store, device, facts }) => {
    if (pattern.test(key) || has(store.title) || has(store.region) || has(device.title) || has(chain.title))
      return true;
    for (const owner of [device.attributes, device.asset, store.attributes]) {
      for (const value of Object.values(owner ?? {})) if (has(value)) return true;
    }
    return facts?.some(has) ?? false;
  };
}
