import { readFileSync } from 'node:fs';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

/** Of the line that says, above exported rules, which they are: it is no part of them. */
const HEADER = '# vigie rules: ';

/** @throws Fault when no file is named, or it cannot be read. */
export function readRulesFile({ operands: [path], locale }: Invocation): { path: string; text: string } {
  if (path === undefined) throw new Fault(words(locale).badArguments('FILE'));
  try {
    return { path, text: withoutHeader(readFileSync(path, 'utf8')) };
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path, (error as Error).message));
  }
}

/** On one line, whatever people wrote. */
export const withHeader = (said: string, text: string): string =>
  `${HEADER}${said.replace(/\s+/g, ' ')}\n${withoutHeader(text).trimEnd()}`;

const withoutHeader = (text: string): string =>
  text.startsWith(HEADER) ? text.slice(text.indexOf('\n') + 1 || text.length) : text;
