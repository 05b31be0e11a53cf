import { expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/servicenow.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeServiceNow } from '../../fakes/desks/servicenow.ts';
import { AT, ticketWork } from '../fixtures.ts';

function open(more: { reraises?: boolean } = {}) {
  const fake = new FakeServiceNow();
  const options = { url: 'https://example.service-now.com', user: 'vigie', fields: { assignment_group: 'Stores' } };
  const context = {
    secrets: ['a-password'],
    fetch: fake.fetch,
    now: () => AT,
    timeZoneOf: () => 'Europe/Paris',
    ...more,
  };
  return { fake, desk: plugin.create(options, context) };
}

deskContract('ServiceNow', open);

test.each(['forbidden', 'hidden'] as const)(
  'a journal that is %s loses no work and tells nothing twice',
  async (journal) => {
    const { fake, desk } = open();
    fake.journal = journal;
    await desk.deliver(ticketWork(), new AbortController().signal);
    const update = ticketWork({ id: 8, action: 'update' });
    for (const _ of [1, 2]) {
      expect(await desk.deliver(update, new AbortController().signal)).toMatchObject({ outcome: 'done' });
    }
    expect(fake.tickets[0]?.notes).toHaveLength(1);
  },
);
