import { plugin } from '../../../alerting/connectors/pagerduty.ts';
import { oneWayContract } from '../../contracts/one-way-desk.ts';
import { FakePagerDuty } from '../../fakes/desks/pagerduty.ts';
import { AT } from '../fixtures.ts';

const secret = 'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR';

oneWayContract('PagerDuty', () => {
  const fake = new FakePagerDuty();
  const context = {
    ...{ secrets: [secret], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
    publicUrl: 'https://vigie.example',
  };
  return { fake, desk: plugin.create({}, context), takesComments: false, knowsTaken: true, secret };
});
