import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { CheckPlugin } from '../../agent/check.ts';
import { CheckEntry } from '../../agent/check-entry.ts';
import type { Locale, Words } from '../../agent/words.ts';
import { type OptionSchema, optionTable } from './option-table.ts';

const TEXT: Readonly<Record<string, Words>> = {
  title: { fr: 'Les mesures de l’agent', en: 'The agent’s checks' },
  other: { fr: '[In English](checks.md)', en: '[En français](checks.fr.md)' },
  made: {
    fr: 'Page faite depuis les mesures elles-mêmes par `npm run generate`.',
    en: 'Made from the checks themselves by `npm run generate`.',
  },
  every: { fr: 'Ce que toute mesure accepte', en: 'What every check takes' },
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
    optionTable(CheckEntry as OptionSchema, locale),
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
    hasOptions ? optionTable(schema, locale) : (TEXT.none?.[locale] ?? ''),
    `\`\`\`yaml\n${stringify({ checks: [{ type, ...example }] }, { lineWidth: 0 })}\`\`\``,
  ].join('\n\n');
}
