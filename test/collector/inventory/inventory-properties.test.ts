import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkInventory } from '../../../collector/inventory/check-inventory.ts';
import { parseInventoryCsv } from '../../../collector/inventory/parse-csv.ts';
import { parseInventoryYaml } from '../../../collector/inventory/parse-yaml.ts';
import { serializeInventoryYaml } from '../../../collector/inventory/serialize-yaml.ts';
import { InventoryError } from '../../../dashboard/ports.ts';
import { inventories } from './inventories.ts';

/** Taken whole or refused with at least one fault: nothing else may come of a file. */
function expectTakenOrRefused(parse: typeof parseInventoryYaml, text: string): void {
  try {
    expect(checkInventory(parse(text, 'file'))).toEqual([]);
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    expect(error.faults.length).toBeGreaterThan(0);
    for (const { path, message } of error.faults) {
      expect(path).toMatch(/^file/);
      expect(message).not.toBe('');
    }
  }
}

describe('any inventory', () => {
  test('written as YAML is read back the same', () => {
    fc.assert(
      fc.property(inventories, (inventory) => {
        expect(checkInventory(inventory)).toEqual([]);
        expect(parseInventoryYaml(serializeInventoryYaml(inventory), 'file')).toStrictEqual(inventory);
      }),
      { numRuns: 200 },
    );
  });

  test('the hours of a day are written on one line', () => {
    const hours = { mon: ['08:30-12:30', '14:00-19:30'], sun: [] };
    const store = { name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', hours, devices: [] };
    const text = serializeInventoryYaml({ chains: [{ name: 'brico', title: 'Brico', stores: [store] }] });
    expect(text).toContain('          mon: [08:30-12:30, 14:00-19:30]\n          sun: []\n');
  });

  test('any value is checked without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ chains: fc.anything() }), fc.jsonValue()), (value) => {
        const faults = checkInventory(value);
        for (const { path, message } of faults) expect(path && message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test('a good inventory with one part broken is never taken', () => {
    const broken = fc
      .tuple(inventories, fc.constantFrom<unknown>(null, 7, '', [], {}, 'à vendre'))
      .filter(([inventory]) => inventory.chains.length > 0)
      .map(([inventory, junk]) => ({ chains: [{ ...inventory.chains[0], name: junk }, ...inventory.chains.slice(1)] }));
    fc.assert(
      fc.property(broken, (inventory) => {
        expect(checkInventory(inventory)).toContainEqual(
          expect.objectContaining({ path: expect.stringMatching(/^chains\[0\]\.name/) }),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('any text', () => {
  const yamlText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('a', ':', ' ', '\n', '- ', '[', ']', '{', '}', '&a', '*a', '"', '#', '|', '? ', '!!'),
    }),
    fc.tuple(inventories, fc.nat(), fc.string()).map(([inventory, at, junk]) => {
      const text = serializeInventoryYaml(inventory);
      return text.slice(0, at % text.length) + junk + text.slice(at % text.length);
    }),
  );
  test('is taken as YAML whole, or refused', () => {
    fc.assert(
      fc.property(yamlText, (text) => expectTakenOrRefused(parseInventoryYaml, text)),
      { numRuns: 300 },
    );
  });

  const HEADER = 'chain;chain_title;store;store_title;time_zone;hours;device;kind;lane;gateway;device.model';
  const cell = fc.oneof(
    fc.constantFrom('brico', 'Lyon', 'Europe/Paris', 'till', 'till-01', '1', 'mon 8h-9h', '', '"', '\u00a0'),
    fc.string({ maxLength: 8 }),
  );
  const csvText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.array(cell, { maxLength: 12 }), { maxLength: 6 })
      .map((rows) => [HEADER, ...rows.map((row) => row.join(';'))].join('\n')),
  );
  test('is taken as CSV whole, or refused', () => {
    fc.assert(
      fc.property(csvText, (text) => expectTakenOrRefused(parseInventoryCsv, text)),
      { numRuns: 500 },
    );
  });
});
