import { InventoryError } from '../../dashboard/ports.ts';
import type { Inventory, Locale } from '../../protocol/inventory.ts';
import { findFaults } from './check-inventory.ts';
import { COLUMNS, columnOf, isAttributeColumn, REQUIRED_COLUMNS } from './csv-columns.ts';
import { SheetInventory } from './csv-inventory.ts';
import { readSheet, type Sheet } from './csv-table.ts';
import { type FaultWords, faultWords } from './fault-words.ts';
import type { Fault } from './findings.ts';

/**
 * Reads an inventory written as a sheet, one row per device. What belongs to the chain or the store is given in one of
 * its rows at least, and the same in all that give it; a row without a device is a store that has none yet. `source`
 * names the file in faults.
 * @throws InventoryError with every fault, each with its line and column, in the language of `locale`.
 */
export function parseInventoryCsv(text: string, source: string, locale: Locale = 'en'): Inventory {
  const words = faultWords(locale);
  const sheet = readSheet(text, source, words);
  const headerFaults = columnFaults(sheet, source, words);
  // Without its columns, every row would only be wrong in the same way.
  if (headerFaults.length > 0) throw new InventoryError(headerFaults);

  const read = new SheetInventory(sheet, words);
  const found = [
    ...sheet.faults.map((fault) => ({ ...fault, column: '' })),
    ...read.faults,
    ...findFaults(read.inventory, locale).map(({ at, message }) => ({
      line: read.lineOf(at),
      column: columnOf(at),
      message,
    })),
  ];
  found.sort((a, b) => a.line - b.line);
  // One cell of hours can be the same fault on every day of the week.
  const told = new Map<string, Fault>();
  for (const { line, column, message } of found) {
    const path = `${source}:${line} ${column}`.trimEnd();
    told.set(`${path}: ${message}`, { path, message });
  }
  const faults = [...told.values()];
  if (faults.length > 0) throw new InventoryError(faults);
  return read.inventory as Inventory;
}

function columnFaults({ columns, headerLine, rows }: Sheet, source: string, words: FaultWords): Fault[] {
  const messages: string[] = [];
  for (const column of REQUIRED_COLUMNS) if (!columns.includes(column)) messages.push(words.columnMissing(column));
  for (const [i, column] of columns.entries()) {
    if (columns.indexOf(column) !== i) messages.push(words.columnTwice(column));
    else if (!isAttributeColumn(column) && !(COLUMNS as readonly string[]).includes(column)) {
      messages.push(words.columnUnknown(column, COLUMNS.join(', ')));
    }
  }
  if (messages.length === 0 && rows.length === 0) messages.push(words.noRows);
  return messages.map((message) => ({ path: `${source}:${headerLine}`, message }));
}
