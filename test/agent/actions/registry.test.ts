import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../../agent/actions/registry.gen.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { ACTION_TITLES } from '../../../protocol/actions.ts';

const types = readdirSync(join(import.meta.dirname, '../../../agent/actions'))
  .filter((file) => !file.endsWith('.gen.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

test('the registry is the one the folder gives, and every action has its title for people', () => {
  expect(Object.keys(registry).sort()).toEqual(types.sort());
  expect(Object.keys(ACTION_TITLES).sort()).toEqual(types.sort());
});

describe.each(types)('%s', (type) => {
  const load = async () => {
    const plugin = await registry[type]?.();
    if (!plugin) throw new Error(`${type} is not in the registry`);
    return plugin;
  };

  test('is called as its file, has a sentence per option, and an example that its schema takes', async () => {
    const { type: called, options, example } = await load();
    expect(called).toBe(type);
    for (const [key, schema] of Object.entries<{ description?: string }>(options.properties)) {
      expect(schema.description, key).toMatch(/\S+ \S+.*\.$/);
    }
    expect(listFaults(options, example)).toEqual([]);
    expect(listFaults(options, { ...example, surprise: 1 })).not.toEqual([]);
  });

  test('leaves the keys every action takes alone, and has its test', async () => {
    const { options } = await load();
    for (const key of ['name', 'type', 'timeoutS', 'perDay', 'notWhileSelling']) {
      expect(options.properties).not.toHaveProperty(key);
    }
    expect(existsSync(join(import.meta.dirname, `${type}.test.ts`))).toBe(true);
  });
});
