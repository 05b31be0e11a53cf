import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Check } from 'typebox/schema';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Collector } from '../../../agent/inventory/collector.ts';
import { gatherFacts } from '../../../agent/inventory/gather.ts';
import { library } from '../../../agent/inventory/library.ts';
import { DEFAULT_INVENTORY, loadInventory } from '../../../agent/inventory/options.ts';
import { software, versionIn } from '../../../agent/inventory/software.ts';
import { startInventory } from '../../../agent/inventory/start.ts';
import { windowsPatches } from '../../../agent/inventory/windows/patches.ts';
import { createContext } from '../../../agent/platform/context.ts';
import { sayIn } from '../../../agent/words.ts';
import { Facts } from '../../../protocol/facts.ts';
import { createFakeClock } from '../fake-clock.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording, scriptOf } from '../recording.ts';

const os = {
  hostname: () => 'till',
  release: () => '10.0',
  arch: () => 'x64',
  cpus: () => [],
  totalmem: () => 0,
  networkInterfaces: () => ({}),
};
const never = new AbortController().signal;

describe('the options', () => {
  test('each software is had in one way', () => {
    expect(loadInventory({ software: [{ name: 'pos', file: '/opt/pos/VERSION' }] }).faults).toEqual([]);
    const { faults } = loadInventory({
      software: [{ name: 'pos' }, { name: 'pos', file: '/a', package: 'b' }, { name: 'x', file: '/a', pattern: '(' }],
    });
    expect(faults).toEqual([
      'inventory.software[0]: must have one of package, file, command, program',
      'inventory.software[1].name: "pos" is there twice',
      'inventory.software[1]: must have one of package, file, command, program',
      'inventory.software[2].pattern: is no regular expression',
    ]);
    expect(loadInventory({ colour: 'red' }).faults).toHaveLength(1);
  });
});

test('what fails or hangs leaves its sections unread, and the others are told', async () => {
  const good: Collector = {
    sections: ['os'],
    gather: async () => ({ facts: { 'os.name': 'x'.repeat(300), 'os.arch': undefined } }),
  };
  const bad: Collector = {
    sections: ['disk'],
    gather: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
  };
  const hangs: Collector = { sections: ['usb'], gather: () => new Promise(() => {}) };
  const make = (signal: AbortSignal) => ({ ...createFakeContext({ signal }), os });
  const { facts, unread } = await gatherFacts([hangs, bad, good], DEFAULT_INVENTORY, make, never, 20);
  expect(facts).toEqual({ 'os.name': 'x'.repeat(256) });
  expect(unread).toEqual({ usb: 'timeout', disk: 'permission' });
});

describe('software', () => {
  test.each([
    ['Contoso POS\nversion 8.4.1 (build 7)\n', undefined, 'version 8.4.1 (build 7)'],
    ['version 8.4.1 (build 7)', 'version ([\\d.]+)', '8.4.1'],
    ['nothing here', undefined, undefined],
    ['nothing here', 'v(\\d+)', undefined],
  ])('%j by %j is %s', (text, pattern, version) => {
    expect(versionIn(text, pattern)).toBe(version);
  });

  test('a package that is removed has no version; a file that may not be read is told as such', async () => {
    const ctx = createFakeContext({
      exec: async (_file, args) => ({
        code: args.at(-1) === 'gone' ? 1 : 0,
        stdout: args.at(-1) === 'left' ? 'rc 1.0' : 'ii 8.4.1-2',
        stderr: '',
      }),
      readPart: async () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
    });
    const { facts, unread } = await software.gather(
      { ...ctx, os },
      {
        ...DEFAULT_INVENTORY,
        software: [
          { name: 'pos', package: 'pos' },
          { name: 'left', package: 'left' },
          { name: 'gone', package: 'gone' },
          { name: 'till', file: '/root/VERSION' },
        ],
      },
    );
    expect(facts).toEqual({
      'software[pos].version': '8.4.1-2',
      'software[left].version': undefined,
      'software[gone].version': undefined,
    });
    expect(unread).toEqual({ 'software[till].version': 'permission' });
  });

  test('a program of Windows is found by its name in the registry’s list', async () => {
    const ctx = createFakeContext({ platform: 'win32', exec: printing(recording('windows/programs.json')) });
    const wanted = [
      { name: 'java', program: 'java * update*' },
      { name: 'git', program: 'git version*' },
      { name: 'none', program: 'git' },
    ];
    expect((await software.gather({ ...ctx, os }, { ...DEFAULT_INVENTORY, software: wanted })).facts).toEqual({
      'software[java].version': '8.0.2710.9',
      'software[git].version': '2.22.0.windows.1',
    });
  });
});

