import { Type } from 'typebox';
import type { SelfSource } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ErrorBody } from '../errors.ts';
import { writeFigures } from '../prometheus-text.ts';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

type Figure = ReturnType<SelfSource['figures']>[number];

export function addPrometheusRoutes(app: App, { ports, hub }: RouteContext): void {
  const liveFigures = (): Figure[] => {
    const { readers, dropped } = hub.figures();
    return [
      {
        name: 'vigie_live_readers',
        help: 'Pages that follow the live stream.',
        type: 'gauge',
        samples: [{ value: readers }],
      },
      {
        name: 'vigie_live_readers_dropped_total',
        help: 'Pages dropped because they did not keep up.',
        type: 'counter',
        samples: [{ value: dropped }],
      },
    ];
  };

  app.get(
    '/metrics',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['self'],
        summary: 'Vigie’s own figures, for Prometheus',
        response: {
          200: { description: 'Prometheus text.', content: { 'text/plain': { schema: Type.String() } } },
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (_request, reply) => reply.type(TEXT).send(writeFigures([...ports.self.figures(), ...liveFigures()])),
  );
}
