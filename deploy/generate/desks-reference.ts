import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Locale, Words } from '../../agent/words.ts';
import type { ConnectorPlugin } from '../../alerting/desks/connector.ts';
import { type OptionSchema, optionTable } from './option-table.ts';
import { namesIn } from './plugin-registry.ts';

const TEXT = {
  title: { fr: 'Les centres de services', en: 'The service desks' },
  other: { fr: '[In English](desks.md)', en: '[En français](desks.fr.md)' },
  made: {
    fr: 'Page faite depuis les connecteurs eux-mêmes par `npm run generate`.',
    en: 'Made from the connectors themselves by `npm run generate`.',
  },
  secret: { fr: 'Secret', en: 'Secret' },
  where: {
    fr: 'Le secret d’un centre de services est lu dans la variable d’environnement que nomme `secretEnv` (`VIGIE_DESK_SECRET` par défaut) ou dans le fichier que nomme `secretFile`.',
    en: 'A desk’s secret is read from the environment variable that `secretEnv` names (`VIGIE_DESK_SECRET` by default), or from the file that `secretFile` names.',
  },
} satisfies Record<string, Words>;

/** Every connector of the folder, its options, its secret and an example, as a page. */
export async function desksReference(root: string, path: string, locale: Locale): Promise<string> {
  const plugins = await Promise.all(
    namesIn(root, path).map(
      async (name) => ((await import(join(root, dirname(path), `${name}.ts`))) as { plugin: ConnectorPlugin }).plugin,
    ),
  );
  const parts = [
    `# ${TEXT.title[locale]}`,
    `${TEXT.made[locale]} ${TEXT.other[locale]}`,
    plugins.map(({ type, title }) => `- [\`${type}\`](#${type}) ${title[locale]}`).join('\n'),
    TEXT.where[locale],
    ...plugins.map((plugin) => section(plugin, locale)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const section = ({ type, title, options, secret, example }: ConnectorPlugin, locale: Locale): string =>
  [
    `## ${type}`,
    `**${title[locale]}**`,
    optionTable(options as OptionSchema, locale),
    `**${TEXT.secret[locale]}**${locale === 'fr' ? '\u202f:' : ':'} ${secret[locale]}`,
    `\`\`\`yaml\n${stringify({ desks: { main: { type, ...example } } }, { lineWidth: 0 })}\`\`\``,
  ].join('\n\n');
