/** A text of iTop’s query language. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const whereNamed = (of: string, name: string): string =>
  `SELECT ${of} WHERE ${of === 'Person' ? 'friendlyname' : 'name'} = ${quoted(name)}`;

/** As iTop asks it to find the one object. */
export const keyOf = (of: string, named: string | number): string | number =>
  typeof named === 'number' ? named : whereNamed(of, named);
