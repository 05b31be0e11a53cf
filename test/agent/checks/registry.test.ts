import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../../agent/checks/registry.gen.ts';
import { listFaults } from '../../../agent/config-faults.ts';

const types = readdirSync(join(import.meta.dirname, '../../../agent/checks'))
  .filter((file) => !file.endsWith('.gen.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

test('the registry is the one the folder gives', () => {
  expect(Object.keys(registry).sort()).toEqual(types.sort());
});

interface OptionSchema {
  /** In English; the schema's own word. */
  description?: string;
  fr?: string;
  properties?: Record<string, OptionSchema>;
  items?: OptionSchema;
}

/** Options by their path, those within options too. */
const everyOption = ({ properties = {} }: OptionSchema, at = ''): [string, OptionSchema][] =>
  Object.entries(properties).flatMap(([key, schema]) => [
    [`${at}${key}`, schema],
    ...everyOption(schema, `${at}${key}.`),
    ...everyOption(schema.items ?? {}, `${at}${key}[].`),
  ]);

describe.each(types)('%s', (type) => {
  const load = async () => {
    const plugin = await registry[type]?.();
    if (!plugin) throw new Error(`${type} is not in the registry`);
    return plugin;
  };

  test('is called as its file, in both languages', async () => {
    const plugin = await load();
    expect(plugin.type).toBe(type);
    expect(plugin.title.fr).toMatch(/\S/);
    expect(plugin.title.en).toMatch(/\S/);
  });

  test('has a sentence for each option in both languages, and an example that its schema takes', async () => {
    const { options, example } = await load();
    for (const [path, { description, fr }] of everyOption(options)) {
      expect(description, path).toMatch(/\S+ \S+.*\.$/);
      expect(fr, `${path} in French`).toMatch(/\S+ \S+.*\.$/);
    }
    expect(listFaults(options, example)).toEqual([]);
    expect(listFaults(options, { ...example, surprise: 1 })).not.toEqual([]);
  });

  test('leaves the keys every check takes alone', async () => {
    const { options } = await load();
    for (const key of ['type', 'name', 'timeoutMs', 'everyS']) expect(options.properties).not.toHaveProperty(key);
  });

  test('has its test', () => {
    expect(existsSync(join(import.meta.dirname, `${type}.test.ts`))).toBe(true);
  });
});
