import { Type } from 'typebox';
import type { Review as Drafted } from '../../../protocol/reviews.ts';
import { draftReview } from '../../reports/review/draft-review.ts';
import { reviewMarkdown } from '../../reports/review/review-markdown.ts';
import type { App, RouteContext } from '../app-types.ts';
import { ApiError, answers, ErrorBody } from '../errors.ts';
import { preferredLocale } from '../language.ts';
import { Review, ReviewNotes } from '../review-schema.ts';

const tags = ['incidents'];
const ByNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
const LONGEST_NOTES = 20_000;

/** The post-incident review of a major incident: facts, made anew at each reading, and the notes people keep beside them. */
export function addReviewRoutes(app: App, { ports }: RouteContext): void {
  const { incidents, majors, reviews, wall } = ports;

  async function draft(number: number): Promise<Drafted> {
    const found = await majors.get(number);
    if (found === undefined) throw new ApiError('no-such-incident');
    const known = await Promise.all(found.incidents.map(async (child) => incidents.get(child.number)));
    return draftReview({ ...found, incidents: known.filter((incident) => incident !== undefined) });
  }

  app.get(
    '/api/v1/majors/:number/review',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'The post-incident review of a major incident, and what people wrote in it',
        params: ByNumber,
        response: answers(Type.Object({ review: Review, notes: Type.Optional(ReviewNotes) })),
      },
    },
    async (request) => {
      const { number } = request.params;
      const [review, notes] = await Promise.all([draft(number), reviews.notes(number)]);
      return { review, ...(notes && { notes }) };
    },
  );

  app.get(
    '/api/v1/majors/:number/review.md',
    {
      config: { needs: 'viewer' },
      schema: {
        tags,
        summary: 'The same as a Markdown document',
        params: ByNumber,
        querystring: Type.Object({
          locale: Type.Optional(Type.Enum(['fr', 'en'], { description: 'As the request’s language when left out.' })),
        }),
        response: {
          200: {
            description: 'A document to download.',
            content: { 'text/markdown': { schema: Type.String() } },
          },
          '4xx': ErrorBody,
          '5xx': ErrorBody,
        },
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const [review, notes] = await Promise.all([draft(number), reviews.notes(number)]);
      const [first] = review.incidents;
      const timeZone = (first && wall.store(first.store)?.definition.timeZone) ?? 'UTC';
      const locale = request.query.locale ?? preferredLocale(request.headers['accept-language']);
      return reply
        .type('text/markdown; charset=utf-8')
        .header('content-disposition', `attachment; filename="vigie-review-${number}.md"`)
        .serializer(String)
        .send(reviewMarkdown(review, { locale, timeZone, notes }));
    },
  );

  app.put(
    '/api/v1/majors/:number/review/notes',
    {
      config: { needs: 'operator' },
      schema: {
        tags,
        summary: 'Writes the notes of a review, over those that were read',
        params: ByNumber,
        body: Type.Object(
          {
            text: Type.String({ maxLength: LONGEST_NOTES }),
            revision: Type.Integer({
              minimum: 0,
              description: 'Of the notes that were read; 0 where there were none.',
            }),
          },
          { additionalProperties: false },
        ),
        response: answers(ReviewNotes),
      },
    },
    async (request) => {
      const { number } = request.params;
      if ((await majors.get(number)) === undefined) throw new ApiError('no-such-incident');
      const { text, revision } = request.body;
      const written = await reviews.write(number, text, revision, request.by());
      if (!written) throw new ApiError('notes-changed');
      return written;
    },
  );
}
