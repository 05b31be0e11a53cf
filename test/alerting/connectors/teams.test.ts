import { plugin } from '../../../alerting/connectors/teams.ts';
import { oneWayContract } from '../../contracts/one-way-desk.ts';
import { FakeTeams } from '../../fakes/desks/chats.ts';
import { AT } from '../fixtures.ts';

const secret = 'https://flows.example/workflows/a-secret';

oneWayContract('Teams', () => {
  const fake = new FakeTeams();
  const context = {
    ...{ secrets: [secret], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
    publicUrl: 'https://vigie.example',
  };
  return { fake, desk: plugin.create({}, context), takesComments: true, knowsTaken: false, secret };
});
