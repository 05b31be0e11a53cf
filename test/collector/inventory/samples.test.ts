import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkInventory } from '../../../collector/inventory/check-inventory.ts';
import { parseInventoryCsv } from '../../../collector/inventory/parse-csv.ts';
import { parseInventoryYaml } from '../../../collector/inventory/parse-yaml.ts';
import { InventoryError } from '../../../dashboard/ports.ts';
import type { Inventory, Locale } from '../../../protocol/inventory.ts';

// A new case is a file in `samples/`: a good CSV beside the YAML that says the same, a bad file beside its faults.
const SAMPLES = new URL('samples/', import.meta.url);
const FOR_USERS = new URL('../../../deploy/samples/', import.meta.url);

const read = (folder: URL, file: string, locale: Locale = 'en'): Inventory => {
  const parse = file.endsWith('.csv') ? parseInventoryCsv : parseInventoryYaml;
  return parse(readFileSync(new URL(file, folder), 'utf8'), file, locale);
};

function faultsOf(file: string, locale: Locale): string {
  try {
    read(SAMPLES, file, locale);
  } catch (error) {
    expect(error).toBeInstanceOf(InventoryError);
    return `${(error as InventoryError).faults.map(({ path, message }) => `${path}: ${message}`).join('\n')}\n`;
  }
  throw new Error(`${file} was taken for a good inventory`);
}

const files = readdirSync(SAMPLES).filter((file) => /\.(csv|yaml)$/.test(file));
const good = files.filter((file) => file.startsWith('good-'));
const bad = files.filter((file) => file.startsWith('bad-'));

describe('sample inventories', () => {
  test.each(good)('%s is taken', (file) => {
    expect(checkInventory(read(SAMPLES, file))).toEqual([]);
  });

  test.each(good.filter((file) => file.endsWith('.csv')))('%s says the same as its YAML', (file) => {
    expect(read(SAMPLES, file)).toEqual(read(SAMPLES, file.replace('.csv', '.yaml')));
  });

  test.each(bad)('%s is refused with all its faults', async (file) => {
    await expect(faultsOf(file, 'en')).toMatchFileSnapshot(new URL(`${file}.faults`, SAMPLES).pathname);
  });

  test.each(bad)('%s is refused in French as well', (file) => {
    const places = (text: string) => text.split('\n').map((line) => line.split(': ')[0]);
    const french = faultsOf(file, 'fr');
    expect(places(french)).toEqual(places(faultsOf(file, 'en')));
    for (const line of french.split('\n').filter((text) => text !== '')) {
      const sentence = line.slice(line.indexOf(': ') + 2);
      expect(sentence, 'spaces before signs do not break').not.toMatch(/ [;:!?%»]|« /);
      expect(sentence).not.toMatch(/expected|found|is missing/);
    }
  });

  test('the samples for users are good, and say the same', () => {
    const yaml = read(FOR_USERS, 'inventory.yaml');
    expect(yaml.chains[0]?.stores.length).toBeGreaterThan(3);
    expect(read(FOR_USERS, 'inventory.csv')).toEqual(yaml);
  });
});
