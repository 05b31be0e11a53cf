import { expect, test } from 'vitest';
import { loadActions, tellActions } from '../../../agent/commands/load-actions.ts';
import { validateAgentConfig } from '../../../agent/config.ts';

const SALE = { file: '/run/pos/sale' };
const RESTART = { name: 'restart_pos', type: 'restart_service', services: ['posd'] };
const faultsOf = async (value: unknown) => (await loadActions(value)).faults;

test('what is allowed, with its defaults, as the birth tells it', async () => {
  const { loaded, faults } = await loadActions({
    sale: SALE,
    allow: [RESTART, { name: 'spooler', type: 'restart_spooler', timeoutS: 90, perDay: 9, notWhileSelling: false }],
  });
  expect(faults).toEqual([]);
  expect(loaded?.actions).toMatchObject([
    { name: 'restart_pos', timeoutMs: 60_000, perDay: 3, notWhileSelling: true, choices: { service: ['posd'] } },
    { name: 'spooler', timeoutMs: 90_000, perDay: 9, notWhileSelling: false, choices: {} },
  ]);
  expect(tellActions(loaded?.actions ?? [])).toEqual([
    { name: 'restart_pos', type: 'restart_service', timeoutS: 60, args: { service: ['posd'] } },
    { name: 'spooler', type: 'restart_spooler', timeoutS: 90 },
  ]);
});

test.each([
  [{ allow: [] }, /^actions\.allow: /],
  [
    { allow: [{ ...RESTART, notWhileSelling: false }], alow: 1 },
    /^actions\.alow: unknown key; known are publicKeyFile, sale, allow$/,
  ],
  [
    { allow: [{ name: 'x', type: 'run_shell', notWhileSelling: false }] },
    /^actions\.allow\[0\]\.type: no action is called "run_shell"; known are clear_spool,/,
  ],
  [{ allow: [{ ...RESTART, name: 'Restart POS', notWhileSelling: false }] }, /^actions\.allow\[0\]\.name: /],
  [
    { allow: [{ ...RESTART, services: ['posd; rm -rf /'], notWhileSelling: false }] },
    /^actions\.allow\[0\]\.services\[0\]: /,
  ],
  [{ allow: [{ ...RESTART, command: 'ls', notWhileSelling: false }] }, /^actions\.allow\[0\]\.command: unknown key/],
  [{ allow: [RESTART] }, /^actions\.allow\[0\]\.notWhileSelling: needs actions\.sale/],
  [
    { sale: SALE, allow: [RESTART, RESTART] },
    /^actions\.allow\[1\]\.name: "restart_pos" is already the name of actions\.allow\[0\]/,
  ],
  [{ sale: { command: [] }, allow: [RESTART] }, /^actions\.sale/],
])('%j: the path and what was expected', async (value, fault) => {
  const faults = await faultsOf(value);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults[0]).toMatch(fault);
});

test('actions are off unless the device’s own file has them; the centre cannot allow any', async () => {
  const file = { chain: 'c', store: 's', device: 'd', server: 'mqtt://127.0.0.1:1883', dataDir: '/nowhere' };
  expect((await validateAgentConfig(file, 'test')).actions).toBeUndefined();
  const actions = { sale: SALE, allow: [RESTART] };
  expect((await validateAgentConfig({ ...file, actions }, 'test')).actions?.actions).toHaveLength(1);
  await expect(validateAgentConfig({ ...file, actions: { allow: 1 } }, 'test')).rejects.toThrow(/actions\.allow: /);
  await expect(validateAgentConfig(file, 'test', { version: 1, settings: { actions } })).rejects.toThrow(/actions/);
});
