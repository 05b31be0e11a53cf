import { Type } from 'typebox';
import { deviceKey, Name } from '../../../protocol/names.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';
import { DeviceView, Reading, StoreKeySchema } from '../view-schemas.ts';

const tags = ['devices'];

const DevicePage = Type.Object({
  view: DeviceView,
  host: Type.Record(Type.String(), Type.String(), { description: 'What its agent says of its host.' }),
  agentVersion: Type.Optional(Type.String()),
  clockSkewMs: Type.Optional(
    Type.Number({ description: 'What its agent’s clock was behind ours at its last birth, where it was off.' }),
  ),
  readings: Type.Array(Reading, { description: 'The newest reading of every series.' }),
});

export function addDeviceRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/devices',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Every device, or those of one store',
        querystring: Type.Object({ store: Type.Optional(StoreKeySchema) }),
        response: answers(Type.Object({ devices: Type.Array(DeviceView) })),
      },
    },
    (request) => {
      const { store } = request.query;
      if (store !== undefined && ports.wall.store(store) === undefined) throw new ApiError('no-such-store');
      return { devices: ports.wall.devices(store === undefined ? {} : { store }) };
    },
  );

  app.get(
    '/api/v1/devices/:chain/:store/:device',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'One device, its host and its newest readings',
        params: Type.Object({ chain: Name, store: Name, device: Name }),
        response: answers(DevicePage),
      },
    },
    async (request) => {
      const { chain, store, device } = request.params;
      const key = deviceKey(chain, store, device);
      const found = await ports.wall.device(key);
      if (found === undefined) throw new ApiError('no-such-device');
      return { ...found, readings: await ports.metrics.last(key) };
    },
  );
}
