import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { Fault } from '../../cli/fault.ts';
import { showRules } from '../../cli/rules/show.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const disk = {
  ...{ id: 'disk', title: { fr: 'Disque', en: 'Disk' }, type: 'threshold', severity: 'warning', urgency: 3 },
  ...{ hours: 'always', for: '1 min', clearFor: '1 min', raise: 90, clear: 80 },
  ...{ measurement: 'disk', field: 'used_percent', direction: 'above' },
};
const silent = {
  ...{ id: 'silent', title: { fr: 'Muet', en: 'Silent' }, type: 'silence', severity: 'critical', urgency: 1 },
  ...{ hours: 'open', for: '5 s', clearFor: '5 s', intervals: 3, stoppedFor: '5 min' },
};
const groups = { south: { title: { fr: 'Sud', en: 'South' }, regions: ['Sud'] } };

function write(name: string, what: object): string {
  const path = join(folder, name);
  writeFileSync(path, stringify(what));
  return path;
}

const inventory = write('stores.yaml', {
  chains: [
    {
      ...{ name: 'acme', title: 'Acme' },
      stores: [
        {
          ...{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', region: 'Sud' },
          devices: [
            { name: 'till-1', kind: 'till', lane: 1 },
            { name: 'till-2', kind: 'till', lane: 2 },
            { name: 'server', kind: 'server' },
          ],
        },
        { name: 'lille', title: 'Lille', timeZone: 'Europe/Paris', devices: [{ name: 'server', kind: 'server' }] },
      ],
    },
  ],
});
const rules = write('rules.yaml', {
  ...{ settle: '15 s', quiet: '30 s', grace: '60 s', rules: [disk, silent], groups },
  overrides: [
    { at: { group: 'south' }, rule: 'disk', set: { raise: 84 }, why: 'small disks' },
    { at: { kind: 'till', group: 'south' }, rule: 'silent', enabled: false },
    { at: { kind: 'till' }, rule: 'disk', set: { clear: 85 } },
    { at: { store: 'acme/paris' }, rule: 'disk', set: { raise: 95 } },
  ],
});

async function show(operands: string[], flags: Record<string, string | boolean>, locale: 'fr' | 'en' = 'en') {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const { signal } = new AbortController();
  await showRules({ flags, operands, env: {}, locale, say, stop: signal });
  return lines;
}

test('every value of a device, with where it comes from', async () => {
  const lines = await show(['acme/lyon/server'], { rules, inventory });
  expect(lines.slice(0, 12)).toEqual([
    'acme/lyon/server',
    '  disk  Disk (disk used_percent)',
    '    raise     84       group South – small disks',
    '    clear     80       rules',
    '    severity  warning  rules',
    '    urgency   3        rules',
    '    hours     always   rules',
    '    for       1 min    rules',
    '    clearFor  1 min    rules',
    '  silent  Silent',
    '    intervals   3         rules',
    '    stoppedFor  5 min     rules',
  ]);
});

test('what differs, devices of a store that are alike together, and what is wrong', async () => {
  expect(await show(['acme/lyon'], { rules, inventory, changed: true })).toEqual([
    'acme/lyon/till-1 acme/lyon/till-2',
    '  disk  Disk (disk used_percent)',
    '    raise  84  group South – small disks',
    '    does not go with what wider places set, and is passed over: kind till',
    '  silent  Silent',
    '    off  kind till in South',
    'acme/lyon/server',
    '  disk  Disk (disk used_percent)',
    '    raise  84  group South – small disks',
    '2 override(s) or group(s) to look at:',
    '  /overrides/3/at/store is not in the inventory: acme/paris',
    '  /overrides/2/set does not go with what wider places set of disk, and is passed over for acme/lyon/till-1 and 1 more',
  ]);
});

test('in French; without a place all that differs anywhere', async () => {
  const lines = await show([], { rules, inventory }, 'fr');
  expect(lines.slice(0, 6)).toEqual([
    'acme/lyon/till-1 acme/lyon/till-2',
    '  disk  Disque (disk used_percent)',
    '    raise  84  groupe Sud – small disks',
    '    incompatible avec les réglages plus généraux, donc ignoré\u202f: type till',
    '  silent  Muet',
    '    désactivée  type till dans Sud',
  ]);
  expect(await show(['acme/lille/server'], { rules, inventory, changed: true }, 'fr')).toContain(
    '  Toutes les valeurs sont celles des règles elles-mêmes.',
  );
});

test('what is not there, or not said, is told', async () => {
  await expect(show(['acme/nice'], { rules, inventory })).rejects.toThrow(/no store or device acme\/nice/);
  await expect(show(['acme/lyon'], { inventory })).rejects.toThrow(Fault);
  await expect(show([], {})).rejects.toThrow(/name a store or a device/);
  const broken = write('broken.yaml', {
    settle: '15 s',
    quiet: '30 s',
    grace: '60 s',
    rules: [{ ...disk, clear: 95 }],
  });
  await expect(show([], { rules: broken, inventory })).rejects.toThrow(/clear must be below raise/);
});
