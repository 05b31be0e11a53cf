import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { DEVICE_KINDS, OpeningHours } from '../../protocol/inventory.ts';
import { NAME_PATTERN } from '../../protocol/names.ts';
import type { RoutingRules } from '../engine/routing/rules.ts';
import { type RuleFault, toFaults } from './schema-faults.ts';

const strict = { additionalProperties: false };
const Glob = Type.String({ minLength: 1, maxLength: 256 });
const Globs = (description: string) => Type.Optional(Type.Array(Glob, { minItems: 1, maxItems: 64, description }));
const Id = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,63}$',
  description: 'Its name for good. Small letters, digits and hyphens.',
});
const Text = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 128, description }));
const Desks = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 16, uniqueItems: true, description });

const when = {
  chains: Globs('Names of chains, `*` standing for any run of characters.'),
  regions: Globs('Regions, with `*`, in any case.'),
  groups: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      minItems: 1,
      maxItems: 64,
      description: 'Of `groups`.',
    }),
  ),
  kinds: Type.Optional(
    Type.Array(Type.Enum([...DEVICE_KINDS, 'store', 'major']), {
      minItems: 1,
      uniqueItems: true,
      description: 'What is at fault: kinds of device, `store` as a whole, or `major`: several stores.',
    }),
  ),
  rules: Globs('Rules that found the cause, with `*`.'),
  causes: Globs('Codes of causes, with `*`: `presence.*`.'),
  priorities: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 5 }), { minItems: 1, maxItems: 5, description: '1 to 5.' }),
  ),
};

const Hours = (words: readonly ('open' | 'closed')[], description: string) =>
  Type.Optional(Type.Union([...words.map((word) => Type.Literal(word)), OpeningHours], { description }));

const Lines = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { minItems: 1, maxItems: 12 });

/** How incidents of some causes are handled, as a pack's file writes it. */
const Models = Type.Array(
  Type.Object(
    {
      id: Id,
      title: Type.Object(
        { fr: Type.String({ minLength: 1, maxLength: 128 }), en: Type.String({ minLength: 1, maxLength: 128 }) },
        { ...strict, description: 'What people read.' },
      ),
      version: Text('As its authors number it; it stands in the ticket.'),
      when: Type.Object(when, {
        ...strict,
        minProperties: 1,
        description: 'Which incidents; the first model that fits.',
      }),
      category: Text('Category of the ticket, by the desk’s own name.'),
      team: Text('Team that gets it, by the desk’s own name.'),
      steps: Type.Optional(Type.Object({ fr: Lines, en: Lines }, { ...strict, description: 'What to do, in order.' })),
      actions: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
          minItems: 1,
          maxItems: 8,
          uniqueItems: true,
          description: 'Actions of the device’s agent that may be of use, by name.',
        }),
      ),
    },
    strict,
  ),
  { maxItems: 200 },
);

/** Who hears of what, and when, as a pack's file writes it. */
const Routes = Type.Array(
  Type.Object(
    {
      id: Id,
      when: Type.Optional(
        Type.Object(
          {
            ...when,
            models: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 64, description: 'Of `models`.' })),
            hours: Hours(
              ['open', 'closed'],
              'While the store is `open`, while it is `closed`, or hours of one’s own in its time zone.',
            ),
          },
          { ...strict, description: 'Which incidents; the first route that fits. Left out: all.' },
        ),
      ),
      desks: Type.Optional(Desks('Names of desks; all of them when left out, none where empty.')),
      team: Text('Instead of the model’s.'),
      category: Text('Instead of the model’s.'),
      onCall: Type.Optional(
        Type.String({
          pattern: NAME_PATTERN,
          description: 'Calendar that says who is on call; the ticket names them.',
        }),
      ),
      quiet: Hours(
        ['closed'],
        'In these hours no ticket is opened: what still stands at their end gets one then. `closed`: until the store opens.',
      ),
      digest: Type.Optional(
        Type.Object(
          {
            desks: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
              minItems: 1,
              maxItems: 16,
              uniqueItems: true,
            }),
            at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Time of day at the store.' }),
          },
          { ...strict, description: 'Desks that are told once a day of all there was, instead of each by itself.' },
        ),
      ),
    },
    strict,
  ),
  { maxItems: 500 },
);

export interface WrittenRouting {
  models?: Static<typeof Models>;
  routes?: Static<typeof Routes>;
}

const models = Compile(Models);
const routes = Compile(Routes);

/** What is wrong with the `models` and `routes` of a rule pack's file. */
export function faultsOfRouting(
  written: { models?: unknown; routes?: unknown },
  groups: readonly string[],
): RuleFault[] {
  const faults = [
    ...(written.models === undefined ? [] : toFaults(models.Errors(written.models), '/models')),
    ...(written.routes === undefined ? [] : toFaults(routes.Errors(written.routes), '/routes')),
  ];
  return faults.length > 0 ? faults : faultsBetween(written as WrittenRouting, groups);
}

function faultsBetween({ models = [], routes = [] }: WrittenRouting, groups: readonly string[]): RuleFault[] {
  const named = models.map(({ id }) => id);
  const everything = routes.findIndex(({ when }) => Object.keys(when ?? {}).length === 0);
  return [
    ...twins(models, '/models'),
    ...twins(routes, '/routes'),
    ...models.flatMap(({ when }, at) => unknown(when.groups, groups, `/models/${at}/when/groups`, 'group')),
    ...routes.flatMap(({ when }, at) => [
      ...unknown(when?.groups, groups, `/routes/${at}/when/groups`, 'group'),
      ...unknown(when?.models, named, `/routes/${at}/when/models`, 'model'),
    ]),
    ...routes.slice(everything >= 0 ? everything + 1 : routes.length).map((_, at) => ({
      path: `/routes/${everything + 1 + at}`,
      message: `is never reached: /routes/${everything} takes all`,
    })),
  ];
}

function twins(items: readonly { id: string }[], path: string): RuleFault[] {
  return items.flatMap(({ id }, at) => {
    const first = items.findIndex((one) => one.id === id);
    return first === at
      ? []
      : [{ path: `${path}/${at}/id`, message: `must be its own; ${path}/${first} is ${id} too` }];
  });
}

const unknown = (names: readonly string[] = [], known: readonly string[], path: string, what: string): RuleFault[] =>
  names.flatMap((name, at) =>
    known.includes(name) ? [] : [{ path: `${path}/${at}`, message: `${name} is no ${what} of this pack` }],
  );

/** The models and routes of a rule pack's file, known to be without fault. */
export function toRouting({ models, routes }: WrittenRouting): RoutingRules {
  return {
    ...(models && { models }),
    ...(routes && { routes: routes.map((route) => ({ ...route, when: route.when ?? {} })) }),
  } as RoutingRules;
}
