import type { TSchema } from 'typebox';
import { Errors } from 'typebox/schema';
import { Settings } from 'typebox/system';

/** Enough for every wrong key of a long file; the library lists eight of them by itself. */
const MOST_FAULTS = 200;

/** A configuration that cannot be used. `faults` holds one line per wrong key: its path and what was expected. */
export class ConfigError extends Error {
  readonly source: string;
  readonly faults: readonly string[];

  constructor(source: string, faults: readonly string[]) {
    super(
      `${source}: ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.source = source;
    this.faults = faults;
  }
}

/** Everything in which `value` breaks `schema`, as `path: what was expected`. `at` is the path of `value` itself. */
export function listFaults(schema: TSchema, value: unknown, at = ''): string[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MOST_FAULTS });
  try {
    const [, errors] = Errors(schema, value);
    return [...new Set(errors.flatMap((error) => explain(schema, error, at)))];
  } finally {
    Settings.Set({ maxErrors });
  }
}

type Fault = ReturnType<typeof Errors>[1][number];

function explain(root: TSchema, error: Fault, at: string): string[] {
  // What each side of a choice asks for is told as one.
  if (error.schemaPath.includes('/anyOf/')) return [];
  const steps = error.instancePath.split('/').slice(1).map(unescapePointer);
  const path = steps.reduce(join, at);
  const expected = schemaAt(root, steps);
  const hint = expected?.description ? ` (${expected.description})` : '';
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((key) => {
        const missing = schemaAt(root, [...steps, key])?.description;
        return `${join(path, key)}: is missing${missing ? ` (${missing})` : ''}`;
      });
    case 'boolean': {
      const known = Object.keys(schemaAt(root, steps.slice(0, -1))?.properties ?? {});
      return [
        `${path}: unknown key; ${known.length > 0 ? `known are ${known.join(', ')}` : 'nothing is expected here'}`,
      ];
    }
    case 'anyOf': {
      const choices = (expected?.anyOf ?? []).flatMap((choice) =>
        'const' in choice ? [JSON.stringify(choice.const)] : [],
      );
      return [
        `${path || '.'}: ${choices.length > 0 ? `must be one of ${choices.join(', ')}` : 'is not complete'}${hint}`,
      ];
    }
    // Each unknown key is told by itself.
    case 'additionalProperties':
      return [];
    default:
      return [`${path || '.'}: ${error.message}${hint}`];
  }
}

interface Described {
  description?: string;
  properties?: Record<string, Described>;
  items?: Described;
  anyOf?: (Described & { const?: unknown })[];
}

const schemaAt = (root: TSchema, steps: readonly string[]): Described | undefined =>
  steps.reduce<Described | undefined>(
    (schema, step) => schema?.properties?.[step] ?? (/^\d+$/.test(step) ? schema?.items : undefined),
    root as Described,
  );

const join = (path: string, step: string): string => {
  if (/^\d+$/.test(step)) return `${path}[${step}]`;
  return path === '' ? step : `${path}.${step}`;
};

const unescapePointer = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
