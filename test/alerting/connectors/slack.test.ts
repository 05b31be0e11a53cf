import { plugin } from '../../../alerting/connectors/slack.ts';
import { oneWayContract } from '../../contracts/one-way-desk.ts';
import { FakeSlack } from '../../fakes/desks/chats.ts';
import { AT } from '../fixtures.ts';

const secret = 'https://hooks.slack.example/services/T0/B0/a-secret';

oneWayContract('Slack', () => {
  const fake = new FakeSlack();
  const context = {
    ...{ secrets: [secret], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
    publicUrl: 'https://vigie.example',
  };
  return { fake, desk: plugin.create({}, context), takesComments: true, knowsTaken: false, secret };
});
