import { DEVICE_KINDS, type DeviceKind } from '../../protocol/inventory.ts';
import type { WindowScope } from '../../protocol/maintenance.ts';

const EVERYTHING = 'everything';
const KINDS: ReadonlySet<string> = new Set(DEVICE_KINDS);
const ATTRIBUTE = /^(store|device|asset)\.[A-Za-z][\w.-]{0,63}$/;

/** A scope as terms that stand in a calendar: `place:acme/lyon`, `region:Sud`, `kind:till`, `store.carrier:Orange`. */
export function scopeTerms({ places, regions, kinds, attributes }: WindowScope): string[] {
  const terms = [
    ...(places ?? []).map((place) => `place:${place}`),
    ...(regions ?? []).map((region) => `region:${region}`),
    ...(kinds ?? []).map((kind) => `kind:${kind}`),
    ...Object.entries(attributes ?? {}).flatMap(([name, values]) => values.map((value) => `${name}:${value}`)),
  ];
  return terms.length > 0 ? terms : [EVERYTHING];
}

/** The scope that terms name; others are passed over. Undefined when none of them is one. */
export function scopeOfTerms(terms: readonly string[]): WindowScope | undefined {
  const places: string[] = [];
  const regions: string[] = [];
  const kinds: DeviceKind[] = [];
  const attributes: Record<string, string[]> = {};
  let isEverything = false;
  for (const term of terms.map((one) => one.trim())) {
    const colon = term.indexOf(':');
    const [name, value] = [term.slice(0, Math.max(colon, 0)), term.slice(colon + 1).trim()];
    if (term === EVERYTHING) isEverything = true;
    else if (value === '') continue;
    else if (name === 'place') places.push(value);
    else if (name === 'region') regions.push(value);
    else if (name === 'kind' && KINDS.has(value)) kinds.push(value as DeviceKind);
    else if (ATTRIBUTE.test(name)) attributes[name] = [...(attributes[name] ?? []), value];
  }
  const scope: WindowScope = {
    ...(places.length > 0 && { places }),
    ...(regions.length > 0 && { regions }),
    ...(kinds.length > 0 && { kinds }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
  return isEverything || Object.keys(scope).length > 0 ? scope : undefined;
}
