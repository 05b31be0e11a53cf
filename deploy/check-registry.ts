import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../agent/checks');
const FILE = 'registry.gen.ts';

/** The types of checks there are: one file each. */
export const listCheckTypes = (folder = FOLDER): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== FILE)
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();

/** The registry as it must stand in `agent/checks`: lazy imports, so that a till loads only what it is told to run. */
export const renderCheckRegistry = (
  types: readonly string[],
): string => `// Generated from this folder by deploy/check-registry.ts. Do not edit.
import type { CheckPlugin } from '../check.ts';

/** Every check there is, loaded when it is asked for. */
export const registry: Readonly<Record<string, () => Promise<CheckPlugin>>> = {
${types.map((type) => `  ${type}: async () => (await import('./${type}.ts')).plugin as unknown as CheckPlugin,`).join('\n')}
};
`;

if (import.meta.main) writeFileSync(join(FOLDER, FILE), renderCheckRegistry(listCheckTypes()));
