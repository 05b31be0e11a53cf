import type { DeviceKey } from '../../protocol/names.ts';

/*
 * How names and texts stand in InfluxDB, so that any of them comes back as it was:
 *
 * - A device is three tags: `chain`, `store` and `host` (its own name), so that dashboards made for Telegraf find it.
 * - A tag or field whose name would clash with these, with InfluxDB's `time`, or that begins with an underscore (kept by
 *   versions 2 and 3 for themselves) gets `tag_` or `field_` before it; so does one that already looks like that.
 * - Line protocol has no empty tag value, no line break, and a backslash is unsafe before some characters: these are
 *   written with the sign ␛ and a letter (␛e, ␛n, ␛r, ␛b; other control characters ␛x and two hex digits), and ␛ itself
 *   as ␛␛. All other text is as it is.
 * - A roll-up has its field's mean under the field's own name, and beside it `_min`, `_max`, `_sum`, `_count` and `_last`.
 *   A field whose own name ends like that gets an underscore after it in roll-ups.
 */

const OURS = 'time|chain|store|host|_.*';
const AGGREGATE_END = /_(?:min|max|sum|count|last)_*$/;
const WORDS = { tag: 'tag_', field: 'field_' } as const;
const CLASHES = {
  tag: new RegExp(`^(?:tag_)*(?:${OURS})$`),
  field: new RegExp(`^(?:field_)*(?:${OURS})$`),
};

export function storedName(kind: 'tag' | 'field', name: string): string {
  return CLASHES[kind].test(name) ? WORDS[kind] + storedText(name) : storedText(name);
}

export function ownName(kind: 'tag' | 'field', stored: string): string {
  const name = ownText(stored);
  const word = WORDS[kind];
  return name.startsWith(word) && CLASHES[kind].test(name) ? name.slice(word.length) : name;
}

/** The field's name in roll-ups: `storedRollup(field) + '_min'` and so on. */
export function storedRollup(field: string): string {
  const name = storedName('field', field);
  return AGGREGATE_END.test(name) ? `${name}_` : name;
}

export function ownRollup(stored: string): string {
  return ownName('field', AGGREGATE_END.test(stored) ? stored.slice(0, -1) : stored);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f␛]|\\(?=[,= \\"n]|$)/;
const ALL_UNSAFE = new RegExp(UNSAFE.source, 'g');
const SIGNS: Readonly<Record<string, string>> = { '␛': '␛␛', '\n': '␛n', '\r': '␛r', '\\': '␛b' };
const MEANINGS: Readonly<Record<string, string>> = { '␛': '␛', n: '\n', r: '\r', b: '\\', e: '' };

export function storedText(text: string): string {
  if (text === '') return '␛e';
  if (!UNSAFE.test(text)) return text;
  return text.replace(ALL_UNSAFE, (one) => SIGNS[one] ?? `␛x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

export function ownText(stored: string): string {
  if (!stored.includes('␛')) return stored;
  return stored.replace(/␛(?:x([0-9a-f]{2})|(.))/gu, (all, hex: string | undefined, sign: string) =>
    hex === undefined ? (MEANINGS[sign] ?? all) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What a series' tags in InfluxDB say; undefined for a series that is not ours. */
export function seriesOf(
  stored: Readonly<Record<string, string>>,
): { device: DeviceKey; tags: Record<string, string> } | undefined {
  const { chain, store, host } = stored;
  if (!chain || !store || !host) return undefined;
  const tags: Record<string, string> = {};
  for (const [name, text] of Object.entries(stored)) {
    if (name === 'chain' || name === 'store' || name === 'host' || text === '') continue;
    tags[ownName('tag', name)] = ownText(text);
  }
  return { device: `${ownText(chain)}/${ownText(store)}/${ownText(host)}`, tags };
}
