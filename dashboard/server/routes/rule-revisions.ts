import { Type } from 'typebox';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import { RULE_CHANGES } from '../../../protocol/rule-changes.ts';
import { RULE_SOURCES, RulesError, type RulesOutcome } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers } from '../errors.ts';
import { AlertView, Instant } from '../view-schemas.ts';

const url = '/api/v1/rules';
const tags = ['rules'];
const strict = { additionalProperties: false };
/** Of YAML; with what JSON adds to it, the body may be longer. */
const MOST_TEXT = 1024 * 1024;
const BODY_LIMIT = 3 * MOST_TEXT;

const Id = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const Revision = Type.Object(
  {
    id: Id,
    at: Instant,
    by: Type.String(),
    why: Type.String(),
    hash: Type.Optional(
      Type.String({ description: 'SHA-256 of the text; absent where it gave the rules back to the server’s file.' }),
    ),
    backTo: Type.Optional(Type.Integer({ description: 'It took back what came after this revision; 0: all of them.' })),
  },
  { title: 'RuleRevision' },
);
const Text = Type.String({ description: 'YAML, as it was written.' });
const Value = Type.Object(
  { path: Type.String(), before: Type.Optional(Type.String()), after: Type.Optional(Type.String()) },
  { title: 'ValueChange', description: 'As the file writes it; absent where it is not there.' },
);
const Effect = Type.Object(
  {
    rules: Type.Array(
      Type.Object({
        id: Type.String(),
        what: Type.Enum([...RULE_CHANGES]),
        type: Type.String(),
        title: Type.Object({ fr: Type.String(), en: Type.String() }),
        values: Type.Array(Value),
        devices: Type.Integer({ description: 'Devices it judges otherwise, those it gains and loses among them.' }),
        stores: Type.Integer(),
        gains: Type.Integer({ description: 'Devices it judges from then on only.' }),
        loses: Type.Integer({ description: 'Devices it judges no longer.' }),
      }),
    ),
    values: Type.Array(Value),
    devices: Type.Integer({ description: 'Devices that are judged otherwise.' }),
    stores: Type.Integer(),
    endingCount: Type.Integer({ description: 'Alerts that stand and find no rule to go on under.' }),
    ending: Type.Array(
      Type.Object({
        key: Type.String(),
        device: Type.Unsafe<DeviceKey | StoreKey>(Type.String()),
        rule: Type.String(),
        instance: Type.String(),
        severity: AlertView.properties.severity,
        state: Type.Enum(['pending', 'firing']),
        since: Instant,
      }),
      { description: 'The first 200 of them.' },
    ),
  },
  { title: 'RulesEffect' },
);
const Outcome = Type.Object({ revision: Id, effect: Effect });

const change = {
  why: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'For those who read the history. Needed but for a dry run.',
    }),
  ),
  ifRevision: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'The newest revision as you know it: when there is a newer one, nothing changes.',
    }),
  ),
  dryRun: Type.Optional(Type.Boolean({ description: 'Only says what it would do.' })),
};

/** Reading is anybody's; what judges is an operator's to change. */
export function addRuleRevisionRoutes(app: App, { ports }: RouteContext): void {
  const { rules } = ports;

  app.get(
    url,
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'The rules that hold, and where they come from',
        response: answers(
          Type.Object({
            source: Type.Enum([...RULE_SOURCES], {
              description: '`file`, `default`: no revision was applied, or the last one gave them back.',
            }),
            revision: Id,
            newest: Type.Integer({ description: 'Newer than `revision` where this server cannot read it.' }),
            text: Text,
            last: Type.Optional(Revision),
          }),
        ),
      },
    },
    () => rules.current(),
  );

  app.get(
    `${url}/revisions`,
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'Who changed the rules, when and why; newest first',
        querystring: Type.Object(
          { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })) },
          strict,
        ),
        response: answers(Type.Object({ revisions: Type.Array(Revision) })),
      },
    },
    async (request) => ({ revisions: await rules.list(request.query.limit ?? 100) }),
  );

  app.get(
    `${url}/revisions/:id`,
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'One revision with its text; 0 is the server’s file',
        params: Type.Object({ id: Id }),
        response: answers(Type.Object({ text: Text, revision: Type.Optional(Revision) })),
      },
    },
    async (request) => {
      const found = await rules.text(request.params.id);
      if (!found) throw new ApiError('no-such-revision');
      return found;
    },
  );

  app.post(
    url,
    {
      config: { needs: 'operator' },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Makes these the rules that hold, or says what they would do',
        body: Type.Object({ text: Type.String({ minLength: 1, maxLength: MOST_TEXT }), ...change }, strict),
        response: answers(Outcome),
      },
    },
    (request) => done(rules.apply({ ...request.body, why: reasonFor(request.body), by: request.by() })),
  );

  app.post(
    `${url}/undo`,
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Takes back the newest revision, or all that came after one, or says what that would do',
        body: Type.Object({ to: Type.Optional(Id), ...change }, strict),
        response: answers(Outcome),
      },
    },
    (request) => done(rules.undo({ ...request.body, why: reasonFor(request.body), by: request.by() })),
  );
}

function reasonFor({ why = '', dryRun }: { why?: string; dryRun?: boolean }): string {
  if (dryRun === true || why.trim() !== '') return why;
  const message = { en: 'must be given', fr: 'doit être indiqué' };
  throw new ApiError('invalid', { faults: [{ path: 'why', message }] });
}

async function done(outcome: Promise<RulesOutcome>) {
  try {
    const made = await outcome;
    if (made === 'changed') throw new ApiError('rules-changed');
    if (made === 'no-such') throw new ApiError('no-such-revision');
    return made;
  } catch (error) {
    if (error instanceof RulesError) throw new ApiError('rules-refused', { faults: error.faults });
    throw error;
  }
}
