import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';

const Words = Type.Record(Type.String({ maxLength: 256 }), Type.String({ maxLength: 8_192 }), { maxProperties: 128 });
const Alert = Type.Object({
  status: Type.Enum(['firing', 'resolved']),
  labels: Words,
  annotations: Type.Optional(Words),
  startsAt: Type.String({ maxLength: 64 }),
  fingerprint: Type.String({ minLength: 1, maxLength: 64 }),
});

/** Alertmanager’s webhook: what Prometheus finds is judged, folded and told like what our own agents find. */
export function addOutsideAlertRoutes(app: App, { ports: { outsideAlerts } }: RouteContext): void {
  app.post(
    '/api/v1/alertmanager',
    {
      config: { needs: 'operator' },
      bodyLimit: 4 * 1024 * 1024,
      schema: {
        tags: ['alertmanager'],
        summary: 'Takes what Alertmanager’s webhook (version 4) tells of devices',
        description:
          'An alert is about the device that its label `vigie_device` names, or `chain`, `store` and `device`, or whose attribute `address` or `host` is the host of `instance`.',
        body: Type.Object({
          version: Type.Literal('4'),
          alerts: Type.Array(Alert, { maxItems: 1_000 }),
        }),
        response: answers(
          Type.Object({
            taken: Type.Integer(),
            left: Type.Array(Type.Object({ alert: Type.String(), why: Type.Enum(['no-device', 'several-devices']) }), {
              description: 'Alerts that are about no device here; fifty at most.',
            }),
          }),
        ),
      },
    },
    (request) =>
      outsideAlerts.take(
        request.body.alerts.map(({ startsAt, annotations = {}, ...alert }, at) => {
          const began = Date.parse(startsAt);
          if (Number.isNaN(began)) {
            const message = { en: 'must be a time', fr: 'doit être une date' };
            throw new ApiError('invalid', { faults: [{ path: `/alerts/${at}/startsAt`, message }] });
          }
          return { ...alert, annotations, startsAt: began };
        }),
      ),
  );
}
