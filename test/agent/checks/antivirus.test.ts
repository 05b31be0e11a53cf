import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/antivirus.ts';
import { createFakeContext } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const NOW = 1_800_000_000_000;
const DAY_S = 86_400;
const header = (version: number, ageDays: number, signatures = 90) =>
  `ClamAV-VDB:15 Jan 2027 08-00 +0000:${version}:${signatures}:90:d41d8cd98f00b204e9800998ecf8427e:X:builder:${NOW / 1000 - ageDays * DAY_S}`.padEnd(
    512,
  );
const main = { '/var/lib/clamav/main.cvd': header(62, 900, 6_647_427) };
const ask = (files: Record<string, string>) => plugin.create({})(createFakeContext({ files, now: () => NOW }));

test('ClamAV: age by the header of the newer daily file', async () => {
  const files = {
    ...main,
    '/var/lib/clamav/daily.cvd': header(27_490, 12),
    '/var/lib/clamav/daily.cld': header(27_500, 2, 2_067_000),
  };
  const { points, statuses } = await ask(files);
  expect(points).toEqual([
    {
      m: 'antivirus',
      t: { product: 'clamav' },
      f: {
        signature_age_seconds: 2 * DAY_S,
        fetched_age_seconds: 0,
        signature_version: 27_500,
        signatures: 2_067_000 + 6_647_427,
      },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('an old header without seconds is read by its date, in its own zone', async () => {
  const text = 'ClamAV-VDB:14 Jan 2027 09-00 +0100:1:1:1:x:x:builder'.padEnd(512);
  const { points } = await ask({ ...main, '/var/lib/clamav/daily.cvd': text });
  expect(points[0]?.f.signature_age_seconds).toBe(DAY_S);
});

test.each([
  ['too old', { ...main, '/var/lib/clamav/daily.cvd': header(1, 8) }, 'Antivirus: its signatures are 8 d old.'],
  ['none', main, 'Antivirus: no signatures in /var/lib/clamav.'],
  ['no main database', { '/var/lib/clamav/daily.cvd': header(1, 1) }, 'Antivirus: the main database is missing.'],
])('%s is a warning', async (_, files, text) => {
  expect((await ask(files)).statuses).toEqual([{ check: 'the-check', status: 'warning', text }]);
});

test('a file that is no signature file', async () => {
  await expect(ask({ '/var/lib/clamav/daily.cvd': 'nothing of the kind' })).rejects.toThrow('no ClamAV header');
});

const defender = (name: string, now = NOW) => {
  const exec = printing(recording(`windows/${name}.json`));
  return plugin.create({})(createFakeContext({ platform: 'win32', exec, now: () => now }));
};

test('Defender in good order', async () => {
  const { points, statuses } = await defender('defender', Date.UTC(2019, 10, 22, 18, 54, 43));
  expect(points).toEqual([
    {
      m: 'antivirus',
      t: { product: 'defender' },
      f: { enabled: 1, realtime: 1, signature_age_seconds: DAY_S, scan_age_seconds: DAY_S + 60_449 },
    },
  ]);
  expect(statuses[0]?.status).toBe('ok');
});

test('Defender switched off has signatures of no age', async () => {
  const { points, statuses } = await defender('defender-off');
  expect(points[0]?.f).toEqual({ enabled: 0, realtime: 0 });
  expect(statuses[0]).toMatchObject({ status: 'warning', text: 'Antivirus: it is off.' });
});

test('Defender without real-time protection, on a Windows too old to tell its mode, never scanned', async () => {
  const { points, statuses } = await defender('defender-no-realtime', Date.UTC(2021, 2, 29, 2, 59, 12));
  expect(points[0]?.f).toEqual({ enabled: 1, realtime: 0, signature_age_seconds: DAY_S });
  expect(statuses[0]).toMatchObject({ status: 'warning', text: 'Antivirus: real-time protection is off.' });
});

test('Defender that runs on signatures of years ago', async () => {
  const { statuses } = await defender('defender-old', Date.UTC(2021, 7, 22, 17, 28, 56) + 867 * DAY_S * 1000);
  expect(statuses[0]).toMatchObject({ status: 'warning', text: 'Antivirus: its signatures are 867 d old.' });
});

test.each(['defender-passive', 'defender-edr'])('standing aside for another product: %s', async (name) => {
  expect((await defender(name)).statuses[0]?.status).toBe('ok');
});
