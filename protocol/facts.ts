import { type Static, Type } from 'typebox';
import { Name } from './names.ts';

/** Facts one device may have, and the length of each. */
export const FACTS_MAX = 600;
export const FACT_LENGTH_MAX = 256;

/** `section.field`, or `section[item].field` where there are several, e.g. `machine.serial`, `disk[sda].model`. */
const PATH_PATTERN = '^[a-z][A-Za-z0-9]{0,31}(\\[[^\\[\\]\\u0000-\\u001f]{1,96}\\])?\\.[a-z][A-Za-z0-9]{0,31}$';

/** Why a fact, or a whole section, could not be read. */
export const UNREAD_REASONS = ['permission', 'timeout', 'failed', 'bound'] as const;
export type UnreadReason = (typeof UNREAD_REASONS)[number];

/** What a device is made of. Sent at each start of its agent and on each change; not retained. */
export const Facts = Type.Object(
  {
    v: Type.Literal(1, { description: 'Wire version.' }),
    boot: Type.String({ pattern: '^[a-z0-9]{8,40}$', description: 'The run of the agent.' }),
    seq: Type.Integer({
      minimum: 1,
      description: 'Counts what this run sent of this device: the highest is the newest.',
    }),
    by: Type.Optional(Name),
    at: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000, description: 'Milliseconds since 1970, UTC.' }),
    facts: Type.Record(Type.String({ pattern: PATH_PATTERN }), Type.String({ maxLength: FACT_LENGTH_MAX }), {
      additionalProperties: false,
      maxProperties: FACTS_MAX,
      description: 'All there are, by path: `machine.serial`, `disk[sda].model`, `software[pos].version`.',
    }),
    unread: Type.Optional(
      Type.Record(Type.String({ pattern: `^[a-z][A-Za-z0-9]{0,31}$|${PATH_PATTERN}` }), Type.Enum(UNREAD_REASONS), {
        additionalProperties: false,
        maxProperties: 64,
        description: 'What could not be read this time, as a path or a whole section: what was known of it stays.',
      }),
    ),
  },
  { additionalProperties: false, description: 'Hardware, system, software and peripherals of a device.' },
);
export type Facts = Static<typeof Facts>;

/** The facts of a device, by path. */
export type FactRecord = Readonly<Record<string, string>>;

/** A fact that came, went or became another. */
export interface FactChange {
  /** Milliseconds since 1970, by the server's clock. */
  at: number;
  path: string;
  /** Undefined: it was not there. */
  from?: string;
  /** Undefined: it is not there any more. */
  to?: string;
}

/** Told, and no news when they change: they change with every start. */
export const PASSING_FACTS: ReadonlySet<string> = new Set(['os.lastBoot']);

/** What is seen around a device: it moves with every plug and every phone, and has pages of its own. */
export const SEEN_AROUND: ReadonlySet<string> = new Set(['found', 'own', 'station']);

/** The parts of a path; `item` is undefined where a section has one only. */
export function pathParts(path: string): { section: string; item: string | undefined; field: string } {
  const open = path.indexOf('[');
  const dot = path.lastIndexOf('.');
  const item = open < 0 ? undefined : path.slice(open + 1, path.lastIndexOf(']'));
  return { section: path.slice(0, open < 0 ? dot : open), item, field: path.slice(dot + 1) };
}

/** Facts that rules may ask for, by the name they have there after `observed.`. */
const PROMOTED: Readonly<Record<string, string>> = {
  os: 'os.name',
  osVersion: 'os.version',
  kernel: 'os.kernel',
  arch: 'os.arch',
  vendor: 'machine.vendor',
  model: 'machine.model',
  chassis: 'machine.chassis',
  bios: 'machine.biosVersion',
  agent: 'agent.version',
};

/** Paths, or beginnings of them with `*`, of what somebody installs on a device that may break how it sells. */
export const INSTALLED_PATHS = [
  'os.version',
  'os.kernel',
  'machine.biosVersion',
  'agent.version',
  'software[pos*',
  'software[payment*',
] as const;

/** By what name rules ask for what is installed at this path; undefined where it is nothing of the kind. */
export function installedAs(path: string): string | undefined {
  const { section, item, field } = pathParts(path);
  if (section === 'software') return item !== undefined && field === 'version' ? `software.${item}` : undefined;
  if (!INSTALLED_PATHS.some((each) => each === path)) return undefined;
  return Object.entries(PROMOTED).find(([, promoted]) => promoted === path)?.[0];
}

/** What rules may ask of these facts: `os`, `model`, …, and `software.pos` for the version of each piece of software. */
export function observedAttributes(facts: FactRecord): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, path] of Object.entries(PROMOTED)) {
    const value = facts[path];
    if (value !== undefined) attributes[name] = value;
  }
  for (const [path, value] of Object.entries(facts)) {
    const { section, item, field } = pathParts(path);
    if (section === 'software' && item !== undefined && field === 'version') attributes[`software.${item}`] = value;
  }
  return attributes;
}
