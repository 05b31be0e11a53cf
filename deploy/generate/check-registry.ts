import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

/** Where the registry stands, from the root. */
export const CHECK_REGISTRY = 'agent/checks/registry.gen.ts';

/** The registry of the checks in this folder: lazy imports, so that a till loads only what it is told to run. */
export function checkRegistry(folder: string): string {
  const types = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== basename(CHECK_REGISTRY))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const rows = types.map(
    (type) => `  ${type}: async () => (await import('./${type}.ts')).plugin as unknown as CheckPlugin,`,
  );
  return `// Generated from this folder by "npm run generate". Do not edit.
import type { CheckPlugin } from '../check.ts';

/** Every check there is, loaded when it is asked for. */
export const registry: Readonly<Record<string, () => Promise<CheckPlugin>>> = {
${rows.join('\n')}
};
`;
}
