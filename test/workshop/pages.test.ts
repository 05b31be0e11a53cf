import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Check } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { validateAgentConfig } from '../../agent/config.ts';
import { Device } from '../../protocol/inventory.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = globSync(['*.md', 'docs/**/*.md', 'deploy/**/*.md'], { cwd: ROOT });

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const blocksOf = (page: string, language: string) =>
  [...read(page).matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, as, text = '']) => (as === language ? [text] : []));

/** As GitHub makes them of headings. */
const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

function brokenLinks(page: string): string[] {
  const text = read(page).replace(/^```.*?^```$/gms, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
  });
}

describe('the pages', () => {
  it.each(PAGES)('%s links to what there is', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});

/** Objects within one another; of anything else the later. */
function merge(a: unknown, b: unknown): unknown {
  if (!isObject(a) || !isObject(b)) return b;
  const keys = Object.keys({ ...a, ...b });
  return Object.fromEntries(keys.map((key) => [key, key in b ? merge(a[key], b[key]) : a[key]]));
}
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const OWN = { chain: 'acme', store: 's001', device: 'gateway', server: 'mqtts://vigie.example:8883', dataDir: 'data' };

describe('what the pages on SNMP have written down', () => {
  it.each(['docs/SNMP.md', 'docs/fr/SNMP.md'])('%s: the parts are one good configuration', async (page) => {
    const parts = blocksOf(page, 'yaml').map((text) => parse(text) as Record<string, unknown>);
    const { devices, ...written } = parts.reduce<unknown>(merge, OWN) as Record<string, unknown>;
    const { snmp, watches } = await validateAgentConfig(written, page);
    expect(watches).toEqual(['switch-1', 'ups-1']);
    expect(snmp).toMatchObject({ traps: { port: 162 }, discovery: { ranges: ['10.1.0.0/24'] } });
    expect(Check(Type.Array(Device), devices)).toBe(true);
  });

  it('the sample is one', async () => {
    const { snmp } = await validateAgentConfig(parse(read('deploy/samples/snmp.yaml')), 'deploy/samples/snmp.yaml');
    expect(snmp?.devices.map(({ name, port, everyS }) => [name, port, everyS])).toEqual([
      ['switch-1', 161, 30],
      ['ups-1', 161, 60],
      ['label-printer', 161, 30],
    ]);
  });
});

describe('CONTRIBUTING', () => {
  const blocks = blocksOf('CONTRIBUTING.md', 'ts');

  it('has code to show', () => expect(blocks).toHaveLength(2));

  it.each(blocks)('shows code as it stands: %s', (block) => {
    const [name = '', ...lines] = block.trimEnd().split('\n');
    let rest = read(name.replace(/^\/\/ /, ''));
    for (const line of lines.filter((each) => each !== '…')) {
      expect(rest).toContain(`${line}\n`);
      rest = rest.slice(rest.indexOf(`${line}\n`) + line.length);
    }
  });
});
