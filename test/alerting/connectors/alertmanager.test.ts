import { plugin } from '../../../alerting/connectors/alertmanager.ts';
import { oneWayContract } from '../../contracts/one-way-desk.ts';
import { FakeAlertmanagerReceiver } from '../../fakes/desks/alertmanager.ts';
import { AT } from '../fixtures.ts';

const secret = 'a-token-of-the-receiver';

oneWayContract('Alertmanager webhook', () => {
  const fake = new FakeAlertmanagerReceiver();
  const context = {
    ...{ secrets: [secret], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' },
    publicUrl: 'https://vigie.example',
  };
  return {
    fake,
    desk: plugin.create({ url: 'https://alerts.example/webhook' }, context),
    takesComments: false,
    knowsTaken: false,
    secret,
  };
});
