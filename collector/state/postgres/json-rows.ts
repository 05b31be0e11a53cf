/** PostgreSQL keeps no NUL and no half of a surrogate pair; what people and devices send may hold either. */
export const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

const SUSPECT = /\\u(?:0000|d[89a-f])/;

/** Rows as one argument for `json_to_recordset`; null when there are none. */
export function jsonRows(rows: readonly object[]): string | null {
  if (rows.length === 0) return null;
  const json = JSON.stringify(rows);
  if (!SUSPECT.test(json)) return json;
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? clean(value) : value));
}

/** The last row of each key: one statement cannot write a row twice. */
export function lastOfEach<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
