import { expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/jira.ts';
import { adfOf, textOfAdf } from '../../../alerting/desks/adf.ts';
import { JIRA_STATUS_NAMES, statusOfJira, transitionTo } from '../../../alerting/desks/jira-workflow.ts';
import { deskContract } from '../../contracts/desk.ts';
import { CATEGORY_FIELD, FakeJira, ITEM_FIELD, TEAM_FIELD } from '../../fakes/desks/jira.ts';
import { ticketWork } from '../fixtures.ts';

function open(more: { reraises?: boolean } = {}, fake = new FakeJira()) {
  const options = {
    ...{ url: 'https://example.atlassian.net', user: 'vigie@example.com', project: 'SUP', timeZone: 'Europe/Paris' },
    ...{ itemField: ITEM_FIELD, categoryField: CATEGORY_FIELD, teamField: TEAM_FIELD },
  };
  // Time goes by with every look at the clock, for us as for the site.
  const now = () => {
    fake.now += 5_000;
    return fake.now;
  };
  const context = { secrets: ['a-token'], fetch: fake.fetch, now, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create(options, context) };
}
const still = () => new AbortController().signal;

deskContract('Jira', open);

test('an issue that may have been opened is waited for, not opened again', async () => {
  const { fake, desk } = open();
  fake.troubles.set(1, 'drop-reply');
  for (const request of [2, 3]) fake.troubles.set(request, 'lag');
  expect(await desk.deliver(ticketWork(), still())).toMatchObject({ outcome: 'retry' });
  expect(await desk.deliver(ticketWork(), still())).toEqual({
    outcome: 'retry',
    error: 'an issue that may have been opened is not found yet',
  });
  expect(await desk.deliver(ticketWork(), still())).toMatchObject({ outcome: 'retry' });
  expect(await desk.deliver(ticketWork(), still())).toEqual({ outcome: 'done', ticket: 'SUP-1' });
  expect(fake.tickets).toHaveLength(1);
});

test('killed in the middle of an opening, it waits for the search before it opens another', async () => {
  const { fake, desk } = open();
  fake.troubles.set(1, 'drop-reply');
  await desk.deliver(ticketWork(), still());
  // Another process, which knows of nothing but what the outbox has.
  const { desk: again } = open({}, fake);
  for (const request of [0, 1, 2]) fake.troubles.set(fake.requests + request, 'lag');
  const work = ticketWork({ tried: true });
  expect(await again.deliver(work, still())).toMatchObject({ outcome: 'retry' });
  for (let attempts = 1; attempts < 20; attempts++) {
    if ((await again.deliver({ ...work, attempts }, still())).outcome === 'done') break;
  }
  expect(fake.tickets).toHaveLength(1);
});

test('what was opened a moment ago is found though the search does not show it', async () => {
  const { fake, desk } = open();
  await desk.deliver(ticketWork(), still());
  fake.troubles.set(fake.requests, 'lag');
  const work = ticketWork({ id: 8, action: 'update', ticket: 'SUP-1' });
  expect(await desk.deliver(work, still())).toMatchObject({ outcome: 'done', ticket: 'SUP-1' });
});

test('what Jira refuses is said in its own words', async () => {
  const { fetch } = open().fake;
  const refusing: typeof fetch = async (input, init) =>
    init?.method === 'POST' && String(input).endsWith('/issue')
      ? Response.json({ errorMessages: [], errors: { priority: 'Field priority cannot be set' } }, { status: 400 })
      : fetch(input, init);
  const options = { url: 'https://example.atlassian.net', user: 'vigie@example.com', project: 'SUP' };
  const context = { secrets: ['a-token'], fetch: refusing, now: () => 0, timeZoneOf: () => 'UTC' };
  expect(await plugin.create(options, context).deliver(ticketWork(), still())).toEqual({
    outcome: 'refused',
    error: 'HTTP 400: Field priority cannot be set',
  });
});

test('statuses are known by their names, and else by their category', () => {
  const is = (name: string, key: string) => statusOfJira({ name, statusCategory: { key } }, JIRA_STATUS_NAMES);
  expect([is('Ouvert', 'new'), is('Chez le fournisseur', 'indeterminate'), is('Livré', 'done')]).toEqual([
    ...['new', 'in-progress', 'resolved'],
  ]);
  expect([is('pending', 'indeterminate'), is('Fermée', 'done'), is('En cours', 'new')]).toEqual([
    ...['on-hold', 'closed', 'in-progress'],
  ]);
  const ways = ['Livré', 'Résolu', 'Fermé'].map((name, at) => ({
    id: `${at}`,
    to: { name, statusCategory: { key: 'done' } },
  }));
  expect(transitionTo('resolved', ways, JIRA_STATUS_NAMES)?.id).toBe('1');
  expect(transitionTo('resolved', ways.slice(0, 1), JIRA_STATUS_NAMES)?.id).toBe('0');
  expect(transitionTo('on-hold', ways, JIRA_STATUS_NAMES)).toBeUndefined();
});

test('a document says what it was made of, and others’ lists, headings and links as lines', () => {
  const text = 'une ligne\n\n« deux » <b> & *trois*';
  expect(textOfAdf(adfOf(text)).replaceAll('\n', ' ')).toBe(text.replaceAll(/\n+/g, ' '));
  const item = (said: string) => ({
    type: 'listItem',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: said }] }],
  });
  const doc = { type: 'doc', content: [{ type: 'bulletList', content: [item('a'), item('b')] }] };
  expect(textOfAdf(doc)).toBe('a\nb');
  expect(textOfAdf(undefined)).toBe('');
});
