import { expect, test } from 'vitest';
import type { Collector } from '../../../../agent/inventory/collector.ts';
import { DEFAULT_INVENTORY } from '../../../../agent/inventory/options.ts';
import { startInventory } from '../../../../agent/inventory/start.ts';
import { sayIn } from '../../../../agent/words.ts';
import type { Facts } from '../../../../protocol/facts.ts';
import { createFakeClock } from '../../fake-clock.ts';
import { createFakeContext } from '../../fake-context.ts';

test('what was found is told with the facts of the machine, soon after it was found', async () => {
  const clock = createFakeClock();
  const sent: Facts[] = [];
  let model = 'RX-1';
  const more: Collector = {
    sections: ['found'],
    gather: async () => ({ facts: { 'found[10.1.0.7].model': model } }),
  };
  let heard = () => {};
  const next = () =>
    new Promise<void>((resolve) => {
      heard = resolve;
    });
  const inventory = startInventory({
    options: { ...DEFAULT_INVENTORY, afterS: 0 },
    version: '1.2.3',
    boot: 'boot0001',
    seed: 'c/s/gw',
    context: (_, signal) => createFakeContext({ signal, platform: 'linux', wait: async () => {} }),
    more: [more],
    async send(payload) {
      sent.push(JSON.parse(payload));
      heard();
    },
    clock,
    say: sayIn('en'),
    log: () => {},
  });
  let came = next();
  await clock.advance(0);
  // Found while it looks: once it has told what it saw, it looks again.
  model = 'RX-2';
  inventory.lookNow();
  await came;
  came = next();
  model = 'RX-3';
  await clock.advance(0);
  await clock.advance(0);
  await came;
  model = 'RX-4';
  came = next();
  await clock.advance(0);
  inventory.lookNow();
  await clock.advance(0);
  await came;
  expect(sent.at(-1)?.facts).toMatchObject({ 'found[10.1.0.7].model': 'RX-4', 'agent.version': '1.2.3' });
  expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, i) => i + 1));
  inventory.stop();
  const before = sent.length;
  await clock.advance(86_400_000);
  expect(sent).toHaveLength(before);
});
