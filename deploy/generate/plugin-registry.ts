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

/** What is loaded on demand, a folder each. */
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
  {
    path: 'alerting/connectors/registry.gen.ts',
    plugin: 'ConnectorPlugin',
    from: '../desks/connector.ts',
    comment: 'Every service desk there is a connector for, loaded when one is configured.',
  },
];

/** The SNMP profiles of the folder, in one piece: which of them a device needs shows only when all are looked at. */
export function profileRegistry(root: string, path: string): string {
  const names = namesIn(root, path);
  const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const variable = (name: string) => camel(/^\d/.test(name) ? `mib-${name}` : name);
  const imports = names.map((name) => `import { profile as ${variable(name)} } from './${name}.ts';`);
  return `// Generated from this folder by "npm run generate". Do not edit.
import type { SnmpProfile } from '../profile.ts';
${imports.join('\n')}

/** Every device family there is a profile of. */
export const profiles: readonly SnmpProfile[] = [
${names.map((name) => `  ${variable(name)},`).join('\n')}
];
`;
}

/** The registry of the plugins in a folder: lazy imports, so that a till loads only what it is told to run. */
export function pluginRegistry(root: string, { path, plugin, from, comment }: Registry): string {
  const rows = namesIn(root, path).map(
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

/** What stands in a registry's folder beside it. */
export const namesIn = (root: string, path: string) =>
  readdirSync(join(root, dirname(path)))
    .filter((file) => file.endsWith('.ts') && file !== basename(path))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
