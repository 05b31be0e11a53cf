import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface SourceFile {
  /** From the root, with slashes. */
  path: string;
  /** Source without comments. */
  code: string;
  /** Files of ours it imports, types included. */
  local: string[];
  /** Packages and Node built-ins it imports. */
  outside: string[];
}

const SOURCE = /\.(ts|tsx)$/;
const IMPORT =
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|\bimport\s+['"]([^'"]+)['"]/g;

/** All TypeScript below `folders`, with what each file imports. */
export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort()
      .map((path) => readSource(path, readFileSync(join(root, path), 'utf8'))),
  );
}

/** One file's imports. */
export function readSource(path: string, text: string): SourceFile {
  const code = withoutComments(text);
  // What stands in a template is text that a generator writes, not an import of this file.
  const targets = [...code.replace(/`(?:\\.|[^`\\])*`/g, '``').matchAll(IMPORT)].map(
    (match) => (match[1] ?? match[2] ?? match[3]) as string,
  );
  const local = targets
    .filter((target) => target.startsWith('.'))
    .map((target) => normalize(join(dirname(path), target)));
  const outside = targets.filter((target) => !target.startsWith('.'));
  return { path, code, local: [...new Set(local)], outside: [...new Set(outside)] };
}

/** Strings are kept whole, so that a `//` in an address is not taken for a comment. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, string: string | undefined) => string ?? ' ',
  );
}
