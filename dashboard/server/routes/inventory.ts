import { Type } from 'typebox';
import { Inventory } from '../../../protocol/inventory.ts';
import { InventoryError } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';

const url = '/api/v1/inventory';
const tags = ['inventory'];

const Taken = Type.Object({ chains: Type.Integer(), stores: Type.Integer(), devices: Type.Integer() });

export function addInventoryRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    url,
    { config: { needs: 'viewer' }, schema: { tags, summary: 'The whole inventory', response: answers(Inventory) } },
    () => ports.inventory.export(),
  );

  app.post(
    url,
    {
      bodyLimit: 64 * 1024 * 1024,
      handlerTimeout: 120_000,
      config: { needs: 'admin' },
      schema: {
        tags,
        summary: 'Replaces the chains it names and leaves the others',
        description: 'All or nothing: an inventory that contradicts itself is refused with every fault.',
        body: Inventory,
        response: answers(Taken),
      },
    },
    async (request) => {
      try {
        return await ports.inventory.import(request.body, request.by());
      } catch (error) {
        if (error instanceof InventoryError) throw new ApiError('inventory-refused', { faults: error.faults });
        throw error;
      }
    },
  );
}
