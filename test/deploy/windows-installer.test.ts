import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** No Windows here: what is looked at is the order of its steps. */
const script = readFileSync('deploy/package/windows/install-vigie-agent.ps1', 'utf8').replaceAll('\r\n', '\n');
const main = script.slice(script.indexOf('$source = Get-ChildItem'));
const placeOf = (text: string, step: string): number => {
  expect(text).toContain(step);
  return text.indexOf(step);
};

test('the data folder is closed to others before anything is written, kept or run', () => {
  const guarded = placeOf(main, '\nProtect-Data\n');
  for (const step of [
    'Copy-Item',
    'Add-Type',
    'WriteAllText',
    'Test-Path $config',
    'New-Service',
    'enroll',
    'Start-Service',
  ]) {
    expect(placeOf(main, step)).toBeGreaterThan(guarded);
  }
  // Granting leaves to whoever made a folder beforehand what he has: its rights are set anew, all of them.
  expect(script).not.toMatch(/icacls.*\$data,.*grant/);
});

test('a folder or file of another account is refused: first the folder, then, once it is closed, what is in it', () => {
  const protect = script.slice(placeOf(script, 'function Protect-Data'), placeOf(script, 'function Set-Inherited'));
  const steps = [
    'Assert-Owned (Get-Item',
    'Set-Acl',
    'Get-ChildItem',
    'foreach ($item in $items) { Assert-Owned',
    '{ Set-Inherited }',
  ];
  const places = steps.map((step) => placeOf(protect, step));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(protect).toContain('O:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1301bf;;;$serviceSid)');
});
