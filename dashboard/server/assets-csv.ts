import type { Asset, AssetSource } from '../ports.ts';

export interface CsvOptions {
  /** `vigie`: our column ids. `servicenow`: the fields of `cmdb_ci_computer`; columns it has none for are left out. */
  names: 'vigie' | 'servicenow';
  separator: ',' | ';';
  /** A byte order mark: spreadsheets then take the text for UTF-8. */
  bom: boolean;
}

/** Rows as RFC 4180 has them, one line per device, with a line of column names. */
export function writeCsv(assets: readonly Asset[], columns: AssetSource['columns'], options: CsvOptions): string {
  const { names, separator, bom } = options;
  const shown = columns.flatMap(({ id, servicenow }) => {
    const name = names === 'vigie' ? id : servicenow;
    return name === undefined ? [] : [{ id, name }];
  });
  const line = (cells: readonly string[]) => `${cells.map((cell) => quoted(cell, separator)).join(separator)}\r\n`;
  const lines = assets.map(({ values }) => line(shown.map(({ id }) => harmless(values[id] ?? ''))));
  return `${bom ? '\uFEFF' : ''}${line(shown.map(({ name }) => name))}${lines.join('')}`;
}

/** What a device says of itself must not become a formula in the spreadsheet of whoever opens the file. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string, separator: string): string =>
  cell.includes('"') || cell.includes(separator) || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
