import type { Locale } from '../../protocol/inventory.ts';

/** One property of a calendar: `NAME;PARAM=value:text`, and the line of the file it begins on. */
export interface Property {
  line: number;
  name: string;
  params: ReadonlyMap<string, string>;
  value: string;
}

/** Where a calendar is wrong. */
export interface CalendarFault {
  line: number;
  message: Record<Locale, string>;
}

/** Lines put together again where they were folded, RFC 5545 section 3.1; what is no property is a fault. */
export function readProperties(text: string, faults: CalendarFault[]): Property[] {
  const unfolded: { line: number; text: string }[] = [];
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = unfolded.at(-1);
    if (/^[ \t]/.test(line) && last) last.text += line.slice(1);
    else if (line !== '') unfolded.push({ line: at + 1, text: line });
  }
  return unfolded.flatMap(({ line, text: whole }) => {
    const property = readProperty(line, whole);
    if (property) return [property];
    const shown = whole.slice(0, 40);
    faults.push({
      line,
      message: {
        en: `“${shown}” is not a line of a calendar (NAME:value)`,
        fr: `«\u202f${shown}\u202f» n’est pas une ligne d’agenda (NOM:valeur)`,
      },
    });
    return [];
  });
}

function readProperty(line: number, text: string): Property | undefined {
  const name = /^[A-Za-z0-9-]+/.exec(text)?.[0];
  if (name === undefined) return undefined;
  const params = new Map<string, string>();
  let rest = text.slice(name.length);
  for (;;) {
    const [whole, key = '', quoted, plain = ''] = /^;([A-Za-z0-9-]+)=(?:"([^"]*)"|([^;:]*))/.exec(rest) ?? [];
    if (whole === undefined) break;
    params.set(key.toUpperCase(), quoted ?? plain);
    rest = rest.slice(whole.length);
  }
  if (!rest.startsWith(':')) return undefined;
  return { line, name: name.toUpperCase(), params, value: rest.slice(1) };
}

/** Text as it was before it was escaped. */
export const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));

/** Texts with commas between them, those that are escaped left in. */
export const textList = (value: string): string[] =>
  (value.match(/(?:[^\\,]|\\.)+/gs) ?? []).map((part) => unescaped(part));
