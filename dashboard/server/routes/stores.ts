import { Type } from 'typebox';
import { Store } from '../../../protocol/inventory.ts';
import { Name, storeKey } from '../../../protocol/names.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';
import { DeviceView, StoreTile } from '../view-schemas.ts';

const tags = ['stores'];

export function addStoreRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/stores',
    {
      config: { needs: 'viewer' },
      schema: { tags, summary: 'Every store', response: answers(Type.Object({ stores: Type.Array(StoreTile) })) },
    },
    () => ({ stores: ports.wall.snapshot().stores }),
  );

  app.get(
    '/api/v1/stores/:chain/:store',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'One store, its definition and its devices',
        params: Type.Object({ chain: Name, store: Name }),
        response: answers(Type.Object({ tile: StoreTile, definition: Store, devices: Type.Array(DeviceView) })),
      },
    },
    (request) => {
      const found = ports.wall.store(storeKey(request.params.chain, request.params.store));
      if (found === undefined) throw new ApiError('no-such-store');
      return found;
    },
  );
}
