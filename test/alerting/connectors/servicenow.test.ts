import { plugin } from '../../../alerting/connectors/servicenow.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeServiceNow } from '../../fakes/desks/servicenow.ts';
import { AT } from '../fixtures.ts';

deskContract('ServiceNow', () => {
  const fake = new FakeServiceNow();
  const options = { url: 'https://example.service-now.com', user: 'vigie', fields: { assignment_group: 'Stores' } };
  const context = { secrets: ['a-password'], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' };
  return { fake, desk: plugin.create(options, context) };
});
