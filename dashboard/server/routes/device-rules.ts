import { Type } from 'typebox';
import { deviceKey, Name } from '../../../protocol/names.ts';
import { RULE_LEVELS } from '../../../protocol/rule-views.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';

const Title = Type.Object({ fr: Type.String(), en: Type.String() });

const RuleOrigin = Type.Object(
  {
    level: Type.Enum([...RULE_LEVELS]),
    name: Type.Optional(Type.String({ description: 'The chain, group, store, kinds or device it names.' })),
    within: Type.Optional(Type.String({ description: 'Of kinds: the chain, group or store it is limited to.' })),
    title: Type.Optional(Title),
    override: Type.Optional(Type.Integer({ description: 'Its place in the pack’s `overrides`, from 0.' })),
    why: Type.Optional(Type.String()),
  },
  { title: 'RuleOrigin', description: 'What says a value: the rule pack itself, or one of its overrides.' },
);

const DeviceRule = Type.Object(
  {
    id: Type.String(),
    title: Title,
    type: Type.String(),
    about: Type.String({ description: 'What it judges: a measurement and its field, names of checks, kinds.' }),
    unit: Type.Optional(Type.String()),
    enabled: Type.Boolean(),
    enabledFrom: RuleOrigin,
    settings: Type.Array(
      Type.Object({
        name: Type.String(),
        value: Type.Union([Type.Number(), Type.String(), Type.Array(Type.String())]),
        from: RuleOrigin,
      }),
      { description: 'Named and written as in the rule’s file.' },
    ),
    passedOver: Type.Array(RuleOrigin, {
      description: 'Overrides that do not go together with what wider places set.',
    }),
  },
  { title: 'DeviceRule' },
);

export function addDeviceRuleRoutes(app: App, { ports }: RouteContext): void {
  app.get(
    '/api/v1/devices/:chain/:store/:device/rules',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['devices'],
        summary: 'Every rule that judges a device, each value with where it comes from',
        params: Type.Object({ chain: Name, store: Name, device: Name }),
        response: answers(Type.Object({ rules: Type.Array(DeviceRule) })),
      },
    },
    (request) => {
      const { chain, store, device } = request.params;
      const rules = ports.deviceRules.device(deviceKey(chain, store, device));
      if (rules === undefined) throw new ApiError('no-such-device');
      return { rules };
    },
  );
}
