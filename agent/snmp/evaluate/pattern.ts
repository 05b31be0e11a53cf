import { type SnmpValue, textOf } from '../value.ts';

const compiled = new Map<string, RegExp>();

/** A profile's regular expression: case does not matter, `^` and `$` stand at a line's ends. */
export function pattern(source: string): RegExp {
  let made = compiled.get(source);
  if (!made) {
    made = new RegExp(source, 'im');
    compiled.set(source, made);
  }
  return made;
}

/** A text in which the expression is found, or a number that it is the whole of: `3` is not 13. */
export function matches(value: SnmpValue, is: string): boolean {
  return pattern(typeof value.value === 'number' ? `^(?:${is})$` : is).test(textOf(value));
}
