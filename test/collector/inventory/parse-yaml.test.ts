import { describe, expect, test } from 'vitest';
import { parseInventoryYaml } from '../../../collector/inventory/parse-yaml.ts';
import { InventoryError } from '../../../dashboard/ports.ts';

const SHOP = `chains:
  - name: brico
    title: Brico
    stores:
      - { name: lyon, title: Lyon, timeZone: Europe/Paris, devices: [] }
`;

function faultsOf(text: string) {
  try {
    parseInventoryYaml(text, 'shop.yaml');
  } catch (error) {
    if (error instanceof InventoryError) return error.faults;
    throw error;
  }
  throw new Error('it was taken');
}
const paths = (text: string) => faultsOf(text).map(({ path }) => path);

describe('an inventory in YAML', () => {
  const shop = parseInventoryYaml(SHOP, 'shop.yaml');

  test.each([
    ['as JSON', JSON.stringify(shop)],
    ['with a byte order mark', `\uFEFF${SHOP}`],
    ['with the line ends of Windows', SHOP.replaceAll('\n', '\r\n')],
    ['with a document mark', `---\n${SHOP}...\n`],
  ])('is taken %s', (_, text) => {
    expect(parseInventoryYaml(text, 'shop.yaml')).toEqual(shop);
  });

  test('may say once what several stores share', () => {
    const text = `chains:
  - name: brico
    title: Brico
    stores:
      - { name: lyon, title: Lyon, timeZone: Europe/Paris, hours: &week { mon: [09:00-12:00] }, devices: [] }
      - { name: nice, title: Nice, timeZone: Europe/Paris, hours: *week, devices: [] }
`;
    const { stores } = parseInventoryYaml(text, 'shop.yaml').chains[0] as { stores: { hours?: object }[] };
    expect(stores.map((store) => store.hours)).toEqual([{ mon: ['09:00-12:00'] }, { mon: ['09:00-12:00'] }]);
  });

  test('a fault in what is shared is told where it is written', () => {
    const text = `chains:
  - name: brico
    title: Brico
    stores:
      - { name: lyon, title: Lyon, timeZone: Europe/Paris, hours: &week { mon: [9h] }, devices: [] }
      - { name: nice, title: Nice, timeZone: Europe/Paris, hours: *week, devices: [] }
`;
    expect(paths(text)).toEqual([
      'shop.yaml:5 chains[0].stores[0].hours.mon[0] (brico/lyon)',
      'shop.yaml:5 chains[0].stores[1].hours.mon[0] (brico/nice)',
    ]);
  });

  test.each([
    ['a list that is not closed', 'chains:\n  - name: [brico\n  - name: oasis\n', ['shop.yaml:3']],
    ['a key that comes twice', 'chains: []\nchains: []\n', ['shop.yaml:2']],
    ['tabs', 'chains:\n\t- name: brico\n', ['shop.yaml:2']],
    ['an alias of nothing', 'chains: *nowhere\n', ['shop.yaml']],
    ['two documents', `${SHOP}---\n${SHOP}`, ['shop.yaml:6']],
  ])('%s is refused with its line', (_, text, where) => {
    expect(paths(text)).toEqual(where);
    expect(faultsOf(text)[0]?.message).toMatch(/^this is not YAML: ./);
  });

  test.each(['['.repeat(3_000), '{a: '.repeat(3_000), '- '.repeat(3_000), '? '.repeat(3_000)])(
    'nesting without end is refused (%#)',
    (text) => {
      expect(faultsOf(text).length).toBeGreaterThan(0);
    },
  );
});
