import { writeFileSync } from 'node:fs';
import { fetchFromServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const SHOWN = ['key', 'kind', 'model', 'serial', 'os', 'software'] as const;
const WIDEST = 40;

/** Finds devices by what they are made of, and writes them out for ITAM and CMDB, through a running server. */
export const command: Command = {
  summary: {
    en: 'finds devices by what they are made of, and exports them (CSV, JSON)',
    fr: 'retrouve les équipements par ce qui les compose, et les exporte (CSV, JSON)',
  },
  operands: 'search|export [TERM…]',
  options: {
    ...SERVER_CALL_OPTIONS,
    sort: { type: 'string' },
    limit: { type: 'string' },
    format: { type: 'string' },
    names: { type: 'string' },
    separator: { type: 'string' },
    bom: { type: 'boolean' },
    output: { type: 'string' },
  },
  help: {
    ...SERVER_CALL_HELP,
    sort: {
      en: 'A column; "-" before it turns the order',
      fr: 'Une colonne\u202f; «\u202f-\u202f» devant inverse l’ordre',
    },
    limit: { en: 'search: lines shown (50)', fr: 'search\u202f: lignes affichées (50)' },
    format: { en: 'export: csv (default) or json', fr: 'export\u202f: csv (par défaut) ou json' },
    names: { en: 'export: vigie (default) or servicenow', fr: 'export\u202f: vigie (par défaut) ou servicenow' },
    separator: { en: 'export: comma (default) or semicolon', fr: 'export\u202f: comma (par défaut) ou semicolon' },
    bom: {
      en: 'export: with a byte order mark, for spreadsheets',
      fr: 'export\u202f: avec une marque d’ordre des octets, pour les tableurs',
    },
    output: { en: 'export: write this file', fr: 'export\u202f: écrire ce fichier' },
  },
  async run(invocation) {
    const [action, ...terms] = invocation.operands;
    const q = terms.map(quotedTerm).join(' ');
    if (action === 'search') await search(q, invocation);
    else if (action === 'export') await exportAll(q, invocation);
    else throw new Fault(words(invocation.locale).assets.usage);
    return 0;
  },
};

/** The shell has taken the quotes: `os:"windows 10"` comes as one word with a space in it. */
function quotedTerm(term: string): string {
  if (!/\s/.test(term) || term.includes('"')) return term;
  const [, name = '', value = ''] = /^(-?(?:[\w.]+(?:[:=]|[<>]=?))?)(.*)$/s.exec(term) ?? [];
  return `${name}"${value}"`;
}

async function search(q: string, invocation: Invocation): Promise<void> {
  const { flags, locale, say } = invocation;
  const limit = String(flags.limit ?? '50');
  const answer = await ask('/api/v1/assets', { q, sort: flags.sort, limit }, invocation);
  const { total, assets, columns } = (await answer.json()) as {
    total: number;
    assets: { values: Record<string, string> }[];
    columns: { id: string; title: string }[];
  };
  const titles = SHOWN.map((id) => columns.find((column) => column.id === id)?.title ?? id);
  const rows = [titles, ...assets.map(({ values }) => SHOWN.map((id) => shortened(values[id] ?? '')))];
  const widths = SHOWN.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows)
    say(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  say(words(locale).assets.found(assets.length, total));
}

const shortened = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);

async function exportAll(q: string, invocation: Invocation): Promise<void> {
  const { flags, locale, say } = invocation;
  const { sort, format, names, separator, bom, output } = flags;
  const answer = await ask('/api/v1/assets/export', { q, sort, format, names, separator, bom }, invocation);
  // `text()` would take the byte order mark away.
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (output === undefined) {
    say(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).trimEnd());
    return;
  }
  try {
    writeFileSync(String(output), bytes);
  } catch (error) {
    throw new Fault(words(locale).assets.unwritable(String(output), (error as Error).message));
  }
  say(words(locale).assets.written(String(output)));
}

function ask(
  path: string,
  query: Record<string, string | boolean | undefined>,
  invocation: Invocation,
): Promise<Response> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return fetchFromServer(invocation, `${path}?${search}`);
}
