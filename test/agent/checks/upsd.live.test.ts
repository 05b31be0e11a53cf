import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/upsd.ts';
import { until } from '../../faults/until.ts';
import { freePort } from '../../support/free-port.ts';
import { type RealServer, startRealServer } from '../../support/real-server.ts';
import { runOnce } from './run-live.ts';

/** Debian keeps NUT's programs here; `/usr/sbin/upsd` is a script that wants the machine's own configuration. */
const NUT = '/lib/nut';

let folder: string;
let port: number;
const programs: RealServer[] = [];

let written = Math.floor(Date.now() / 1000);

/** What the simulated UPS says; the driver reads it anew when it has changed, which it tells by the second. */
function setUps(status: string): void {
  const file = join(folder, 'desk.dev');
  writeFileSync(
    file,
    `ups.status: ${status}\nbattery.charge: 87\nbattery.runtime: 1234\nups.load: 12.5\ninput.voltage: 231.2\ndevice.serial: S1\n`,
  );
  written += 1;
  utimesSync(file, written, written);
}
const look = (options = {}) => runOnce(plugin, { port, ...options });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-nut-'));
  port = await freePort();
  mkdirSync(join(folder, 'state'), { mode: 0o700 });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text, { mode: 0o600 });
  write(
    'ups.conf',
    `[desk]\n  driver = dummy-ups\n  port = ${folder}/desk.dev\n  pollinterval = 1\n[rack]\n  driver = dummy-ups\n  port = rack.dev\n`,
  );
  write('upsd.conf', `LISTEN 127.0.0.1 ${port}\nMAXAGE 5\n`);
  write('upsd.users', '[vigie]\n  password = "s3 cret"\n');
  write('password', 's3 cret\n');
  setUps('OL');
  const env = { NUT_CONFPATH: folder, NUT_STATEPATH: join(folder, 'state'), NUT_ALTPIDPATH: join(folder, 'state') };
  const user = userInfo().username;
  programs.push(
    await startRealServer({
      program: `${NUT}/dummy-ups`,
      args: ['-u', user, '-D', '-a', 'desk'],
      env,
      isReady: async () => true,
    }),
    await startRealServer({
      program: `${NUT}/upsd`,
      args: ['-u', user, '-D'],
      env,
      isReady: async () => (await look({ upses: ['desk'] })).points[0]?.f.status_flags === 8,
    }),
  );
});
afterAll(async () => {
  for (const program of programs.reverse()) await program.stop();
  rmSync(folder, { recursive: true });
});

test('NUT’s upsd and its simulated UPS: on mains; the one whose driver is away is told', async () => {
  const { points, statuses } = await look();
  expect(points).toHaveLength(1);
  expect(points[0]).toMatchObject({
    m: 'upsd',
    t: { ups_name: 'desk', serial: 'S1' },
    f: {
      status_flags: 8,
      battery_charge_percent: 87,
      load_percent: 12.5,
      input_voltage: 231.2,
      time_left_ns: 1_234_000_000_000,
    },
  });
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text: 'UPS rack: upsd hears nothing of it.' }]);
});

test('mains fails, the battery runs low, mains is back', async () => {
  const desk = { upses: ['desk'] };
  const saying = (words: string) =>
    until(
      async () => {
        const seen = await look(desk);
        return (seen.statuses[0]?.text ?? seen.statuses[0]?.status) === words && seen;
      },
      20_000,
      `not seen: ${words}`,
    );
  setUps('OB DISCHRG');
  expect((await saying('UPS desk: on battery, 20 min left.')).points[0]?.f.status_flags).toBe(16);
  setUps('OB DISCHRG LB');
  const low = await saying('UPS desk: battery nearly empty, on battery, 20 min left.');
  expect(low.statuses[0]?.status).toBe('critical');
  setUps('OL CHRG');
  await saying('ok');
});

test('with a user of upsd.users, and a UPS nobody knows', async () => {
  const login = { user: 'vigie', passwordFile: join(folder, 'password') };
  expect((await look({ ...login, upses: ['desk'] })).statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  const { statuses } = await look({ ...login, upses: ['desk', 'attic'] });
  expect(statuses[0]?.text).toBe('UPS attic: upsd hears nothing of it.');
});

test('upsd is gone', async () => {
  await programs[1]?.kill();
  const { points, statuses } = await look();
  expect(points).toEqual([]);
  expect(statuses[0]?.text).toBe(`upsd does not answer on 127.0.0.1:${port} (ECONNREFUSED).`);
});
