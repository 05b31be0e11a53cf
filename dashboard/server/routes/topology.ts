import { Type } from 'typebox';
import { Name, storeKey } from '../../../protocol/names.ts';
import { LINK_EVIDENCES } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';

const Branch = Type.Object(
  {
    device: Name,
    parent: Name,
    port: Type.Optional(Type.String({ description: 'The port of the parent.' })),
    evidence: Type.Enum([...LINK_EVIDENCES]),
    basis: Type.Object({ device: Name, path: Type.String() }, { description: 'The fact or attribute that says so.' }),
  },
  { title: 'StoreBranch' },
);

export function addTopologyRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/stores/:chain/:store/topology',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['stores'],
        summary: 'What each device of a store hangs on, and what says so: a tree without circles',
        params: Type.Object({ chain: Name, store: Name }),
        response: answers(Type.Object({ branches: Type.Array(Branch) })),
      },
    },
    async (request) => {
      const branches = await ports.topology.store(storeKey(request.params.chain, request.params.store));
      if (branches === undefined) throw new ApiError('no-such-store');
      return { branches };
    },
  );
}
