import type { UnreadReason } from '../../protocol/facts.ts';
import { globMatcher } from '../../protocol/glob.ts';
import type { ExecResult } from '../check.ts';
import { type Collector, type FactsContext, reasonOf, tidy } from './collector.ts';
import type { InventoryOptions } from './options.ts';

type Software = InventoryOptions['software'][number];

/** Versions of the software the configuration names. What is not installed is not told. */
export const software: Collector = {
  sections: ['software'],
  async gather(ctx, options) {
    const facts: Record<string, string | undefined> = {};
    const unread: Record<string, UnreadReason> = {};
    const installed = options.software.some(({ program }) => program !== undefined) && ctx.platform === 'win32';
    const programs = installed ? await (await import('./windows/programs.ts')).readPrograms(ctx) : [];
    for (const entry of options.software) {
      const path = `software[${entry.name}].version`;
      try {
        const text = await textOf(ctx, entry, programs);
        facts[path] = text === undefined ? undefined : versionIn(text, entry.pattern);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason) unread[path] = reason;
      }
    }
    return { facts, unread };
  },
};

async function textOf(
  ctx: FactsContext,
  { package: name, file, command, program }: Software,
  programs: readonly { name: string; version: string }[],
): Promise<string | undefined> {
  if (file !== undefined) return Buffer.from(await ctx.readPart(file, 0, 65_536)).toString('utf8');
  if (program !== undefined) {
    const wanted = globMatcher(program, { ignoresCase: true });
    return programs.find((one) => wanted(one.name))?.version;
  }
  if (name !== undefined) return packageVersion(ctx, name);
  const [called = '', ...args] = command ?? [];
  const { stdout, stderr } = await ctx.exec(called, args);
  return stdout.trim() === '' ? stderr : stdout;
}

/** What is removed and has left its settings behind is not installed. */
async function packageVersion(ctx: FactsContext, name: string): Promise<string | undefined> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
  const asked = await ask(ctx, 'dpkg-query', ['-W', '-f', '${db:Status-Abbrev}${Version}', name]);
  if (asked?.code === 0) return asked.stdout.startsWith('ii') ? asked.stdout.slice(2).trim() : undefined;
  const answer = asked ?? (await ask(ctx, 'rpm', ['-q', '--queryformat', '%{VERSION}-%{RELEASE}', name]));
  return answer?.code === 0 ? answer.stdout : undefined;
}

/** Undefined where there is no such program. */
async function ask(ctx: FactsContext, program: string, args: string[]): Promise<ExecResult | undefined> {
  try {
    return await ctx.exec(program, args);
  } catch (error) {
    if (reasonOf(error) === undefined) return undefined;
    throw error;
  }
}

/** The version a text tells: the pattern's first group, or the first line with a digit in it. */
export function versionIn(text: string, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return tidy(text.split('\n').find((line) => /\d/.test(line)));
  const match = new RegExp(pattern, 'm').exec(text);
  return tidy(match?.[1] ?? match?.[0]);
}