test('Windows lists its updates with their days, which the machine’s own clock tells', async () => {
  const exec = printing(recording('windows/hotfixes.json'));
  const { facts } = await windowsPatches.gather(
    { ...createFakeContext({ platform: 'win32', exec }), os },
    DEFAULT_INVENTORY,
  );
  expect(facts).toMatchObject({
    'patches.count': 7,
    'patches.last': '2019-09-11',
    'patch[KB3176936].installedOn': '2016-10-18',
    'patch[KB4091664].installedOn': '2019-01-10',
  });
  // As a moment, local midnight in Paris would be the day before.
  expect(scriptOf(exec.calls[0])).toContain(".ToString('yyyy-MM-dd'");
});

test('an update of Windows without a day (answer written by hand)', async () => {
  const exec = printing('[{"HotFixID":"KB1","InstalledOn":null}]');
  const ctx = { ...createFakeContext({ platform: 'win32', exec }), os };
  expect((await windowsPatches.gather(ctx, DEFAULT_INVENTORY)).facts).toEqual({
    'patches.count': 1,
    'patches.last': undefined,
    'patch[KB1].installedOn': '?',
  });
});

test('the library’s answers become the same facts as on Linux (answers written by hand)', async () => {
  const ctx = createFakeContext({
    platform: 'win32',
    information: {
      system: { manufacturer: 'NCR', model: 'RealPOS XR7', serial: '43-123' },
      bios: { version: '6.1', releaseDate: '2021-05-01' },
      chassis: { type: 'All in One', assetTag: 'To be filled by O.E.M.' },
      osInfo: {
        distro: 'Microsoft Windows 10 IoT Enterprise LTSC',
        release: '10.0.17763',
        kernel: '10.0.17763',
        arch: 'x64',
      },
      diskLayout: [
        {
          device: '\\\\.\\PHYSICALDRIVE0',
          name: 'SSD 128',
          vendor: '',
          serialNum: 'S1',
          firmwareRevision: '1',
          size: 128e9,
          type: 'SSD',
        },
      ],
      usb: [
        { deviceId: 'USB\\VID_04B8', name: 'TM-T88V', manufacturer: 'EPSON', serialNumber: 'A', type: 'Printer' },
        { name: 'USB Root Hub', type: 'Hub' },
      ],
      printer: [{ name: 'receipt', model: 'TM-T88V', uri: 'USB001' }],
      graphics: { displays: [{ connection: 'HDMI', vendor: 'DEL', model: 'P2317H' }] },
    },
  });
  const { facts } = await library.gather({ ...ctx, os }, DEFAULT_INVENTORY);
  expect(facts).toMatchObject({
    'machine.serial': '43-123',
    'machine.assetTag': undefined,
    'os.version': '10.0.17763',
    'disk[\\\\.\\PHYSICALDRIVE0].gigabytes': 128,
    'usb[USB\\VID_04B8].name': 'TM-T88V',
    'printer[receipt].model': 'TM-T88V',
    'monitor[HDMI 1].model': 'P2317H',
  });
  expect(Object.keys(facts).some((path) => path.includes('Hub'))).toBe(false);
});

describe('telling it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-inventory-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('once, on a change, and again until the broker has it', async () => {
    const clock = createFakeClock();
    const version = join(folder, 'VERSION');
    writeFileSync(version, '8.4');
    const sent: Facts[] = [];
    let isConnected = false;
    let heard = () => {};
    const next = () =>
      new Promise<void>((resolve) => {
        heard = resolve;
      });
    const inventory = startInventory({
      options: { afterS: 0, everyH: 1, software: [{ name: 'pos', file: version }] },
      version: '1.2.3',
      boot: 'boot0001',
      seed: 'c/s/d',
      context: (name, signal, say) => ({ ...createContext(name, signal, say), wait: async () => {} }),
      async send(payload) {
        sent.push(JSON.parse(payload));
        heard();
        if (!isConnected) throw new Error('not connected');
      },
      clock,
      say: sayIn('en'),
      log: () => {},
    });
    let came = next();
    await clock.advance(0);
    await came;
    expect(sent.every((message) => Check(Facts, message))).toBe(true);
    expect(sent[0]).toMatchObject({
      boot: 'boot0001',
      seq: 1,
      facts: { 'software[pos].version': '8.4', 'agent.version': '1.2.3' },
    });
    isConnected = true;
    came = next();
    await clock.advance(0);
    await clock.advance(60_000);
    await came;
    expect(sent[1]).toEqual(sent[0]);
    writeFileSync(version, '8.5');
    came = next();
    await clock.advance(0);
    await clock.advance(3_600_000);
    await came;
    expect(sent[2]).toMatchObject({ seq: 2, facts: { 'software[pos].version': '8.5' } });
    inventory.stop();
    await clock.advance(7_200_000);
    expect(sent).toHaveLength(3);
  });
});
