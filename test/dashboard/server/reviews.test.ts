import { expect, test } from 'vitest';
import { NOTES } from './fake-ports.ts';
import { as, errorCodeOf, serve } from './harness.ts';

const review = '/api/v1/majors/9/review';

test('a review is drafted from what is kept, with what people wrote', async () => {
  const { app } = await serve();
  const answer = (await app.inject(as('viewer', { url: review }))).json();
  expect(answer.notes).toEqual(NOTES);
  expect(answer.review).toMatchObject({ number: 9, isOver: false, incidents: [{ number: 7, storeTitle: 'Lyon' }] });
  expect(answer.review.questions).toContain('recurrence');
  expect(errorCodeOf(await app.inject(as('viewer', { url: '/api/v1/majors/10/review' })))).toBe('no-such-incident');
});

test('it is a document as well, in the language that is asked for', async () => {
  const { app } = await serve();
  const french = await app.inject(as('viewer', { url: `${review}.md?locale=fr` }));
  expect(french.headers['content-type']).toBe('text/markdown; charset=utf-8');
  expect(french.headers['content-disposition']).toContain('vigie-review-9.md');
  expect(french.body).toContain('# Revue de l’incident majeur 9');
  expect(french.body).toContain(NOTES.text);
  const english = await app.inject({
    ...as('viewer', { url: `${review}.md` }),
    headers: { ...as('viewer', {}).headers, 'accept-language': 'en' },
  });
  expect(english.body).toContain('# Review of major incident 9');
  expect(errorCodeOf(await app.inject(as('viewer', { url: '/api/v1/majors/10/review.md' })))).toBe('no-such-incident');
});

test('an operator writes the notes, over those that were read and no others', async () => {
  const { app, calls } = await serve();
  const put = (payload: object, role: 'viewer' | 'operator' = 'operator', url = `${review}/notes`) =>
    app.inject(as(role, { method: 'PUT', url, payload }));
  expect((await put({ text: 'Doubler le lien.', revision: 3 })).json()).toEqual({
    ...NOTES,
    text: 'Doubler le lien.',
    by: 'the-operator',
    revision: 4,
  });
  expect(calls).toContainEqual(['write review', 9, 'Doubler le lien.', 3, 'the-operator']);
  expect(errorCodeOf(await put({ text: 'x', revision: 2 }))).toBe('notes-changed');
  expect(errorCodeOf(await put({ text: 'x', revision: 3 }, 'viewer'))).toBe('forbidden');
  expect(errorCodeOf(await put({ text: 'x', revision: -1 }))).toBe('invalid');
  expect(errorCodeOf(await put({ text: 'x'.repeat(20_001), revision: 3 }))).toBe('invalid');
  const elsewhere = await put({ text: 'x', revision: 0 }, 'operator', '/api/v1/majors/10/review/notes');
  expect(errorCodeOf(elsewhere)).toBe('no-such-incident');
});
