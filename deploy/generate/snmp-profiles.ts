import { join } from 'node:path';
import { withModel } from '../../agent/snmp/evaluate/models.ts';
import type { Identity, SnmpProfile } from '../../agent/snmp/profile.ts';
import type { DeviceFamily } from '../../agent/snmp/reading.ts';
import type { Locale, Words } from '../../agent/words.ts';
import { words } from '../../cli/words/index.ts';
import { namesIn } from './plugin-registry.ts';

const TEXT = {
  title: { fr: 'Les profils SNMP', en: 'SNMP profiles' },
  other: { fr: '[In English](snmp-profiles.md)', en: '[En français](snmp-profiles.fr.md)' },
  made: {
    fr: 'Page faite depuis les profils eux-mêmes par `npm run generate`.',
    en: 'Made from the profiles themselves by `npm run generate`.',
  },
  lead: {
    fr: 'Les interfaces et leurs compteurs (IF-MIB), l’identité (SNMPv2-MIB) et la place dans le magasin (LLDP, BRIDGE-MIB, Q-BRIDGE-MIB, CDP) sont lues partout et ne sont le fait d’aucun profil. Les nombres sont ceux des règles\u202f: une règle de capteur lit autant de capteurs que la colonne a de lignes.',
    en: 'Interfaces and their counters (IF-MIB), identity (SNMPv2-MIB) and the place in the store (LLDP, BRIDGE-MIB, Q-BRIDGE-MIB, CDP) are read everywhere and are no profile’s. Numbers are of rules: a rule for a sensor reads as many sensors as its column has rows.',
  },
  standard: { fr: 'MIB communes', en: 'Standard MIBs' },
  standardLead: {
    fr: 'De tout équipement qui les a, avant ou à la place de celles de son fabricant.',
    en: 'Of any device that has them, before or instead of its maker’s.',
  },
  makers: { fr: 'Fabricants et systèmes', en: 'Makers and systems' },
  profile: { fr: 'Profil', en: 'Profile' },
  of: { fr: 'Pour', en: 'Of' },
  kinds: { fr: 'Genre', en: 'Kind' },
  identity: { fr: 'Identité', en: 'Identity' },
  parts: { fr: 'Charge', en: 'Load' },
  sensors: { fr: 'Capteurs', en: 'Sensors' },
  supplies: { fr: 'Consommables', en: 'Supplies' },
  traps: { fr: 'Notifications', en: 'Traps' },
  vendor: { fr: 'fabricant', en: 'maker' },
  model: { fr: 'modèle', en: 'model' },
  version: { fr: 'version', en: 'version' },
  serial: { fr: 'numéro de série', en: 'serial number' },
  cpu: { fr: 'processeur', en: 'CPU' },
  memory: { fr: 'mémoire', en: 'memory' },
  storage: { fr: 'stockage', en: 'storage' },
} satisfies Record<string, Words>;
type Word = keyof typeof TEXT;

const IDENTITY = ['vendor', 'model', 'version', 'serial'] as const;
const PARTS = ['cpu', 'memory', 'storage'] as const;
const COLUMNS: readonly Word[] = ['profile', 'of', 'kinds', 'identity', 'parts', 'sensors', 'supplies', 'traps'];

/** Every SNMP profile beside a registry and what it reads, as a page. */
export async function snmpProfilesReference(root: string, registry: string, locale: Locale): Promise<string> {
  const say = (word: Word) => TEXT[word][locale];
  const folder = join(root, registry, '..');
  const profiles = await Promise.all(
    namesIn(root, registry).map(
      async (name) => ((await import(join(folder, `${name}.ts`))) as { profile: SnmpProfile }).profile,
    ),
  );
  const sorted = profiles.toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  const standard = sorted.filter(isStandard);
  const makers = sorted.filter((profile) => !isStandard(profile));
  const parts = [
    `# ${say('title')}`,
    `${say('made')} ${say('other')}`,
    say('lead'),
    `## ${say('standard')} (${standard.length})`,
    say('standardLead'),
    table(standard, locale),
    `## ${say('makers')} (${makers.length})`,
    table(makers, locale),
  ];
  return `${parts.join('\n\n')}\n`;
}

const isStandard = ({ match, rank }: SnmpProfile) => match === 'any' || rank === 0;

function table(profiles: readonly SnmpProfile[], locale: Locale): string {
  const head = COLUMNS.map((word) => TEXT[word][locale]);
  const rows = [head, head.map(() => '---'), ...profiles.map((profile) => cells(profile, locale))];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cells(profile: SnmpProfile, locale: Locale): string[] {
  const { name, title, models = [] } = profile;
  const [model] = models;
  const whole = model ? withModel(profile, model) : profile;
  const { identity = {}, sensors = [], supplies = [], traps = [] } = whole;
  const list = (there: readonly Word[]) => there.map((word) => TEXT[word][locale]).join(', ');
  const count = ({ length }: readonly unknown[]) => (length === 0 ? '' : String(length));
  return [
    `[\`${name}\`](../../agent/snmp/profiles/${name}.ts)`,
    title,
    kindsOf(identity)
      .map((kind) => words(locale).probe.kinds[kind])
      .join(', '),
    list(IDENTITY.filter((part) => identity[part] !== undefined)),
    list(PARTS.filter((part) => whole[part] !== undefined)),
    ...[sensors, supplies, traps].map(count),
  ];
}

function kindsOf({ kind }: Identity): DeviceFamily[] {
  if (kind === undefined) return [];
  return typeof kind === 'string' ? [kind] : [...new Set(kind.map((rule) => rule.kind))];
}
