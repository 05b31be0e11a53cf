import { cpus, totalmem } from 'node:os';
import type { Locale } from '../../protocol/inventory.ts';

/** The machine and the day, as each table says them. */
export function machine(locale: Locale): string {
  const size = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)}`;
  const day = new Date().toISOString().slice(0, 10);
  return locale === 'fr'
    ? `Machine : ${size} Gio, générateurs de charge compris ; ${day}.`
    : `Machine: ${size} GiB, load generators included; ${day}.`;
}
