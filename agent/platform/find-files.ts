import { globMatcher } from '../../protocol/glob.ts';
import type { CheckContext } from '../check.ts';
import { errorCode } from '../describe-error.ts';

/** More files than a pattern for a check should ever find. */
const MOST_FILES = 10_000;

/**
 * Files whose path fits a pattern, where `*` and `?` stand for any characters of one name; sorted. A path without them is
 * given as it is, there or not; a folder that is not there holds nothing. Rejects when a folder may not be read.
 */
export async function findFiles(ctx: Pick<CheckContext, 'listDir'>, pattern: string): Promise<string[]> {
  const [first = '', ...steps] = pattern.split(/[\\/]/);
  let found = [first];
  for (const step of steps) {
    if (!isPattern(step)) {
      found = found.map((path) => `${path}/${step}`);
      continue;
    }
    const fits = nameMatcher(step);
    const next: string[] = [];
    for (const folder of found) {
      const names = await ctx.listDir(folder === '' ? '/' : folder).catch(nothingWhereNothingIs);
      next.push(...names.filter(fits).map((name) => `${folder}/${name}`));
    }
    found = next.slice(0, MOST_FILES);
  }
  return found.sort();
}

const isPattern = (step: string): boolean => /[*?]/.test(step);

/** A pattern of one name. Hidden files only fit a pattern that begins with a dot, as in a shell. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const takes = globMatcher(pattern, { withMarks: true });
  return (name) => (pattern.startsWith('.') || !name.startsWith('.')) && takes(name);
}

function nothingWhereNothingIs(error: unknown): string[] {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return [];
  throw error;
}
