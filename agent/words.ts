/** A sentence for people, in each of our languages. */
export interface Words {
  fr: string;
  en: string;
}

export type Locale = keyof Words;

/** Picks the sentence in the language this agent speaks. */
export type Say = (words: Words) => string;

export const sayIn =
  (locale: Locale): Say =>
  (words) =>
    words[locale];
