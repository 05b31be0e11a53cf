import type { AssetFact } from '../../ports.ts';

export type Fact = AssetFact & { title: string };

/** Facts under what they are of: `Disk sda: model` and `Disk sda: size` belong to `Disk sda`. */
export function sectionsOf(facts: readonly Fact[]): { owner: string; rows: { fact: Fact; field: string }[] }[] {
  const sections = new Map<string, { fact: Fact; field: string }[]>();
  for (const fact of facts) {
    const end = fact.title.lastIndexOf(': ');
    const owner = (end < 0 ? fact.title : fact.title.slice(0, end)).trim();
    const field = end < 0 ? '' : fact.title.slice(end + 2);
    sections.set(owner, [...(sections.get(owner) ?? []), { fact, field }]);
  }
  return [...sections].map(([owner, rows]) => ({ owner, rows }));
}
