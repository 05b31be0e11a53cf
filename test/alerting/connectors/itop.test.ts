import { expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/itop.ts';
import type { NewTicket, TicketClient } from '../../../alerting/desks/ticket-client.ts';
import { deskContract } from '../../contracts/desk.ts';
import type { FakeTicket } from '../../fakes/desks/fake-desk.ts';
import { FakeItop } from '../../fakes/desks/itop.ts';
import { AT, incidentView, ticketWork } from '../fixtures.ts';

interface Opening {
  reraises?: boolean;
  keyField?: string;
  password?: string;
  /** Of the connector; undefined takes one away. */
  options?: Record<string, string | number | undefined>;
}

function open({ keyField, password = 'a-password', options = {}, ...more }: Opening = {}) {
  const fake = new FakeItop(keyField);
  const asked = {
    ...{ url: 'https://itop.example/', user: 'vigie', organization: "Marchés d'Ouest" },
    ...{ team: 'Magasins', agent: 'Vigie', ...(keyField && { keyField }), ...options },
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as typeof asked;
  const context = { secrets: [password], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  const desk = plugin.create(given, context);
  // What gives the news is the client itself.
  return { fake, desk, client: desk.news as Required<TicketClient> };
}
const still = () => new AbortController().signal;
const NEW: NewTicket = { key: 'a/1#x##1', subject: 'Caisse 3', text: 'perdue', priority: 2, about: {}, fields: {} };
const ACK = ticketWork({ id: 8, action: 'update', view: incidentView({ state: 'acknowledged' }) });
const RESOLVE = ticketWork({ id: 9, action: 'resolve', view: incidentView({ state: 'resolved', resolvedAt: AT }) });

deskContract('iTop, with our key in the description', (more) => open(more));
deskContract('iTop, with a field for our key', (more) => open({ ...more, keyField: 'vigie_key' }));

test('what iTop refuses is said in its own words', async () => {
  const { fake, desk } = open();
  await desk.deliver(ticketWork(), still());
  for (let at = 0; at < 20; at++) fake.troubles.set(fake.requests + at, 'refuse-transition');
  expect(await desk.deliver(ACK, still())).toEqual({
    outcome: 'refused',
    error: "iTop says 100: Invalid stimulus: 'ev_assign' on the object I-000012 in state 'new'",
  });
});

test.each([
  ['a password', { password: 'another' }],
  ['a token', { password: 'another', options: { user: undefined } }],
])('%s that is wrong can be put right: the work waits', async (_, opening: Opening) => {
  const { desk } = open(opening);
  expect(await desk.deliver(ticketWork(), still())).toEqual({
    outcome: 'retry',
    error: 'iTop does not accept our credentials',
  });
});

test('without a user the secret is a token', async () => {
  const { desk } = open({ password: 'a-token', options: { user: undefined } });
  expect(await desk.deliver(ticketWork(), still())).toMatchObject({ outcome: 'done' });
});

test('a right the account lacks is said, and not waited for', async () => {
  const { fake, desk } = open();
  fake.hidden.add('Incident');
  expect(await desk.deliver(ticketWork(), still())).toEqual({
    outcome: 'refused',
    error: 'iTop says 1: The current user does not have enough permissions for exporting data of class Incident',
  });
});

test('a ticket is opened though the account may not look for what it is about, nor for its team', async () => {
  const { fake, client } = open();
  fake.hidden.add('FunctionalCI').add('Team');
  await client.create({ ...NEW, about: fake.knows.about }, still());
  expect(fake.tickets).toMatchObject([{ about: {}, text: expect.stringContaining('caisse-3') }]);
});

test.each([
  ['Error: Could not connect to the DB server: host = db.internal, user = itop'],
  ['Error: Failed to issue SQL query: query = UPDATE ticket, mysql_errno = 1213, mysql_error = Deadlock found'],
])('its database’s trouble passes, and is not quoted', async (message) => {
  const { fake, desk } = open();
  fake.instead = { code: 100, message };
  expect(await desk.deliver(ticketWork(), still())).toEqual({
    outcome: 'retry',
    error: 'iTop says 100: its database is in trouble',
  });
});

test.each([
  ['a list', []],
  ['a word', 'Found'],
  ['nothing', null],
  ['no code', { message: 'Found: 0', objects: null }],
  ['a code that is a word', { code: '0', objects: null }],
  ['objects that are a word', { code: 0, objects: 'none' }],
  ['an object that is none', { code: 0, objects: { 'Incident::12': null } }],
  ['an object that has failed', { code: 0, objects: { 'Incident::12': { code: 100, key: '12', fields: {} } } }],
  ['an object with a query for a number', { code: 0, objects: { a: { code: 0, key: 'SELECT Incident', fields: {} } } }],
  ['a ticket without a state', { code: 0, objects: { a: { code: 0, key: '12', fields: { ref: 'I-000012' } } } }],
])('%s is no answer', async (_, answer) => {
  const { fake, desk } = open();
  fake.instead = answer;
  expect(await desk.deliver(ticketWork(), still())).toMatchObject({ outcome: 'retry' });
});

test('an organisation may be told by its number', async () => {
  const { fake, client } = open({ options: { organization: 1, team: 2, agent: 1 } });
  await client.create(NEW, still());
  expect(fake.tickets).toHaveLength(1);
});

test('an organisation that is not there is said', async () => {
  const { desk } = open({ options: { organization: 'Ailleurs' } });
  expect(await desk.deliver(ticketWork(), still())).toMatchObject({
    outcome: 'refused',
    error: expect.stringContaining('org_id: No item found'),
  });
});

test('iTop’s own priority is ours as far as it goes', async () => {
  const { fake, client } = open();
  for (const priority of [1, 2, 3, 4, 5] as const) await client.create({ ...NEW, priority }, still());
  expect(fake.tickets.map(({ priority }) => priority)).toEqual([1, 2, 3, 4, 4]);
});

test('whom people gave a ticket to keeps it, from a hold to its end', async () => {
  const { fake, desk } = open();
  await desk.deliver(ticketWork(), still());
  const [ticket] = fake.tickets as [FakeTicket];
  fake.set(ticket, { assignee: 'Karim', status: 'on-hold' });
  expect(await desk.deliver(RESOLVE, still())).toMatchObject({ outcome: 'done' });
  expect(ticket).toMatchObject({ status: 'resolved', assignee: 'Karim' });
});

test('without an agent, what somebody has taken there is resolved, and of what nobody has iTop says why not', async () => {
  const { fake, desk } = open({ options: { team: undefined, agent: undefined } });
  await desk.deliver(ticketWork(), still());
  const [ticket] = fake.tickets as [FakeTicket];
  expect(await desk.deliver(ACK, still())).toEqual({
    outcome: 'refused',
    error: 'iTop says 100: Missing mandatory attribute(s) for applying the stimulus: team_id, agent_id.',
  });
  expect(await desk.deliver(RESOLVE, still())).toEqual({
    outcome: 'refused',
    error: "iTop says 100: Invalid stimulus: 'ev_resolve' on the object I-000012 in state 'new'",
  });
  expect(ticket.notes).toHaveLength(2);
  fake.set(ticket, { assignee: 'Karim', status: 'in-progress' });
  expect(await desk.deliver(RESOLVE, still())).toMatchObject({ outcome: 'done' });
  expect(ticket).toMatchObject({ status: 'resolved', assignee: 'Karim', notes: [{}, {}] });
});

test('another’s log is not taken for ours, though iTop answers with all there are', async () => {
  const { fake, client } = open();
  const stranger = fake.add({ subject: 'a printer' });
  fake.say(stranger, 'Zoé', 'plus de papier [vigie:8]');
  const created = await client.create(NEW, still());
  fake.troubles.set(fake.requests, 'ignore-query').set(fake.requests + 1, 'ignore-query');
  expect(await client.comments(created, still())).toEqual([]);
  expect(await client.hasNote(created, 'vigie:8', still())).toBe(false);
});

test('comments of one second are told in their order', async () => {
  const { fake, client } = open();
  const created = await client.create(NEW, still());
  for (const text of ['un', 'deux', 'deux', 'trois']) fake.say(fake.tickets[0] as FakeTicket, 'Karim', text);
  const comments = await client.comments(created, still());
  expect(comments.map(({ text }) => text)).toEqual(['un', 'deux', 'deux', 'trois']);
  expect(new Set(comments.map(({ id }) => id)).size).toBe(4);
});

test('of very many changes none is left out, though iTop tells them by number', async () => {
  const { fake, client } = open();
  const from = fake.now;
  // The youngest ticket is the one that has not changed for longest.
  for (let at = 0; at < 1_200; at++) fake.add({ key: `a/${at}#x##1`, changedAt: from + (1_200 - at) * 1_000 });
  const seen = new Set<string>();
  let since = from;
  for (let turn = 0; seen.size < 1_200 && turn < 20; turn++) {
    const changed = await client.changedSince(since, still());
    for (const { id } of changed) seen.add(id);
    since = changed.at(-1)?.changedAt ?? since;
  }
  expect(seen.size).toBe(1_200);
});
