import type { Locale } from '../protocol/inventory.ts';
import type { Command } from './command.ts';
import { words } from './words/index.ts';

/** What `vigie --help` says. */
export async function overview(
  commands: Record<string, () => Promise<{ command: Command }>>,
  locale: Locale,
): Promise<string> {
  const rows = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${name.padEnd(10)}${(await load()).command.summary[locale]}`,
    ),
  );
  const { tagline, usage, moreHelp } = words(locale);
  return [tagline, '', usage, '', ...rows, '', moreHelp].join('\n');
}

/** What `vigie COMMAND --help` says. */
export function helpFor(name: string, command: Command, locale: Locale): string {
  const rows = Object.entries(command.options).map(([flag, option]) => {
    const value = option.type === 'string' ? '=…' : '';
    return `  ${`--${flag}${value}`.padEnd(26)}${command.help[flag]?.[locale] ?? ''}`;
  });
  const operands = command.operands === '' ? '' : ` ${command.operands}`;
  return [`vigie ${name}${operands}`, '', command.summary[locale], '', ...rows].join('\n');
}
