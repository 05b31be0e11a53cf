import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultRulePackPath, readRules } from '../../alerting/rules/read-rule-pack.ts';
import { command } from '../../cli/commands/rules.ts';
import { Fault } from '../../cli/fault.ts';
import { createRules } from '../../cli/server/rules.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { Locale } from '../../protocol/inventory.ts';
import { TOKENS } from '../dashboard/server/fake-ports.ts';
import { serve } from '../dashboard/server/harness.ts';

const base = { ...readRules(defaultRulePackPath), source: 'file' as const };
const limit = (raise: number) => base.text.replace('raise: 85', `raise: ${raise}`);

let folder: string;
let state: StateStore;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-rules-'));
  state = openSqliteStateStore(':memory:');
  const till = { name: 'till-1', kind: 'till' as const };
  const rules = await createRules({
    state,
    base,
    chain: () => ({
      inventory: [
        {
          name: 'acme',
          title: 'Acme',
          stores: [{ name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', devices: [till] }],
        },
      ],
      observed: () => undefined,
      alerts: [
        {
          ...{ key: 'a', device: 'acme/lyon/till-1', rule: 'lane-silent', instance: '', severity: 'critical' },
          ...{ state: 'firing', since: 1, reason: { code: 'presence.lost' } },
        },
      ],
    }),
    rejudge: async () => {},
    isShared: false,
    onTrouble: () => {},
    now: () => Date.parse('2026-06-06T10:00:00Z'),
  });
  const { app, ports } = await serve();
  Object.assign(ports.rules, rules.port);
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await state.close();
  rmSync(folder, { recursive: true });
});

/** What the command says; the sentence of a fault where it fails. */
async function vigie(line: string[], flags: Record<string, string | boolean> = {}, locale: Locale = 'en') {
  const said: string[] = [];
  try {
    await command.run({
      flags,
      operands: line,
      env: { VIGIE_URL: url, VIGIE_ADMIN_TOKEN: TOKENS.operator },
      locale,
      say: (text) => void said.push(text),
      stop: new AbortController().signal,
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    said.push(`fault: ${error.message}`);
  }
  return said.join('\n');
}

function file(text: string): string {
  const path = join(folder, 'rules.yaml');
  writeFileSync(path, text);
  return path;
}

test('a file is looked at, applied, told in the log, and taken back', async () => {
  const path = file(limit(88));
  const effect = [
    '~ disk-filling (Disk nearly full): 1 device in 1 store',
    '    raise: 85 → 88',
    '1 device in 1 store judged otherwise.',
  ];
  const backtest = `What it would have done in the past: vigie backtest --rules ${path}`;
  expect(await vigie(['diff', path])).toBe([...effect, backtest].join('\n'));
  const dry = [...effect, backtest, 'Nothing was changed: --why=… --yes does it.'];
  expect(await vigie(['apply', path])).toBe(dry.join('\n'));
  expect(await vigie(['apply', path], { yes: true })).toBe('fault: --why: say it');
  expect(await state.rules.newest()).toBe(0);
  expect(await vigie(['log'])).toBe('No revision was applied.');

  const done = await vigie(['apply', path], { yes: true, why: 'less noise' });
  expect(done).toBe([...effect, 'Revision 1 holds.'].join('\n'));
  expect(await vigie(['diff', path])).toContain('These rules say what holds already.');
  expect(await vigie(['undo'])).toContain('raise: 88 → 85');
  expect(await state.rules.newest()).toBe(1);
  expect(await vigie(['undo'], { yes: true, why: 'too quiet' }, 'fr')).toBe(
    [
      '~ disk-filling (Disque presque plein): 1 équipement dans 1 magasin',
      '    raise: 88 → 85',
      '1 équipement dans 1 magasin jugé autrement.',
      'La révision 2 s’applique.',
    ].join('\n'),
  );
  expect((await vigie(['log'])).split('\n')).toEqual([
    expect.stringMatching(/^2 {2}.*2026.* {2}the-operator {2}too quiet \(back to the server’s file\)$/),
    expect.stringMatching(/^1 {2}.*2026.* {2}the-operator {2}less noise$/),
  ]);
  expect(await vigie(['undo'], { to: '7' })).toBe(
    'fault: there is no such earlier revision, or it is no longer kept (vigie rules log)',
  );
});

test('what is exported says which rules it is, and goes back in as it was', async () => {
  expect(await vigie(['export'])).toBe(`# vigie rules: the server’s file\n${base.text.trimEnd()}`);
  await vigie(['apply', file(limit(88))], { yes: true, why: 'less\nnoise' });
  const exported = await vigie(['export']);
  const header = '# vigie rules: revision 1, 2026-06-06T10:00:00.000Z, the-operator: less noise\n';
  expect(exported).toBe(header + limit(88).trimEnd());
  expect(await vigie(['apply', file(`${exported}\n`)], { yes: true, why: 'again' })).toContain('Revision 1 holds.');
  expect(await state.rules.newest()).toBe(1);
  expect(await vigie(['export'], { revision: '0' })).toBe(`# vigie rules: the server’s file\n${base.text.trimEnd()}`);
  expect(await vigie(['export'], { revision: '4' })).toMatch(/^fault: there is no such earlier revision/);
  expect(await vigie(['export'], { revision: 'x' })).toMatch(/^fault: .*--revision.*x/);
});

test('alerts that end are named', async () => {
  const start = base.text.indexOf('  - id: lane-silent');
  const without = base.text.slice(0, start) + base.text.slice(base.text.indexOf('  - id: backbone-silent'));
  const told = await vigie(['diff', file(without)]);
  expect(told).toContain('- lane-silent (Till silent): 1 device in 1 store');
  expect(told).toContain('1 standing alert ends:\n  acme/lyon/till-1 lane-silent firing');
});

test('faults name the file and the place, on a server and without one', async () => {
  const path = file(limit(0));
  const fault = /rules\/\d+\/clear must be below raise \(0\)/;
  expect(await vigie(['apply', path])).toMatch(fault);
  expect(await vigie(['apply', path])).toContain(`fault: ${path}: nothing was changed, 1 fault:`);
  expect(await vigie(['check', path])).toMatch(fault);
  expect(await vigie(['check', file(base.text)])).toMatch(/rules\.yaml: \d+ rules, no fault\.$/);
  expect(await vigie(['check', join(folder, 'none.yaml')])).toContain('none.yaml');
  expect(await vigie(['check'])).toContain('FILE');
  expect(await vigie(['burn'])).toContain('burn');
});
