import fc from 'fast-check';
import { DEVICE_KINDS, type Inventory, LOCALES } from '../../../protocol/inventory.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const title = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }),
  fc.constantFrom(
    '012',
    'null',
    'yes',
    '~',
    '- a',
    'a: b',
    '# a',
    '"',
    "'",
    '&a',
    '*a',
    '1e3',
    'Été : « 12 »',
    ' a ',
    'a\nb',
  ),
);
const attributes = fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,10}$/), title, {
  maxKeys: 4,
  noNullPrototype: true,
});
const spans = fc.constantFrom<string[]>(
  [],
  ['08:30-20:00'],
  ['08:30-12:30', '14:00-19:30'],
  ['10:00-24:00'],
  ['22:00-02:00'],
);
const dates = fc.dictionary(fc.constantFrom('2026-12-25', '2027-01-01', '2028-02-29'), spans, {
  noNullPrototype: true,
});
const hours = fc.record({ mon: spans, wed: spans, sat: spans, dates }, { requiredKeys: [], noNullPrototype: true });

const asset = fc.record(
  {
    serial: title,
    tag: title,
    warrantyUntil: fc.constantFrom('2026-12-25', '2028-02-29'),
    contract: title,
    costCentre: title,
    boughtOn: fc.constantFrom('2020-01-01', '2024-02-29'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const device = (gateway: string | undefined) =>
  fc.record(
    {
      name,
      title,
      kind: fc.constantFrom(...DEVICE_KINDS),
      attributes,
      asset,
      ...(gateway === undefined ? {} : { gateway: fc.constant(gateway) }),
    },
    { requiredKeys: ['name', 'kind'], noNullPrototype: true },
  );

const named = { selector: (one: { name: string }) => one.name };
const devices = fc
  .tuple(
    fc.uniqueArray(device(undefined), { ...named, maxLength: 3 }),
    fc.uniqueArray(device('the-gateway'), { ...named, maxLength: 3 }),
  )
  .map(([own, watched]) => {
    const taken = new Set(['the-gateway', ...own.map((one) => one.name)]);
    return [
      { name: 'the-gateway', kind: 'gateway' as const },
      ...own.filter((one) => one.name !== 'the-gateway').map((one, i) => ({ ...one, lane: i + 1 })),
      ...watched.filter((one) => !taken.has(one.name)),
    ];
  });

const store = fc.record(
  {
    name,
    title,
    region: title,
    timeZone: fc.constantFrom('Europe/Paris', 'UTC', 'Indian/Reunion'),
    hours,
    attributes,
    devices,
  },
  { requiredKeys: ['name', 'title', 'timeZone', 'devices'], noNullPrototype: true },
);
const chain = fc.record(
  {
    name,
    title,
    locale: fc.constantFrom(...LOCALES),
    simulated: fc.boolean(),
    stores: fc.uniqueArray(store, { ...named, maxLength: 4 }),
  },
  { requiredKeys: ['name', 'title', 'stores'], noNullPrototype: true },
);

/** Good inventories of every shape. */
export const inventories: fc.Arbitrary<Inventory> = fc
  .uniqueArray(chain, { ...named, maxLength: 3 })
  .map((chains): Inventory => ({ chains }));
