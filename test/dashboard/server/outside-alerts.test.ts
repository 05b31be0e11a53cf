import { expect, test } from 'vitest';
import { bearer, errorCodeOf, serve } from './harness.ts';

/** As Alertmanager’s documentation has it. */
const MESSAGE = {
  version: '4',
  groupKey: '{}:{alertname="InstanceDown"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'vigie',
  groupLabels: { alertname: 'InstanceDown' },
  commonLabels: { alertname: 'InstanceDown', job: 'node' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager:9093',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'InstanceDown', instance: '10.1.2.3:9100', severity: 'critical' },
      annotations: { summary: 'down' },
      startsAt: '2026-11-23T09:00:00.123456789Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus:9090/graph',
      fingerprint: 'c4ac1b2e5f6d7a80',
    },
  ],
};

test('Alertmanager’s webhook is taken with an operator’s token, and answered with what was left', async () => {
  const { app, calls } = await serve();
  const post = (payload: object, role: 'viewer' | 'operator' = 'operator') =>
    app.inject({ method: 'POST', url: '/api/v1/alertmanager', headers: bearer(role), payload });
  const taken = await post(MESSAGE);
  expect(taken.json()).toEqual({ taken: 1, left: [{ alert: 'x', why: 'no-device' }] });
  expect(calls.at(-1)).toMatchObject(['alerts', { status: 'firing', startsAt: Date.UTC(2026, 10, 23, 9, 0, 0, 123) }]);
  expect(errorCodeOf(await post(MESSAGE, 'viewer'))).toBe('forbidden');
  const broken = (change: object) => post({ ...MESSAGE, alerts: [{ ...MESSAGE.alerts[0], ...change }] });
  for (const change of [{ startsAt: 'soon' }, { status: 'pending' }, { fingerprint: '' }]) {
    expect(errorCodeOf(await broken(change))).toBe('invalid');
  }
  expect(errorCodeOf(await post({ ...MESSAGE, version: '3' }))).toBe('invalid');
});
