import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { DATE_PATTERN, Inventory } from '../../protocol/inventory.ts';
import { NAME_PATTERN } from '../../protocol/names.ts';
import type { FaultType, FaultWords } from './fault-words.ts';
import { type Finding, type Place, valueAt } from './findings.ts';

const validator = Compile(Inventory);
type SchemaError = ReturnType<typeof validator.Errors>[number];

/** typebox stops at eight faults unless told otherwise; people want to mend them all at once. */
const FAULTS_AT_MOST = 100_000;
const FOUND_LENGTH = 40;

/** Where a value is not shaped as an inventory is. */
export function schemaFindings(inventory: unknown, words: FaultWords): Finding[] {
  if (validator.Check(inventory)) return [];
  return allErrors(inventory).flatMap((error) => {
    const at = placeOf(inventory, error.instancePath);
    if (error.keyword === 'required') {
      return error.params.requiredProperties.map((key) => ({ at: [...at, key], message: words.missing }));
    }
    if (error.keyword === 'additionalProperties') {
      const message = unknownKey(error.schemaPath, words);
      return error.params.additionalProperties.map((key) => ({ at: [...at, key], message }));
    }
    // Repeats, less clearly, what `additionalProperties` says.
    if (error.keyword === 'boolean') return [];
    return [{ at, message: sentence(error, valueAt(inventory, at), words) }];
  });
}

function allErrors(inventory: unknown): SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: FAULTS_AT_MOST });
  try {
    return validator.Errors(inventory);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function sentence(error: SchemaError, value: unknown, words: FaultWords): string {
  const found = foundText(value);
  switch (error.keyword) {
    case 'type': {
      const type = error.params.type as FaultType;
      if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return words.quoteIt(found);
      return words.wrongType(type, found);
    }
    case 'enum':
      return words.oneOf(error.params.allowedValues.join(', '), found);
    case 'pattern': {
      const pattern = String(error.params.pattern);
      if (pattern === NAME_PATTERN) return words.name(found);
      if (pattern === DATE_PATTERN) return words.date(found);
      return error.schemaPath.includes('/hours/') ? words.span(found) : words.pattern(pattern, found);
    }
    case 'minLength':
      return words.empty;
    case 'maxLength':
      return words.tooLong(error.params.limit);
    case 'maxItems':
    case 'maxProperties':
      return words.tooMany(error.params.limit);
    case 'minimum':
      return words.tooSmall(Number(error.params.limit), found);
    case 'maximum':
      return words.tooBig(Number(error.params.limit), found);
    default:
      return words.invalid(error.message);
  }
}

function foundText(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > FOUND_LENGTH ? `${text.slice(0, FOUND_LENGTH)}…` : text;
}

/** Names what an object may hold; a record has no fixed names. */
function unknownKey(schemaPath: string, words: FaultWords): string {
  const schema = valueAt(Inventory, steps(schemaPath.replace(/^#/, '')));
  const known = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {});
  return known.length > 0 ? words.unknownKey(known.join(', ')) : words.badKey;
}

/** A JSON pointer, with list positions as numbers. */
function placeOf(inventory: unknown, pointer: string): Place {
  const at: (string | number)[] = [];
  for (const step of steps(pointer)) at.push(Array.isArray(valueAt(inventory, at)) ? Number(step) : step);
  return at;
}

function steps(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
