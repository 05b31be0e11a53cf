import type { Locale, Words } from '../../agent/words.ts';

/** What a page shows of an option's schema. */
export interface OptionSchema {
  type?: string;
  description?: string;
  /** The description in French, beside JSON Schema's own in English. */
  fr?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: OptionSchema[];
  items?: OptionSchema;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, OptionSchema>;
  required?: string[];
}

const TEXT: Readonly<Record<string, Words>> = {
  option: { fr: 'Option', en: 'Option' },
  kind: { fr: 'Valeur', en: 'Value' },
  meaning: { fr: 'Sens', en: 'Meaning' },
  byDefault: { fr: 'Par défaut', en: 'Default' },
  needed: { fr: 'obligatoire', en: 'required' },
};

/** Options and what they mean, as a Markdown table. */
export function optionTable(schema: OptionSchema, locale: Locale): string {
  const word = (key: string) => TEXT[key]?.[locale] ?? key;
  const head = ['option', 'kind', 'byDefault', 'meaning'].map(word);
  const lines = rows(schema, '', locale).map((cells) => `| ${cells.map(inCell).join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, '|---|---|---|---|', ...lines].join('\n');
}

function rows(schema: OptionSchema, prefix: string, locale: Locale): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const isNeeded = schema.required?.includes(key) && option.default === undefined;
    const byDefault = isNeeded ? (TEXT.needed?.[locale] ?? '') : asCode(option.default);
    const meaning = (locale === 'fr' ? option.fr : undefined) ?? option.description ?? '';
    const below = option.items?.properties
      ? rows(option.items, `${prefix}${key}[].`, locale)
      : rows(option, `${prefix}${key}.`, locale);
    return [[`\`${prefix}${key}\``, kindOf(option), byDefault, meaning], ...below];
  });
}

function kindOf({ type, anyOf, items, minimum, maximum, enum: choices, const: constant }: OptionSchema): string {
  if (constant !== undefined) return asCode(constant);
  if (choices) return choices.map(asCode).join(', ');
  if (anyOf) return anyOf.map(kindOf).join(', ');
  if (type === 'array') return `${kindOf(items ?? {})}[]`;
  const bounds = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return bounds ? `${type} ${minimum}–${maximum}` : (type ?? '');
}

const asCode = (value: unknown): string => (value === undefined ? '' : `\`${JSON.stringify(value)}\``);
const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
