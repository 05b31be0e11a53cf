import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

interface Registry {
  /** Where it stands, from the root. */
  path: string;
  /** What its folder's files export, and the module that declares it, as seen from there. */
  plugin: string;
  from: string;
  comment: string;
}

/** What an agent loads on demand, a folder each. */
export const REGISTRIES: readonly Registry[] = [
  {
    path: 'agent/checks/registry.gen.ts',
    plugin: 'CheckPlugin',
    from: '../check.ts',
    comment: 'Every check there is, loaded when it is asked for.',
  },
  {
    path: 'agent/actions/registry.gen.ts',
    plugin: 'ActionPlugin',
    from: '../action.ts',
    comment: 'Every action there is, loaded when it is allowed.',
  },
];

/** The registry of the plugins in a folder: lazy imports, so that a till loads only what it is told to run. */
export function pluginRegistry(root: string, { path, plugin, from, comment }: Registry): string {
  const types = readdirSync(join(root, dirname(path)))
    .filter((file) => file.endsWith('.ts') && file !== basename(path))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const rows = types.map(
    (type) => `  ${type}: async () => (await import('./${type}.ts')).plugin as unknown as ${plugin},`,
  );
  return `// Generated from this folder by "npm run generate". Do not edit.
import type { ${plugin} } from '${from}';

/** ${comment} */
export const registry: Readonly<Record<string, () => Promise<${plugin}>>> = {
${rows.join('\n')}
};
`;
}
