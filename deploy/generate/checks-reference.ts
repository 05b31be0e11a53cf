import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { CheckPlugin } from '../../agent/check.ts';
import { CheckEntry } from '../../agent/check-entry.ts';
import type { Locale, Words } from '../../agent/words.ts';

/** What a page shows of an option's schema. */
interface OptionSchema {
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
  title: { fr: 'Les mesures de l’agent', en: 'The agent’s checks' },
  other: { fr: '[In English](checks.md)', en: '[En français](checks.fr.md)' },
  made: {
    fr: 'Page faite depuis les mesures elles-mêmes par `npm run generate`.',
    en: 'Made from the checks themselves by `npm run generate`.',
  },
  every: { fr: 'Ce que toute mesure accepte', en: 'What every check takes' },
  option: { fr: 'Option', en: 'Option' },
  kind: { fr: 'Valeur', en: 'Value' },
  meaning: { fr: 'Sens', en: 'Meaning' },
  byDefault: { fr: 'Par défaut', en: 'Default' },
  needed: { fr: 'obligatoire', en: 'required' },
  none: { fr: 'Sans option.', en: 'No options.' },
};

/** Every check of the folder, its options and an example, as a page. */
export async function checksReference(folder: string, locale: Locale): Promise<string> {
  const word = (key: string) => TEXT[key]?.[locale] ?? key;
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.gen.ts'));
  const plugins = await Promise.all(
    files.sort().map(async (file) => ((await import(join(folder, file))) as { plugin: CheckPlugin }).plugin),
  );
  const contents = plugins.map(({ type, title }) => `- [\`${type}\`](#${type}) ${title[locale]}`);
  const parts = [
    `# ${word('title')}`,
    `${word('made')} ${word('other')}`,
    contents.join('\n'),
    `## ${word('every')}`,
    table(CheckEntry as OptionSchema, locale),
    ...plugins.map((plugin) => section(plugin, locale)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section({ type, title, options, example }: CheckPlugin, locale: Locale): string {
  const schema = options as OptionSchema;
  const hasOptions = Object.keys(schema.properties ?? {}).length > 0;
  return [
    `## ${type}`,
    `**${title[locale]}**`,
    hasOptions ? table(schema, locale) : (TEXT.none?.[locale] ?? ''),
    `\`\`\`yaml\n${stringify({ checks: [{ type, ...example }] }, { lineWidth: 0 })}\`\`\``,
  ].join('\n\n');
}

function table(schema: OptionSchema, locale: Locale): string {
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
