/** For the desk's people, in both languages: a connector does not know which is theirs. */
export const unknownItem = (name: string): string =>
  `Élément de configuration inconnu ici\u202f: ${name} / Configuration item unknown here: ${name}`;

/** The same of a desk whose interface links no items to tickets. */
export const namedItem = (name: string): string =>
  `Élément de configuration\u202f: ${name} / Configuration item: ${name}`;
