import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRaised, writeRaised } from '../../../../agent/snmp/traps/kept-raised.ts';

let folder: string;
const said: string[] = [];
const log = (_: string, message: string) => void said.push(message);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-raised-'));
  said.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was raised is found again; where there was nothing there is nothing', () => {
  expect(readRaised(folder, log)).toEqual({});
  const raised = { sw: [{ check: 'trap:fan:1', status: 'warning' as const, text: 'Fan failed' }] };
  writeRaised(folder, raised, log);
  expect(readRaised(folder, log)).toEqual(raised);
  expect(said).toEqual([]);
});

test.each(['{"sw":', '{"sw":[{"check":7}]}'])('a file that holds %s is said, and nothing is raised', (text) => {
  writeFileSync(join(folder, 'snmp-raised.json'), text);
  expect(readRaised(folder, log)).toEqual({});
  expect(said).toHaveLength(1);
});

test('a disk that refuses is said', () => {
  writeRaised(join(folder, 'missing'), {}, log);
  expect(said).toHaveLength(1);
});
