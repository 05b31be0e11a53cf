/** Where in an inventory: property names and list positions from the top. */
export type Place = readonly (string | number)[];

/** A fault, before its place is put in the words of the file it came from. */
export interface Finding {
  at: Place;
  message: string;
}

/** A fault as people read it: where, and what was expected there. */
export interface Fault {
  path: string;
  message: string;
}

/** What stands at a place, as far as the way leads. */
export function valueAt(root: unknown, at: Place): unknown {
  let value = root;
  for (const step of at) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The place as a path, `chains[0].stores[2].hours.mon[0]`. */
export function pathText(at: Place): string {
  if (at.length === 0) return 'inventory';
  return at
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_]\w*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}

/** What the parts on the way to a place are called: `chain/store/device`, as far as they have names. */
export function ownerText(root: unknown, at: Place): string {
  const names: string[] = [];
  for (let depth = 2; depth <= 6 && depth <= at.length; depth += 2) {
    const name = valueAt(root, [...at.slice(0, depth), 'name']);
    if (typeof name !== 'string' || name === '') break;
    names.push(name);
  }
  return names.join('/');
}
