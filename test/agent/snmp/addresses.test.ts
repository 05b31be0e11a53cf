import { expect, test } from 'vitest';
import { createAddresses } from '../../../agent/snmp/addresses.ts';
import { createFakeClock } from '../fake-clock.ts';

test('names are looked up, again now and then, and keep their address while they cannot be; addresses are not', async () => {
  const clock = createFakeClock();
  const asked: string[] = [];
  const names: Record<string, string[]> = { 'switch.shop': ['10.0.0.2'] };
  const addresses = createAddresses(clock, async (host) => {
    asked.push(host);
    const found = names[host];
    if (!found) throw new Error('unknown');
    return found;
  });
  addresses.change([
    { name: 'a', host: 'switch.shop' },
    { name: 'b', host: '10.0.0.9' },
  ]);
  await clock.advance(1);
  const listed = addresses.list();
  expect(listed).toEqual([
    { name: 'a', addresses: ['10.0.0.2'] },
    { name: 'b', addresses: ['10.0.0.9'] },
  ]);
  delete names['switch.shop'];
  await clock.advance(600_000);
  expect(addresses.list()).toBe(listed);
  names['switch.shop'] = ['10.0.0.7'];
  await clock.advance(600_000);
  expect(addresses.list()[0]?.addresses).toEqual(['10.0.0.7']);
  expect(asked).toEqual(['switch.shop', 'switch.shop', 'switch.shop']);
  addresses.stop();
});

test('names are looked up two at a time', async () => {
  const clock = createFakeClock();
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const addresses = createAddresses(clock, (host) => {
    asked.push(host);
    return new Promise((resolve) => answers.push(() => resolve(['10.0.0.1'])));
  });
  addresses.change(['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, host: `${name}.shop` })));
  expect(asked).toEqual(['a.shop', 'b.shop']);
  answers[0]?.();
  await clock.advance(1);
  expect(asked).toEqual(['a.shop', 'b.shop', 'c.shop']);
  for (let each = 1; each < 5; each++) {
    answers[each]?.();
    await clock.advance(1);
  }
  expect(asked).toHaveLength(5);
  expect(addresses.list().every(({ addresses: [first] }) => first === '10.0.0.1')).toBe(true);
  addresses.stop();
});
