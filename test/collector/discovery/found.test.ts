import { expect, test } from 'vitest';
import { foundIn, identityOf, kindOf, proposedName } from '../../../collector/discovery/found.ts';

const at = (address: string, more: object = {}) => ({ address, ...more });

test('what was found is read from the facts of the agent, and nothing else of them', () => {
  const facts = {
    'os.name': 'Debian',
    'found[10.1.0.9].kind': 'printer',
    'found[10.1.0.7].kind': 'switch',
    'found[10.1.0.7].serial': 'S1',
    'found[10.1.0.7].credential': 'read',
    'found[10.1.0.7].address': 'not told here',
    'found[fe80::1].name': 'ap',
  };
  expect(foundIn(facts)).toEqual([
    at('10.1.0.7', { kind: 'switch', serial: 'S1', credential: 'read' }),
    at('10.1.0.9', { kind: 'printer' }),
    at('fe80::1', { name: 'ap' }),
  ]);
});

test('a machine is told by its serial number, else its MAC address, else by what it says it is', () => {
  const all = { serial: 'S1', mac: '02:AA', vendor: 'V', model: 'M', name: 'n' };
  expect(identityOf(at('x', all))).toBe('S1');
  expect(identityOf(at('x', { ...all, serial: undefined }))).toBe('02:aa');
  expect(identityOf(at('x', { vendor: 'V', name: 'n' }))).toBe('V  n');
});

test('kinds are those of the inventory', () => {
  expect(['switch', 'pdu', 'hypervisor', 'environment', undefined].map((kind) => kindOf(kind ? { kind } : {}))).toEqual(
    ['switch', 'pdu', 'server', 'other', 'other'],
  );
});

test.each([
  [{ name: 'SW-Réserve 2.magasin.example' }, 'SW-Reserve-2'],
  [{ name: '--..' }, 'switch-2'],
  [{ name: 'sw-1' }, 'switch-2'],
  [{}, 'switch-2'],
  [{ device: 'core' }, 'core'],
])('%o is proposed as %s', (more, name) => {
  expect(proposedName(at('10.1.0.7', { kind: 'switch', ...more }), new Set(['sw-1', 'switch-1']))).toBe(name);
});
