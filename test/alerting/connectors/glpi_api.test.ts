import { expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/glpi_api.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeGlpiApi } from '../../fakes/desks/glpi-api.ts';
import { AT, ticketWork } from '../fixtures.ts';

function open(more: { reraises?: boolean; now?: () => number } = {}) {
  const fake = new FakeGlpiApi();
  const options = { url: 'https://glpi.example/', user: 'vigie', clientId: 'a-client', timeZone: 'Europe/Paris' };
  const secrets = ['a-password', 'a-client-secret'];
  const context = { secrets, fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create(options, context) };
}

deskContract('GLPI 11', open);

test('a token is asked for once, and anew before it runs out', async () => {
  let now = AT;
  const { fake, desk } = open({ now: () => now });
  const deliver = () => desk.deliver(ticketWork(), new AbortController().signal);
  const countOf = async () => {
    const before = fake.requests;
    await deliver();
    return fake.requests - before;
  };
  await deliver();
  expect(await countOf()).toBe(1);
  now += 3_600_000 - 30_000;
  expect(await countOf()).toBe(2);
});

test('a configuration item, which its interface links to no ticket, stands in the text', async () => {
  const { fake, desk } = open();
  const client = desk.news as unknown as { create: (ticket: object, signal: AbortSignal) => Promise<unknown> };
  const ticket = { key: 'k', subject: 's', text: 't', priority: 2, about: { item: 'caisse-3' }, fields: {} };
  await client.create(ticket, new AbortController().signal);
  expect(fake.tickets[0]?.text).toContain('Configuration item: caisse-3');
});
