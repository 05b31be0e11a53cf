import type { Locale } from '../inventory.ts';
import { MEASUREMENTS } from '../measurements.ts';

/**
 * A reading in words: `disk used_percent /var` (measurement, field, what tells it apart) is `Disk used (/var)`. A
 * measurement that has no words keeps its own name.
 */
export function nameReading(locale: Locale, reading: string): string {
  const [, measurement = '', field = '', apart] = reading.match(/^(\w+)[ .](\w+)(?: (.+))?$/) ?? [];
  const definition = MEASUREMENTS[measurement];
  if (!definition) return reading;
  const name = `${definition[locale]} ${definition.fields[field]?.[locale] ?? field}`;
  return apart === undefined ? name : `${name} (${apart})`;
}
