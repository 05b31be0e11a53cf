import { expect, test } from 'vitest';
import { alarms, changes } from '../../../../agent/snmp/rules/alarms.ts';

test('a trap, and the one that takes it back', () => {
  expect(
    alarms('1.3.6.1.4.1.99999.0', [[5, 'onBattery', 'critical', 'Sur batterie', 'On battery', 9]], '{1.2}'),
  ).toEqual([
    {
      oid: '1.3.6.1.4.1.99999.0.5',
      name: 'onBattery',
      severity: 'critical',
      title: { fr: 'Sur batterie', en: 'On battery' },
      key: '{1.2}',
    },
    {
      oid: '1.3.6.1.4.1.99999.0.9',
      severity: 'clears',
      clears: '1.3.6.1.4.1.99999.0.5',
      title: { fr: 'Fin d’alerte\u202f: Sur batterie', en: 'Over: On battery' },
      key: '{1.2}',
    },
  ]);
});

test('nothing takes back what has no end', () => {
  expect(alarms('1.3.6.1.4.1.99999.0', [[12, 'off', 'warning', 'Arrêté', 'Turned off']])).toHaveLength(1);
});

test('one trap that raises or takes back, by the state it tells', () => {
  const [raised, over] = changes('1.3.6.1.4.1.99999.1', 'fanChanged', {
    state: '1.3.6.1.4.1.99999.7',
    bad: '^2$',
    over: '^1$',
    fr: 'Ventilateur en panne',
    en: 'Fan failed',
    key: '{1.3.6.1.4.1.99999.6}',
  });
  expect(raised).toMatchObject({ severity: 'critical', where: { oid: '1.3.6.1.4.1.99999.7', is: '^2$' } });
  expect(over).toMatchObject({ severity: 'clears', clears: raised?.oid, where: { is: '^1$' } });
});
