import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InventoryError } from '../../dashboard/ports.ts';
import type { Inventory, Locale } from '../../protocol/inventory.ts';
import { findFaults } from './check-inventory.ts';
import { faultWords } from './fault-words.ts';
import { type Fault, ownerText, type Place, pathText } from './findings.ts';

/**
 * Reads an inventory written as YAML (JSON is YAML too). `source` names the file in faults.
 * @throws InventoryError with every fault, each with its line, in the language of `locale`.
 */
export function parseInventoryYaml(text: string, source: string, locale: Locale = 'en'): Inventory {
  const words = faultWords(locale);
  const lines = new LineCounter();
  let document: Document;
  let inventory: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const faults = new Map<string, Fault>();
    for (const { pos, message } of document.errors) {
      const path = `${source}:${lines.linePos(pos[0]).line}`;
      // The first is the cause, the others on its line only follow from it.
      if (!faults.has(path)) faults.set(path, { path, message: words.notYaml(message) });
    }
    if (faults.size > 0) throw new InventoryError([...faults.values()]);
    inventory = document.toJS();
  } catch (error) {
    if (error instanceof InventoryError) throw error;
    // What the parser cannot read at all: aliases that multiply without end, nesting without end.
    throw new InventoryError([{ path: source, message: words.notYaml((error as Error).message) }]);
  }
  const faults = findFaults(inventory, locale).map(({ at, message }) => ({
    at,
    message,
    line: lineOf(document, lines, at),
  }));
  if (faults.length === 0) return inventory as Inventory;
  faults.sort((a, b) => a.line - b.line);
  throw new InventoryError(
    faults.map(({ at, message, line }): Fault => {
      const owner = ownerText(inventory, at);
      return { path: `${source}:${line} ${pathText(at)}${owner === '' ? '' : ` (${owner})`}`, message };
    }),
  );
}

/** The line a place stands on, or the nearest above it when it is missing. */
function lineOf(document: Document, lines: LineCounter, at: Place): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of at) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      offset = startOf(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
