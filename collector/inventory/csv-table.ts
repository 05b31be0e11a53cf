import { CsvError, parse } from 'csv-parse/sync';
import { InventoryError } from '../../dashboard/ports.ts';
import { columnName } from './csv-columns.ts';
import type { FaultWords } from './fault-words.ts';

/** One row of a sheet: its line in the file, and its cells by column. A cell that is empty or not there reads ''. */
export interface SheetRow {
  line: number;
  cell(column: string): string;
}

export interface Sheet {
  columns: string[];
  /** The line the column names stand on. */
  headerLine: number;
  rows: SheetRow[];
  faults: { line: number; message: string }[];
}

/**
 * Reads a sheet saved as CSV by any spreadsheet: commas or semicolons, with or without a byte order mark or Excel's
 * `sep=` line, any line ends, empty lines and columns at the end.
 * @throws InventoryError when it cannot be taken apart at all.
 */
export function readSheet(text: string, source: string, words: FaultWords): Sheet {
  const refuse = (line: number, message: string) => new InventoryError([{ path: `${source}:${line}`, message }]);
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0) throw refuse(text.slice(0, broken).split(/\r\n|\r|\n/).length, words.notUtf8);

  const records = readRecords(text, refuse, words);
  const header = records.shift();
  if (!header) throw refuse(1, words.noText);
  const columns = header.cells.map(columnName);
  while (columns.at(-1) === '') columns.pop();

  const faults: Sheet['faults'] = [];
  const rows = records.map(({ line, cells }): SheetRow => {
    const used = cells.findLastIndex((cell) => cell !== '') + 1;
    if (used > columns.length) {
      faults.push({ line, message: words.tooManyCells(used, columns.length) });
    }
    return { line, cell: (column) => cells[columns.indexOf(column)] ?? '' };
  });
  return { columns, headerLine: header.line, rows, faults };
}

interface SheetRecord {
  line: number;
  cells: string[];
}

/** Rows that hold anything, with the line each begins on. */
function readRecords(text: string, refuse: (line: number, message: string) => Error, words: FaultWords): SheetRecord[] {
  const { body, delimiter, firstLine } = preamble(text);
  const records: SheetRecord[] = [];
  let line = firstLine;
  try {
    parse(body, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record: (record: string[], info) => {
        const cells = record.map((cell) => cell.trim());
        if (cells.some((cell) => cell !== '')) records.push({ line, cells });
        line = info.lines + firstLine;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw refuse(line, words.quotes);
    throw error;
  }
  return records;
}

/** What separates the cells, said by Excel in a line of its own or seen from the column names. */
function preamble(text: string): { body: string; delimiter: string; firstLine: number } {
  const body = text.replace(/^\uFEFF/, '');
  const said = /^"?sep=([,;])"?(\r\n|\r|\n|$)/i.exec(body);
  if (said) return { body: body.slice(said[0].length), delimiter: said[1] as string, firstLine: 2 };
  const header = /^[^\r\n]*/.exec(body.trimStart())?.[0] ?? '';
  const semicolons = header.split(';').length;
  return { body, delimiter: semicolons >= header.split(',').length ? ';' : ',', firstLine: 1 };
}
