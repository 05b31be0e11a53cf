import { globMatcher } from '../../protocol/glob.ts';
import type { CheckContext } from '../check.ts';
import { errorCode } from '../describe-error.ts';

/** More than this are not looked at one by one. */
const MOST = 2000;

/**
 * Paths a path stands for: itself, or where its last part holds `*`, what that matches in its folder. No folder, nothing.
 * Rejects when there are too many to look at.
 */
export async function listMatches(ctx: CheckContext, path: string): Promise<string[]> {
  const at = Math.max(path.lastIndexOf('/'), ctx.platform === 'win32' ? path.lastIndexOf('\\') : -1) + 1;
  const [folder, name] = [path.slice(0, at), path.slice(at)];
  if (!name.includes('*')) return [path];
  const names = await ctx.listDir(asFolder(folder)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const matches = names.filter(matcher(name, ctx.platform === 'win32'));
  if (matches.length > MOST) throw new Error(`${path}: ${matches.length} files match, ${MOST} at most can be judged`);
  return matches.map((match) => folder + match);
}

/** Without the separator at its end, where that is no root. */
export const asFolder = (path: string): string => path.replace(/(?<=[^:/\\])[/\\]$/, '') || '.';

/** `*` takes any run of characters; as in a shell, a leading dot is matched by a dot alone. */
function matcher(pattern: string, ignoresCase: boolean): (name: string) => boolean {
  const takes = globMatcher(pattern, { ignoresCase });
  return (name) => (pattern.startsWith('.') || !name.startsWith('.')) && takes(name);
}
