import { AT } from '../../../test/alerting/fixtures.ts';
import { deskContract } from '../../../test/contracts/desk.ts';
import { FakeSampleDesk } from './fake-sample-desk.ts';
import { plugin } from './sample_desk.ts';

deskContract('Sample desk', (more) => {
  const fake = new FakeSampleDesk();
  const context = { secrets: ['a-token'], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create({ url: 'https://desk.example' }, context) };
});
