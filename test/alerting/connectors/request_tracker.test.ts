import { plugin } from '../../../alerting/connectors/request_tracker.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeRequestTracker } from '../../fakes/desks/request-tracker.ts';
import { AT } from '../fixtures.ts';

deskContract('Request Tracker', () => {
  const fake = new FakeRequestTracker();
  const options = { url: 'https://rt.example/', queue: 'Stores' };
  const context = { secrets: ['a-token'], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' };
  return { fake, desk: plugin.create(options, context) };
});
