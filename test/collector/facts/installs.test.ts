import { expect, it } from 'vitest';
import { Installs } from '../../../collector/facts/installs.ts';
import type { DeviceChange, FactsHistoryQuery } from '../../../collector/ports.ts';
import type { DeviceKey } from '../../../protocol/names.ts';

const HOUR = 3_600_000;
const TILL = 'acme/lyon/till-1' as DeviceKey;
const SERVER = 'acme/lyon/server' as DeviceKey;

function opened(changes: DeviceChange[]) {
  const asked: FactsHistoryQuery[] = [];
  const clock = { now: 100 * HOUR };
  const history = async (query: FactsHistoryQuery) => {
    asked.push(query);
    const { path = '', since = 0 } = query;
    const isMeant = (told: string) => (path.endsWith('*') ? told.startsWith(path.slice(0, -1)) : told === path);
    return changes.filter(({ at, path: told }) => at >= since && isMeant(told)).sort((a, b) => b.at - a.at);
  };
  return { asked, clock, installs: new Installs({ history }, () => clock.now) };
}

it('knows what was installed in the last day and when, by the names that rules have for it', async () => {
  const { installs } = opened([
    { device: TILL, at: 90 * HOUR, path: 'software[pos].version', from: '8.8', to: '8.9' },
    { device: TILL, at: 95 * HOUR, path: 'software[pos].version', from: '8.9', to: '9.0' },
    { device: TILL, at: 96 * HOUR, path: 'agent.version', from: '1', to: '2' },
    { device: TILL, at: 97 * HOUR, path: 'software[payment-tool].version', from: '3' },
    { device: TILL, at: 97 * HOUR, path: 'software[pos].vendor', from: 'a', to: 'b' },
    { device: SERVER, at: 10 * HOUR, path: 'os.kernel', from: '5', to: '6' },
  ]);
  await installs.refresh();
  expect(installs.of(TILL)).toEqual({ 'software.pos': 95 * HOUR, agent: 96 * HOUR });
  expect(installs.of(SERVER)).toBeUndefined();
});

it('goes with a clock that is set', async () => {
  const { installs, clock } = opened([{ device: TILL, at: 99 * HOUR, path: 'os.kernel', from: '5', to: '6' }]);
  await installs.refresh();
  clock.now -= 50 * HOUR;
  installs.clockStepped(-50 * HOUR);
  await installs.refresh();
  expect(installs.of(TILL)).toEqual({ kernel: 49 * HOUR });
});

it('takes in what is told later, reads nothing twice, and forgets what is old', async () => {
  const changes: DeviceChange[] = [{ device: TILL, at: 99 * HOUR, path: 'os.kernel', from: '5', to: '6' }];
  const { installs, clock, asked } = opened(changes);
  await installs.refresh();
  changes.push({ device: SERVER, at: 110 * HOUR, path: 'os.kernel', from: '5', to: '6' });
  clock.now = 110 * HOUR;
  asked.length = 0;
  await installs.refresh();
  expect(installs.of(TILL)).toEqual({ kernel: 99 * HOUR });
  expect(installs.of(SERVER)).toEqual({ kernel: 110 * HOUR });
  for (const { since } of asked) expect(since).toBe(100 * HOUR - 60_000);
  clock.now = 130 * HOUR;
  await installs.refresh();
  expect(installs.of(TILL)).toBeUndefined();
  expect(installs.of(SERVER)).toEqual({ kernel: 110 * HOUR });
});
