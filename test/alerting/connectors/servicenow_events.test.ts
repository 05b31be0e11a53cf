import { plugin } from '../../../alerting/connectors/servicenow_events.ts';
import { oneWayContract } from '../../contracts/one-way-desk.ts';
import { FakeServiceNowEvents } from '../../fakes/desks/servicenow-events.ts';
import { AT } from '../fixtures.ts';

const secret = 'a-password';

oneWayContract('ServiceNow events', () => {
  const fake = new FakeServiceNowEvents();
  const context = {
    ...{ secrets: [secret], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
    publicUrl: 'https://vigie.example',
  };
  return {
    fake,
    desk: plugin.create({ url: 'https://example.service-now.com', user: 'vigie' }, context),
    takesComments: false,
    knowsTaken: true,
    secret,
  };
});
