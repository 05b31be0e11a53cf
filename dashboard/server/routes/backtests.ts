import { Type } from 'typebox';
import { BacktestError } from '../../ports.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, answersNothing, ErrorBody } from '../errors.ts';
import { Instant } from '../view-schemas.ts';

const tags = ['rules'];
const strict = { additionalProperties: false };
const One = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{12}$' }) });
const Rules = Type.String({ minLength: 1, maxLength: 1024 * 1024 });

const View = Type.Object(
  {
    id: Type.String(),
    standing: Type.Enum(['running', 'done', 'cancelled', 'failed']),
    from: Instant,
    to: Instant,
    by: Type.String({ description: 'Who asked for it.' }),
    at: Instant,
    done: Type.Integer({ description: 'Stores times days.' }),
    total: Type.Integer(),
    secondsLeft: Type.Optional(Type.Integer()),
    answer: Type.Optional(
      Type.Unsafe<object>({ type: 'object', additionalProperties: true, description: 'See docs/BACKTEST.md.' }),
    ),
    error: Type.Optional(Type.String()),
  },
  { title: 'Backtest' },
);

/** What other rules would have done. Asking is an operator's: it takes the server's time. */
export function addBacktestRoutes(app: App, { ports }: RouteContext): void {
  const { backtests } = ports;

  app.post(
    '/api/v1/backtests',
    {
      config: { needs: 'operator' },
      bodyLimit: 4 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Replays the past by other rules, beside today’s; one at a time',
        body: Type.Object(
          {
            rules: Rules,
            against: Type.Optional(Rules),
            from: Instant,
            to: Instant,
            places: Type.Optional(
              Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
                minItems: 1,
                maxItems: 1000,
                description: 'Chains and stores: `chain` or `chain/store`.',
              }),
            ),
          },
          strict,
        ),
        response: { 202: View, '4xx': ErrorBody, '5xx': ErrorBody },
      },
    },
    async (request, reply) => {
      try {
        const view = await backtests.start(request.body, request.by());
        if (!view) throw new ApiError('backtest-running');
        return reply.code(202).send(view);
      } catch (error) {
        if (!(error instanceof BacktestError)) throw error;
        throw new ApiError('backtest-refused', { faults: error.faults });
      }
    },
  );

  app.get(
    '/api/v1/backtests/:id',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'How far a replay is, or what it found; kept for an hour',
        params: One,
        response: answers(View),
      },
    },
    (request) => {
      const view = backtests.get(request.params.id);
      if (!view) throw new ApiError('no-such-backtest');
      return view;
    },
  );

  app.delete(
    '/api/v1/backtests/:id',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Cancels a replay, or forgets its answer',
        params: One,
        response: answersNothing('Done.'),
      },
    },
    async (request, reply) => {
      if (!backtests.cancel(request.params.id)) throw new ApiError('no-such-backtest');
      return reply.code(204).send(null);
    },
  );
}
