import { expect, test } from 'vitest';
import type { CheckContext } from '../../../agent/check.ts';
import { plugin } from '../../../agent/checks/upsd.ts';
import { sayIn } from '../../../agent/words.ts';
import { createFakeContext } from '../fake-context.ts';

// As upsd 2.8.0 answered.
const LISTED = 'BEGIN LIST UPS\nUPS desk "Desk \\"A\\""\nUPS rack "Rack"\nEND LIST UPS\n';
const DESK = `BEGIN LIST VAR desk
VAR desk battery.charge "87"
VAR desk battery.runtime "1234"
VAR desk device.model "Dummy \\"UPS\\""
VAR desk device.serial "S1"
VAR desk input.voltage "231.2"
VAR desk ups.load "12.5"
VAR desk ups.temperature "NA"
VAR desk ups.status "OL CHRG"
END LIST VAR desk
`;
const sent: string[] = [];
const answering =
  (...answers: string[]): CheckContext['exchange'] =>
  async (_host, _port, { send, until }) => {
    sent.push(String(send));
    const received = Buffer.from(answers.shift() ?? '');
    return { received, isWhole: until(received) };
  };
const run = async (answers: string[], options = {}, more = {}) => {
  sent.length = 0;
  return plugin.create(options)(createFakeContext({ exchange: answering(...answers), ...more }));
};

test('on mains: Telegraf’s fields', async () => {
  const { points, statuses } = await run([DESK], { upses: ['desk'] });
  expect(sent).toEqual(['LIST VAR desk\nLOGOUT\n']);
  expect(points).toEqual([
    {
      m: 'upsd',
      t: { ups_name: 'desk', model: 'Dummy "UPS"', serial: 'S1' },
      f: {
        status_flags: 8,
        battery_charge_percent: 87,
        input_voltage: 231.2,
        load_percent: 12.5,
        time_left_ns: 1_234_000_000_000,
      },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test.each([
  ['OB DISCHRG', 'warning', 16, 'UPS desk: on battery, 20 min left.'],
  ['OB DISCHRG LB', 'critical', 80, 'UPS desk: battery nearly empty, on battery, 20 min left.'],
  ['OL RB', 'warning', 136, 'UPS desk: battery to be replaced.'],
  ['OL OVER', 'critical', 40, 'UPS desk: overloaded.'],
])('%s', async (words, status, flags, text) => {
  const { points, statuses } = await run([DESK.replace('OL CHRG', words)], { upses: ['desk'] });
  expect(points[0]?.f.status_flags).toBe(flags);
  expect(statuses).toEqual([{ check: 'the-check', status, text }]);
});

test('all that upsd knows; one without its driver, in French', async () => {
  const answers = [LISTED, `${DESK}ERR DRIVER-NOT-CONNECTED\n`];
  const { points, statuses } = await run(answers, {}, { say: sayIn('fr') });
  expect(sent).toEqual(['LIST UPS\nLOGOUT\n', 'LIST VAR desk\nLIST VAR rack\nLOGOUT\n']);
  expect(points).toHaveLength(1);
  expect(statuses).toEqual([
    { check: 'the-check', status: 'critical', text: 'Onduleur rack\u202f: upsd n’en sait rien.' },
  ]);
});

test('with a user: the password comes from its file and is never shown', async () => {
  const files = { '/etc/vigie/ups': 's3"cret\n' };
  const options = { user: 'vigie', passwordFile: '/etc/vigie/ups', upses: ['desk'] };
  const { statuses } = await run(['OK\nERR ACCESS-DENIED\n'], options, { files });
  expect(sent[0]).toBe('USERNAME vigie\nPASSWORD "s3\\"cret"\nLIST VAR desk\nLOGOUT\n');
  expect(statuses).toEqual([
    { check: 'the-check', status: 'critical', text: 'upsd does not answer on 127.0.0.1:3493 (ACCESS-DENIED).' },
  ]);
});

test('no UPS at all', async () => {
  const { statuses } = await run(['BEGIN LIST UPS\nEND LIST UPS\n']);
  expect(statuses).toEqual([{ check: 'the-check', status: 'critical', text: 'upsd knows no UPS.' }]);
});

test('just started: neither well nor ill', async () => {
  const { points, statuses } = await run([DESK.replace('OL CHRG', 'WAIT')], { upses: ['desk'] });
  expect(points).toEqual([]);
  expect(statuses).toEqual([
    { check: 'the-check', status: 'unknown', text: 'UPS desk: upsd still waits for its driver.' },
  ]);
});
