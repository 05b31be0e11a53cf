import { Type } from 'typebox';
import type { App, RouteContext } from '../app-types.ts';
import { answers } from '../errors.ts';

const PackRule = Type.Object(
  {
    id: Type.String(),
    title: Type.Object({ fr: Type.String(), en: Type.String() }),
    type: Type.String(),
    about: Type.String({ description: 'What it judges: a measurement and its field, names of checks, kinds.' }),
    unit: Type.Optional(Type.String()),
    kinds: Type.Optional(
      Type.Array(Type.String(), { description: 'Kinds of devices it is limited to; absent: of any kind.' }),
    ),
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String()), {
        description: 'Attributes it asks for, each with the texts one of which fits.',
      }),
    ),
    settings: Type.Array(
      Type.Object({
        name: Type.String(),
        value: Type.Union([Type.Number(), Type.String(), Type.Array(Type.String())]),
      }),
      { description: 'Named and written as in the rule’s file, before any override.' },
    ),
    overrides: Type.Integer({ description: 'Overrides that name it.' }),
    devices: Type.Integer({ description: 'Devices it judges; may be half a minute old.' }),
    stores: Type.Integer(),
  },
  { title: 'PackRule' },
);

export function addPackRuleRoute(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/rules/list',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['rules'],
        summary: 'Every rule that holds, in the order of the pack, and how many devices it judges',
        response: answers(Type.Object({ rules: Type.Array(PackRule) })),
      },
    },
    async () => ({ rules: await ports.deviceRules.all() }),
  );
}
