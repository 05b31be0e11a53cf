import { expect, it } from 'vitest';
import { Calendar } from '../../../alerting/engine/calendar.ts';
import { Devices } from '../../../collector/devices.ts';
import { checkInventory } from '../../../collector/inventory/check-inventory.ts';
import { parseInventoryYaml } from '../../../collector/inventory/parse-yaml.ts';
import { serializeInventoryYaml } from '../../../collector/inventory/serialize-yaml.ts';
import type { Store } from '../../../protocol/inventory.ts';

const text = `
chains:
  - name: acme
    title: Acme
    holidays:
      acme:
        12-24: [09:00-17:00]
        2026-01-05: []
      sales: { 01-07: [08:00-22:00] }
    observes: [acme, fr]
    stores:
      - name: lyon
        title: Lyon
        timeZone: Europe/Paris
        hours: { mon: [09:00-19:00], thu: [09:00-19:00], fri: [09:00-19:00] }
        devices: []
      - name: metz
        title: Metz
        timeZone: Europe/Paris
        hours: { fri: [09:00-19:00], holidays: [sales, fr-alsace-moselle] }
        devices: []
      - name: gare
        title: Gare
        timeZone: Europe/Paris
        hours: { fri: [09:00-19:00], holidays: [] }
        devices: []
      - name: depot
        title: Dépôt
        timeZone: Europe/Paris
        devices: []
`;

const inventory = parseInventoryYaml(text, 'acme.yaml');
const isOpen = (store: Store | undefined, at: string) =>
  store?.hours ? new Calendar(store.hours, store.timeZone).isOpen(Date.parse(at)) : true;

it('gives every store the lists of its chain, unless it keeps others', () => {
  const devices = new Devices(inventory.chains);
  const open = (name: string, at: string) => isOpen(devices.store(`acme/${name}`), at);
  expect(['lyon', 'metz', 'gare', 'depot'].map((name) => open(name, '2026-12-25T10:00:00Z'))).toEqual([
    ...[false, false, true, true],
  ]);
  expect(['lyon', 'metz', 'gare'].map((name) => open(name, '2026-04-03T10:00:00Z'))).toEqual([true, false, true]);
  expect([open('lyon', '2026-12-24T15:30:00Z'), open('lyon', '2026-12-24T16:30:00Z')]).toEqual([true, false]);
  expect([open('lyon', '2026-01-05T10:00:00Z'), open('lyon', '2026-01-12T10:00:00Z')]).toEqual([false, true]);
});

it('judges stores as they are after a change of the lists of their chain, and keeps what is written', () => {
  const devices = new Devices(inventory.chains);
  const before = devices.store('acme/lyon');
  devices.replace(inventory.chains);
  expect(devices.store('acme/lyon')).toBe(before);
  const [chain] = inventory.chains;
  if (!chain) throw new Error('no chain');
  devices.replace([{ ...chain, observes: ['sales'] }]);
  expect(isOpen(devices.store('acme/lyon'), '2026-12-25T10:00:00Z')).toBe(true);
  expect(devices.judged()[0]?.stores[0]?.hours?.holidays).toEqual([{ '01-07': ['08:00-22:00'] }]);
  expect(devices.chains()[0]?.stores[0]?.hours?.holidays).toBeUndefined();
});

it('reads back what it writes', () => {
  expect(parseInventoryYaml(serializeInventoryYaml(inventory), 'again.yaml')).toEqual(inventory);
});

it('says where lists contradict themselves, or are not there', () => {
  const wrong = structuredClone(inventory);
  const [chain] = wrong.chains;
  if (!chain?.stores[1]?.hours) throw new Error('no hours');
  chain.observes = ['acme', 'de'];
  chain.holidays = { acme: { '02-30': [], '02-29': ['10:00-12:00', '11:00-13:00'] } };
  chain.stores[1].hours.holidays = ['sales', { '2026-02-29': [] }];
  expect(checkInventory(wrong)).toEqual([
    { path: 'chains[0].holidays.acme["02-30"] (acme)', message: 'there is no 02-30 in the calendar' },
    expect.objectContaining({ path: 'chains[0].holidays.acme["02-29"][1] (acme)' }),
    {
      path: 'chains[0].observes[1] (acme)',
      message: 'there is no holiday list “de”; expected one of: fr, fr-alsace-moselle, acme',
    },
    { path: 'chains[0].stores[1].hours.holidays[1]["2026-02-29"] (acme/metz)', message: expect.any(String) },
    expect.objectContaining({ path: 'chains[0].stores[1].hours.holidays[0] (acme/metz)' }),
  ]);
});
