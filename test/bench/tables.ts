import type { Locale } from '../../protocol/inventory.ts';
import type { Figure } from './figure.ts';

const FRENCH_UNITS: Record<string, string> = { KB: 'Ko', MB: 'Mo', bytes: 'octets' };

/** A number as people of that language write it, with three digits that tell. */
export function writeNumber(value: number, locale: Locale): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString(locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: digits });
}

/** A Markdown table; all columns but the first to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

export function figureTable(figures: readonly Figure[], locale: Locale): string {
  const unitIn = (unit: string) => (locale === 'fr' ? (FRENCH_UNITS[unit] ?? unit) : unit);
  const rows = figures.map(({ what, fr, value, unit, budget }) => [
    locale === 'fr' ? (fr ?? what) : what,
    `${writeNumber(value, locale)} ${unitIn(unit)}`,
    locale === 'fr' ? budgetInFrench(budget) : budget,
  ]);
  const head = locale === 'fr' ? ['Quoi', 'Mesuré', 'Budget'] : ['What', 'Measured', 'Budget'];
  return markdownTable(head, rows);
}

/** `10,000 /s` → `10 000 /s`. */
function budgetInFrench(budget: string): string {
  return budget
    .replace(/[\d,]+(?:\.\d+)?/, (number) => writeNumber(Number(number.replaceAll(',', '')), 'fr'))
    .replace(/[A-Za-z]+$/, (unit) => FRENCH_UNITS[unit] ?? unit);
}
