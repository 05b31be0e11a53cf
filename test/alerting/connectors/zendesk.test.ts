import { plugin } from '../../../alerting/connectors/zendesk.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeZendesk } from '../../fakes/desks/zendesk.ts';
import { AT } from '../fixtures.ts';

deskContract('Zendesk', () => {
  const fake = new FakeZendesk();
  const options = { url: 'https://example.zendesk.com', user: 'vigie@example.com', tags: ['vigie'] };
  const context = { secrets: ['a-token'], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' };
  return { fake, desk: plugin.create(options, context) };
});
