/** For the desk's people, in both languages: a connector does not know which is theirs. */
export const unknownItem = (name: string): string =>
  `Élément de configuration inconnu ici\u202f: ${name} / Configuration item unknown here: ${name}`;
