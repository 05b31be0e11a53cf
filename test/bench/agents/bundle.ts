import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtAgent } from '../../../cli/built.ts';
import { NotInstalled } from '../peer-process.ts';

/** KB of JavaScript the built agent loads on every till: its file and those it imports at its start. */
export function bundleKb(): number {
  const entry = builtAgent();
  if (entry === undefined) throw new NotInstalled('dist/agent (npm run build)');
  const found = new Set([entry]);
  for (const file of found) {
    // What is loaded when it is needed stands in `import(…)`.
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from|import)"(\.\/[^"]+)"/g)) {
      found.add(join(dirname(file), name as string));
    }
  }
  return [...found].reduce((sum, file) => sum + statSync(file).size, 0) / 1024;
}
