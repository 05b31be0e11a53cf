import { expect, test } from 'vitest';
import { DEVICE, PACK_RULE, RULE } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

test('the rules of a device come with where each value is from', async () => {
  const { app } = await serve();
  const found = await app.inject(as('viewer', { url: `/api/v1/devices/${DEVICE.key}/rules` }));
  expect(found.json()).toEqual({ rules: [RULE] });
  const none = await app.inject(as('viewer', { url: '/api/v1/devices/acme/lyon-01/none/rules' }));
  expect(errorCodeOf(none)).toBe('no-such-device');
});

test('all rules that hold are listed with whom they judge', async () => {
  const { app } = await serve();
  const found = await app.inject(as('viewer', { url: '/api/v1/rules/list' }));
  expect(found.json()).toEqual({ rules: [PACK_RULE] });
});
