import { expect, test } from 'vitest';
import { identityFacts } from '../../../agent/snmp/facts.ts';

test('what a device is, on one line each, in whole characters, and nothing where nothing is said', () => {
  const identity = {
    vendor: 'Acme',
    model: 'X\r\n 1',
    serial: 'To be filled by O.E.M.',
    location: '',
    name: `${'n'.repeat(255)}😀`,
  };
  expect(identityFacts({ identity, profiles: [], facts: { 'modem.operator': 'Orange\u0000' } })).toEqual({
    'machine.vendor': 'Acme',
    'machine.model': 'X 1',
    'os.hostname': `${'n'.repeat(255)}\ufffd`,
    'modem.operator': 'Orange',
  });
});
