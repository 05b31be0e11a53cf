import { expect, test } from 'vitest';
import { limitOf, nameChart, planCharts } from '../../../dashboard/web/charts/plan.ts';
import { en } from '../../../dashboard/web/words/en.ts';
import { fr } from '../../../dashboard/web/words/fr.ts';
import type { AlertView, Reading } from '../../../protocol/views.ts';

const reading = (measurement: string, field: string, tags: Record<string, string> = {}): Reading => ({
  measurement,
  field,
  tags,
  value: 1,
  at: 0,
});

const READINGS = [
  reading('net', 'bytes_recv', { interface: 'eth0' }),
  reading('net', 'bytes_recv', { interface: 'lo' }),
  reading('cpu', 'usage_active', { cpu: 'cpu0' }),
  reading('cpu', 'usage_active', { cpu: 'cpu-total' }),
  reading('disk', 'used_percent', { path: '/var', device: 'sda2', fstype: 'ext4' }),
  reading('disk', 'used_percent', { path: '/', device: 'sda1', fstype: 'ext4' }),
  reading('net_response', 'response_time', { server: 'pos', port: '8443', protocol: 'tcp', result: 'success' }),
  reading('net_response', 'response_time', { server: 'pos', port: '8443', protocol: 'tcp', result: 'timeout' }),
  reading('disk', 'total', { path: '/' }),
];

test('one chart per thing worth one, in the order people ask for it', () => {
  expect(planCharts(READINGS).map(({ id, unit, rate }) => [id, unit, rate])).toEqual([
    ['cpu usage_active cpu-total', 'percent', false],
    ['disk used_percent /', 'percent', false],
    ['disk used_percent /var', 'percent', false],
    ['net bytes_recv eth0', 'bytes/s', true],
    ['net_response response_time pos 8443', 'seconds', false],
  ]);
});

test('charts are named in both languages', () => {
  const plans = planCharts(READINGS);
  expect(plans.map((plan) => nameChart(plan, 'fr', fr))).toEqual([
    { name: 'Processeur occupé', of: '' },
    { name: 'Disque utilisé', of: '/' },
    { name: 'Disque utilisé', of: '/var' },
    { name: 'Réseau, débit reçu', of: 'eth0' },
    { name: 'Port réseau, temps de réponse', of: 'pos:8443' },
  ]);
  expect(nameChart(plans[3] as (typeof plans)[0], 'en', en).name).toBe('Network, received');
});

test('an alert’s limit is drawn on its own chart only', () => {
  const alert: AlertView = {
    key: 'c/s/d#disk-full#/var',
    device: 'c/s/d',
    rule: 'disk-full',
    instance: '/var',
    severity: 'warning',
    state: 'firing',
    since: 0,
    reason: {
      code: 'threshold.above',
      params: { reading: 'disk used_percent /var', value: 94, limit: 90, unit: 'percent' },
    },
  };
  const limits = planCharts(READINGS).map((plan) => [plan.id, limitOf(plan, [alert])]);
  expect(limits.filter(([, limit]) => limit !== undefined)).toEqual([['disk used_percent /var', 90]]);
  expect(limitOf(planCharts(READINGS)[2] as never, [{ ...alert, state: 'resolved' }])).toBeUndefined();
  const foreseen = { ...alert, reason: { ...alert.reason, code: 'forecast.rising' as const } };
  expect(planCharts(READINGS).map((plan) => [plan.id, limitOf(plan, [foreseen])])).toEqual(limits);
});
