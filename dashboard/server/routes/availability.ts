import { type Static, Type } from 'typebox';
import { Name, storeKey } from '../../../protocol/names.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, type Fault, type Words } from '../errors.ts';
import { INSTANT_WORDS, ORDER_WORDS, parseInstant } from '../time-params.ts';
import { StoreAvailability } from '../view-schemas.ts';

const DAY_MS = 86_400_000;
const DAYS_AT_MOST = 400;

const Query = Type.Object({
  from: Type.Optional(Type.String({ description: `A day before \`to\` when left out; ${INSTANT_WORDS.en}.` })),
  to: Type.Optional(Type.String({ description: `Now when left out; ${INSTANT_WORDS.en}.` })),
});

export function addAvailabilityRoutes(app: App, { ports, now }: RouteContext): void {
  app.get(
    '/api/v1/stores/:chain/:store/availability',
    {
      config: { needs: 'viewer' },
      schema: {
        tags: ['stores'],
        summary: 'How one store stood over time, repaired by what late reports prove',
        params: Type.Object({ chain: Name, store: Name }),
        querystring: Query,
        response: answers(StoreAvailability),
      },
    },
    async (request) => {
      const { from, to } = readSpan(request.query, now());
      const key = storeKey(request.params.chain, request.params.store);
      if (ports.wall.store(key) === undefined) throw new ApiError('no-such-store');
      return ports.availability.store(key, from, to);
    },
  );
}

/** @throws ApiError naming every part that is wrong. */
function readSpan(query: Static<typeof Query>, now: number): { from: number; to: number } {
  const faults: Fault[] = [];
  const read = (name: keyof typeof query): number | undefined => {
    const text = query[name];
    const at = text === undefined ? undefined : parseInstant(text);
    if (text !== undefined && at === undefined) faults.push({ path: `query.${name}`, message: INSTANT_WORDS });
    return at;
  };
  const to = read('to') ?? now;
  const from = read('from') ?? to - DAY_MS;
  if (from >= to) faults.push({ path: 'query.from', message: ORDER_WORDS });
  if (to - from > DAYS_AT_MOST * DAY_MS) faults.push({ path: 'query.from', message: TOO_LONG_WORDS });
  if (faults.length > 0) throw new ApiError('invalid', { faults });
  return { from, to };
}

const TOO_LONG_WORDS: Words = {
  en: `must be within ${DAYS_AT_MOST} days of \`to\``,
  fr: `doit être à moins de ${DAYS_AT_MOST} jours de \`to\``,
};
