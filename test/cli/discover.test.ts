import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { FoundDevice } from '../../agent/snmp/discovery/found.ts';
import type { Invocation } from '../../cli/command.ts';
import { command } from '../../cli/commands/discover.ts';
import { compare } from '../../cli/discover/compare.ts';
import { showDevices } from '../../cli/discover/show.ts';

const found = (address: string, more: Partial<FoundDevice> = {}): FoundDevice => ({
  address,
  others: [],
  port: 161,
  credential: 'lan',
  macs: [],
  ...more,
});
const known = (name: string, address: string) => ({ name, address, port: 161, credential: 'lan' });

describe('what is found against what is configured', () => {
  test('is new, known or gone, in the order of the addresses', () => {
    const devices = compare(
      {
        found: [found('10.1.0.10', { name: 'ap' }), found('10.1.0.9', { device: 'sw' })],
        gone: [known('ups', '10.1.0.2')],
      },
      [
        { name: 'sw', host: 'sw.store' },
        { name: 'ups', host: '10.1.0.2' },
      ],
      [],
    );
    expect(devices.map(({ state }) => state)).toEqual(['gone', 'known', 'new']);
    expect(devices[2]).toMatchObject({ entry: { name: 'ap', host: '10.1.0.10', credential: 'lan' } });
  });

  test.each<[string, Partial<FoundDevice>, string]>([
    ['its own name', { name: 'sw-2' }, 'sw-2'],
    ['its own name, written as a name may be', { name: ' Caisse n° 4 – étage ' }, 'Caisse-n-4-etage'],
    ['its own name and a number where another bears it', { name: 'SW' }, 'SW-2'],
    ['its kind where it has none', { kind: 'printer' }, 'printer-1'],
    ['its kind where its name has no letter', { name: '…', kind: 'ups' }, 'ups-1'],
    ['nothing known', {}, 'device-1'],
    ['a name that is too long', { name: 'x'.repeat(80) }, 'x'.repeat(64)],
  ])('the name that is proposed is by %s', (_, more, name) => {
    const [device] = compare({ found: [found('10.1.0.9', more)], gone: [] }, [{ name: 'sw', host: 'a' }], []);
    expect(device).toMatchObject({ entry: { name } });
  });

  test('no two names are the same, nor one that is taken', () => {
    const many = Array.from({ length: 3 }, (_, i) => found(`10.1.0.${i + 1}`, { kind: 'camera' }));
    const devices = compare({ found: many, gone: [] }, [], ['Camera-2']);
    expect(devices.map((one) => one.state === 'new' && one.entry.name)).toEqual(['camera-1', 'camera-3', 'camera-4']);
  });
});

describe('for a person', () => {
  const devices = compare(
    {
      found: [
        found('10.1.0.3', {
          name: 'sw: 1',
          kind: 'switch',
          vendor: 'HPE',
          model: 'HPE 5130',
          serial: 'CN1',
          others: ['10.2.0.3'],
        }),
        found('10.1.0.7', { device: 'ups', kind: 'ups', vendor: 'APC', model: 'SMT750', port: 1161 }),
      ],
      gone: [known('ap', '10.1.0.9')],
    },
    [{ name: 'ups', host: '10.1.0.2' }],
    [],
  );

  test('a table, who refuses, and the lines to add', () => {
    const lines = showDevices(devices, { refusing: ['10.1.0.11'] }, 'agent.yaml', 'en');
    expect(lines.slice(0, 8)).toEqual([
      '       Address   Name  Kind    Model       Serial number  Credential',
      'new    10.1.0.3  sw-1  switch  HPE 5130    CN1            lan         also 10.2.0.3',
      'known  10.1.0.7  ups   UPS     APC SMT750                 lan         configured as 10.1.0.2',
      'gone   10.1.0.9  ap                                       lan',
      '',
      '1 new, 1 known, 1 gone',
      '',
      'Answers, but refuses every credential: 10.1.0.11',
    ]);
    expect(lines).toContain('To watch what is new, add to agent.yaml:');
    expect(parse(lines.at(-1) ?? '')).toEqual({
      snmpDevices: [{ name: 'sw-1', host: '10.1.0.3', credential: 'lan' }],
    });
  });

  test('in French', () => {
    const lines = showDevices(devices, { refusing: [] }, 'agent.yaml', 'fr');
    expect(lines[1]).toMatch(/^nouveau +10\.1\.0\.3 +sw-1 +commutateur .* aussi 10\.2\.0\.3$/);
    expect(lines).toContain('1 nouveau, 1 connu, 1 disparu');
  });

  test('nothing at all', () => {
    expect(showDevices([], { refusing: [] }, 'agent.yaml', 'en')).toEqual(['Nothing answers.']);
  });
});

describe('what it refuses, with the exit code 3', () => {
  let folder: string;
  const file = (name: string, more: string) => {
    const path = join(folder, name);
    const own = `chain: shop\nstore: "1"\ndevice: gw\nserver: mqtt://127.0.0.1:1883\ndataDir: ${folder}\ncentral: false\n`;
    writeFileSync(path, own + more);
    return path;
  };
  const snmp = 'snmp:\n  credentials: { lan: { version: 2c, communityEnv: LAN } }\n';
  const run = (operands: string[], config?: string) => {
    const invocation: Invocation = {
      operands,
      flags: { config },
      env: {},
      locale: 'en',
      say: () => {},
      stop: new AbortController().signal,
    };
    return command.run(invocation);
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-discover-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each<[string, string[], string | undefined, string]>([
    ['no range', [], undefined, 'say where to look'],
    ['two ranges', ['10.1.0.0/24', '10.2.0.0/24'], undefined, 'say where to look'],
    ['no file', ['10.1.0.0/24'], undefined, '--config=agent.yaml'],
    ['no snmp', ['10.1.0.0/24'], '', 'no section "snmp"'],
    ['no leave', ['10.1.0.0/24'], snmp, "ranges: ['10.1.0.0/24']"],
    [
      'a range that is not allowed',
      ['10.2.0.0/24'],
      `${snmp}  discovery: { ranges: [10.1.0.0/24], credentials: [lan] }\n`,
      '10.2.0.0/24: outside',
    ],
    ['a file that is wrong', ['10.1.0.0/24'], 'checks: 7\n', 'checks'],
  ])('%s', async (name, operands, more, why) => {
    const config = more === undefined ? undefined : file(`${name}.yaml`, more);
    await expect(run(operands, config)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(why) });
  });
});
