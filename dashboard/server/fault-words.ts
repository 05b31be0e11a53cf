import type { Words } from './errors.ts';

/** A validator's complaint, as typebox gives it. */
export interface Complaint {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
}

const both = (en: string, fr: string): Words => ({ en, fr });
const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

const WORDS: Record<string, (params: Record<string, unknown>) => Words> = {
  required: (p) => both(`lacks ${list(p.requiredProperties)}`, `il manque ${list(p.requiredProperties)}`),
  additionalProperties: (p) =>
    both(`has unknown keys: ${list(p.additionalProperties)}`, `clés inconnues\u202f: ${list(p.additionalProperties)}`),
  type: (p) => both(`must be of type ${list(p.type)}`, `doit être de type ${list(p.type)}`),
  enum: (p) => both(`must be one of ${list(p.allowedValues)}`, `doit être l’un de ${list(p.allowedValues)}`),
  const: (p) => both(`must be ${list(p.allowedValue)}`, `doit être ${list(p.allowedValue)}`),
  anyOf: () => both('is none of the allowed values', 'n’est aucune des valeurs permises'),
  pattern: (p) => both(`must match ${list(p.pattern)}`, `doit correspondre à ${list(p.pattern)}`),
  minimum: (p) => both(`must be at least ${list(p.limit)}`, `doit valoir au moins ${list(p.limit)}`),
  maximum: (p) => both(`must be at most ${list(p.limit)}`, `doit valoir au plus ${list(p.limit)}`),
  minLength: (p) =>
    both(`must have at least ${list(p.limit)} characters`, `doit avoir au moins ${list(p.limit)} caractères`),
  maxLength: (p) =>
    both(`must have at most ${list(p.limit)} characters`, `doit avoir au plus ${list(p.limit)} caractères`),
  maxItems: (p) => both(`must have at most ${list(p.limit)} items`, `doit avoir au plus ${list(p.limit)} éléments`),
  maxProperties: (p) => both(`must have at most ${list(p.limit)} keys`, `doit avoir au plus ${list(p.limit)} clés`),
};

const REFUSED = both('is not a value that can be taken', 'n’est pas une valeur admise');

/** Says a complaint in words; it never repeats the value, which may be a secret. */
export const wordsOf = (complaint: Complaint): Words => WORDS[complaint.keyword]?.(complaint.params) ?? REFUSED;
