import { Document, isScalar, visit } from 'yaml';
import type { Inventory } from '../../protocol/inventory.ts';

/** An inventory as a YAML file that `parseInventoryYaml` reads back to the same. */
export function serializeInventoryYaml(inventory: Inventory): string {
  const document = new Document(inventory, { aliasDuplicateObjects: false });
  visit(document, {
    // The hours of a day read best on one line.
    Seq(_, list) {
      if (list.items.every(isScalar)) list.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
