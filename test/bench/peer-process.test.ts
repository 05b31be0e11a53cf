import { expect, test } from 'vitest';
import { listens, NotInstalled, startPeer } from './peer-process.ts';

test('a server that is not there is named, not installed', async () => {
  const starting = startPeer({ program: 'no-such-server', args: [], isReady: async () => true });
  await expect(starting).rejects.toThrow(new NotInstalled('no-such-server'));
});

test('nobody listens on the port of nobody', async () => {
  // Port 1 is privileged and has no service.
  expect(await listens(1)).toBe(false);
});
