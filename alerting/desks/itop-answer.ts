import { DeskFailure } from './desk-failure.ts';

/** An object of iTop’s: its `id`, and the fields that were asked for. */
export type ItopRow = Readonly<Record<string, unknown>> & { readonly id: string };

/** What is thrown on the way in, before the question is looked at, has this before its message. */
const AT_THE_DOOR = /^Error: /;
/** Of its internal errors, those that are its database’s own. They quote the query, or where the database is. */
const OF_THE_DATABASE = /SQL query|DB server|mysql|deadlock|lock wait|gone away|too many connections/i;
const UNAUTHORIZED = 1;
const NOBODY = [5, 6];

/**
 * What iTop’s REST services answer. They say 200 whatever became of a question: the code in the answer tells.
 * @throws DeskFailure `retry` for a door that is closed, a database in trouble and what is no answer; `refused` for the rest.
 */
export function rowsOf(json: unknown): ItopRow[] {
  if (!isRecord(json) || !Number.isInteger(json.code))
    throw new DeskFailure('retry', 'the desk answers without a code');
  const { code, message, objects } = json;
  if (code !== 0) throw failureOf(code as number, typeof message === 'string' ? message : '');
  if (objects !== null && objects !== undefined && typeof objects !== 'object') throw noObject();
  return Object.values(objects ?? {}).map((object) => {
    if (!isRecord(object) || object.code !== 0 || !isRecord(object.fields)) throw noObject();
    const id = `${object.key}`;
    // Anything else it would take for a query.
    if (!/^[1-9]\d{0,15}$/.test(id)) throw noObject();
    return { ...object.fields, id };
  });
}

/** A field of one line; undefined where it is empty, or none. */
export function fieldOf(row: ItopRow, name: string): string | undefined {
  const { [name]: value } = row;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a field that leads to another object leads to one. */
export const leadsTo = (row: ItopRow | undefined, name: string): boolean => Number(row?.[name] ?? 0) > 0;

function failureOf(code: number, message: string): DeskFailure {
  if (NOBODY.includes(code) || (code === UNAUTHORIZED && AT_THE_DOOR.test(message))) {
    return new DeskFailure('retry', 'iTop does not accept our credentials');
  }
  if (OF_THE_DATABASE.test(message)) return new DeskFailure('retry', `iTop says ${code}: its database is in trouble`);
  return new DeskFailure('refused', `iTop says ${code}${message ? `: ${message.slice(0, 200)}` : ''}`);
}

const noObject = (): DeskFailure => new DeskFailure('retry', 'the desk answers with objects that are none');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
