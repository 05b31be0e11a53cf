import { type Static, Type } from 'typebox';
import { listFaults } from '../config-faults.ts';

const Name = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: 'What it is called in searches and rules: `software.pos`.',
});
const Pattern = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 512,
    description: 'Regular expression whose first group is the version; without it the first line that has a digit.',
  }),
);

const Software = Type.Object(
  {
    name: Name,
    package: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.+:_-]{0,127}$', description: 'A package of dpkg or rpm.' }),
    ),
    file: Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description: 'A file that holds its version.' })),
    command: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), {
        minItems: 1,
        maxItems: 16,
        description: 'A program that prints its version, with its arguments; no shell.',
      }),
    ),
    program: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'Its name in the list of installed programs of Windows; `*` stands for any run of characters.',
      }),
    ),
    pattern: Pattern,
  },
  {
    additionalProperties: false,
    description: 'Software whose version matters: one of package, file, command, program.',
  },
);

const Options = Type.Object(
  {
    afterS: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3600,
        default: 120,
        description: 'Seconds after the start before it first looks; up to as many more, by the device.',
      }),
    ),
    everyH: Type.Optional(
      Type.Number({ minimum: 0.0001, maximum: 168, default: 6, description: 'Hours between two looks.' }),
    ),
    software: Type.Optional(Type.Array(Software, { maxItems: 64 })),
  },
  { additionalProperties: false, description: 'What the agent tells of its machine.' },
);

export interface InventoryOptions {
  afterS: number;
  everyH: number;
  software: readonly Static<typeof Software>[];
}

export const DEFAULT_INVENTORY: InventoryOptions = { afterS: 120, everyH: 6, software: [] };

const WAYS = ['package', 'file', 'command', 'program'] as const;

/** The options of a configuration, with every fault in them. */
export function loadInventory(value: unknown): { loaded: InventoryOptions; faults: string[] } {
  const faults = listFaults(Options, value, 'inventory');
  if (faults.length > 0) return { loaded: DEFAULT_INVENTORY, faults };
  const loaded = { ...DEFAULT_INVENTORY, ...(value as Partial<InventoryOptions>) };
  const names = new Set<string>();
  for (const [index, entry] of loaded.software.entries()) {
    const place = `inventory.software[${index}]`;
    if (names.has(entry.name)) faults.push(`${place}.name: ${JSON.stringify(entry.name)} is there twice`);
    names.add(entry.name);
    if (WAYS.filter((way) => entry[way] !== undefined).length !== 1) {
      faults.push(`${place}: must have one of ${WAYS.join(', ')}`);
    }
    if (entry.pattern !== undefined && !isPattern(entry.pattern)) {
      faults.push(`${place}.pattern: is no regular expression`);
    }
  }
  return { loaded, faults };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'm');
    return true;
  } catch {
    return false;
  }
}
