import { readFileSync } from 'node:fs';
import { parseInventoryCsv } from '../collector/inventory/parse-csv.ts';
import { parseInventoryYaml } from '../collector/inventory/parse-yaml.ts';
import { InventoryError } from '../dashboard/ports.ts';
import type { Inventory } from '../protocol/inventory.ts';
import type { Invocation } from './command.ts';
import { Fault } from './fault.ts';
import { words } from './words/index.ts';

/** Reads chains, stores and devices from a YAML or CSV file. @throws Fault with every fault in it. */
export function readInventory(path: string, { locale }: Pick<Invocation, 'locale'>): Inventory {
  const parse = /\.ya?ml$/i.test(path) ? parseInventoryYaml : /\.csv$/i.test(path) ? parseInventoryCsv : undefined;
  if (!parse) throw new Fault(words(locale).importFormat(path));
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path, (error as Error).message));
  }
  try {
    return parse(text, path, locale);
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    throw faultsOfInventory(path, error.faults, locale);
  }
}

export function faultsOfInventory(path: string, faults: InventoryError['faults'], locale: Invocation['locale']): Fault {
  const lines = faults.map((fault) => `  ${fault.path}: ${fault.message}`);
  return new Fault([words(locale).importFaults(path, faults.length), ...lines].join('\n'));
}
