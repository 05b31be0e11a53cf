import { expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/request_tracker.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeRequestTracker } from '../../fakes/desks/request-tracker.ts';
import { AT } from '../fixtures.ts';

function open(more: { reraises?: boolean } = {}) {
  const fake = new FakeRequestTracker();
  const options = {
    ...{ url: 'https://rt.example/', queue: 'Stores', queues: { North: 'Stores North' } },
    ...{ itemField: 'Item', categoryField: 'Category' },
  };
  const context = { secrets: ['a-token'], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create(options, context) };
}

deskContract('Request Tracker', open);

test('the mails it sends by itself are nobody’s comments', async () => {
  const { fake, desk } = open();
  const ticket = fake.add({ key: 'demo/001#x##1' });
  fake.say(ticket, 'RT_System', 'Greetings, this message has been automatically generated');
  fake.say(ticket, 'Karim', 'vu');
  const { signal } = new AbortController();
  const [found] = (await desk.news?.find('demo/001#x##1', signal)) ?? [];
  if (!found) throw new Error('there is no ticket');
  expect(await desk.news?.comments(found, signal)).toMatchObject([{ by: 'Karim', text: 'vu' }]);
});
