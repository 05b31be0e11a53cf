import type { Locale } from '../../protocol/inventory.ts';
import { contradictions } from './contradictions.ts';
import { faultWords } from './fault-words.ts';
import { type Fault, type Finding, ownerText, pathText } from './findings.ts';
import { schemaFindings } from './schema-findings.ts';

/** Every fault of an inventory: what is not shaped as one, then what contradicts itself. None means it can be taken. */
export function checkInventory(inventory: unknown, locale: Locale = 'en'): Fault[] {
  return findFaults(inventory, locale).map(({ at, message }) => {
    const owner = ownerText(inventory, at);
    return { path: owner === '' ? pathText(at) : `${pathText(at)} (${owner})`, message };
  });
}

/** The same, with places for those who know better where the inventory came from. */
export function findFaults(inventory: unknown, locale: Locale): Finding[] {
  const words = faultWords(locale);
  return [...schemaFindings(inventory, words), ...contradictions(inventory, words)];
}
