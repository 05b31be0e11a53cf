import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { agentSchema } from './agent-schema.ts';
import { architecturePicture } from './architecture.ts';
import { asyncApi } from './asyncapi.ts';
import { checksReference } from './checks-reference.ts';
import { desksReference } from './desks-reference.ts';
import { pluginRegistry, profileRegistry, REGISTRIES } from './plugin-registry.ts';
import { snmpProfilesReference } from './snmp-profiles.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const CHECKS = join(ROOT, 'agent/checks');
const CONNECTORS = 'alerting/connectors/registry.gen.ts';
const PROFILES = 'agent/snmp/profiles/registry.gen.ts';
const BEGIN = '<!-- generated: begin -->';
const END = '<!-- generated: end -->';

const read = (path: string) => {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch {
    return '';
  }
};

/** Puts `made` between the marks of a hand-written page. */
function within(page: string, made: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the marks ${BEGIN} … ${END} are missing`);
  return `${page.slice(0, begin + BEGIN.length)}\n${made}\n${page.slice(end)}`;
}

const version = (JSON.parse(read('package.json')) as { version: string }).version;
const made: Record<string, string> = {
  ...Object.fromEntries(REGISTRIES.map((registry) => [registry.path, pluginRegistry(ROOT, registry)])),
  [PROFILES]: profileRegistry(ROOT, PROFILES),
  'docs/generated/asyncapi.json': `${JSON.stringify(asyncApi(version), null, 2)}\n`,
  'docs/generated/agent.schema.json': `${JSON.stringify(await agentSchema(), null, 2)}\n`,
  'docs/generated/checks.md': await checksReference(CHECKS, 'en'),
  'docs/generated/checks.fr.md': await checksReference(CHECKS, 'fr'),
  'docs/generated/desks.md': await desksReference(ROOT, CONNECTORS, 'en'),
  'docs/generated/desks.fr.md': await desksReference(ROOT, CONNECTORS, 'fr'),
  'docs/generated/snmp-profiles.md': await snmpProfilesReference(ROOT, PROFILES, 'en'),
  'docs/generated/snmp-profiles.fr.md': await snmpProfilesReference(ROOT, PROFILES, 'fr'),
  'ARCHITECTURE.md': within(read('ARCHITECTURE.md'), architecturePicture(ROOT.replace(/\/$/, ''))),
};

// `--check` writes nothing and says what has gone stale.
const stale = Object.entries(made).filter(([path, text]) => read(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) process.stderr.write(`${path} is stale: run "npm run generate"\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    process.stdout.write(`${path}\n`);
  }
}
