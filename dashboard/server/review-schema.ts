import { Type } from 'typebox';
import { REVIEW_QUESTIONS } from '../../protocol/reviews.ts';
import { Instant, Loss, MajorView, Priority, Reason, StoreKeySchema } from './view-schemas.ts';

const Ms = Type.Number({ description: 'Milliseconds.' });
const times = {
  firstSignal: Instant,
  detected: Instant,
  recognised: Instant,
  ticket: Type.Optional(Instant),
  acknowledged: Type.Optional(Instant),
  firstStoreBack: Type.Optional(Instant),
  lastStoreBack: Type.Optional(Instant),
  resolved: Type.Optional(Instant),
};

const Moment = Type.Object({
  at: Instant,
  reason: Reason,
  store: Type.Optional(
    Type.Object(
      { key: StoreKeySchema, title: Type.String(), incident: Type.Integer() },
      { description: 'Of one store’s incident.' },
    ),
  ),
});

export const ReviewNotes = Type.Object({
  text: Type.String(),
  by: Type.String(),
  at: Instant,
  revision: Type.Integer({ description: 'To be given back with the next writing.' }),
});

const { cause, title, fold, evidence } = MajorView.properties;

export const Review = Type.Object(
  {
    number: Type.Integer(),
    chain: Type.String(),
    chainTitle: Type.String(),
    simulated: Type.Optional(Type.Boolean()),
    isOver: Type.Boolean(),
    cause,
    title,
    fold,
    evidence,
    priority: Priority,
    ticket: Type.Optional(Type.String()),
    acknowledgedBy: Type.Optional(Type.String()),
    times: Type.Object(times),
    split: Type.Object({
      detectionMs: Ms,
      recognitionMs: Ms,
      responseMs: Type.Optional(Ms),
      restorationMs: Type.Optional(Ms),
    }),
    stores: Type.Integer(),
    storesOpen: Type.Integer(),
    lanesTotal: Type.Integer(),
    loss: Type.Optional(Loss),
    moments: Type.Array(Moment),
    momentsLeft: Type.Integer({ description: 'How many more there were.' }),
    actions: Type.Array(Moment),
    suspects: Type.Array(Reason),
    incidents: Type.Array(
      Type.Object({
        number: Type.Integer(),
        store: StoreKeySchema,
        storeTitle: Type.String(),
        since: Instant,
        resolvedAt: Type.Optional(Instant),
        lanesDown: Type.Integer(),
        lanesTotal: Type.Integer(),
        loss: Type.Optional(Loss),
      }),
      { description: 'The longest away first; the first 200 that came beneath it.' },
    ),
    questions: Type.Array(Type.Enum([...REVIEW_QUESTIONS]), { description: 'What the facts ask people.' }),
  },
  { title: 'Review', description: 'The post-incident review of a major incident, drafted from what is kept of it.' },
);
