import { plugin } from '../../../alerting/connectors/webhook.ts';
import { oneWayContract } from '../../contracts/one-way-desk.ts';
import { SignedReceiver } from '../../fakes/desks/signed-receiver.ts';
import { AT, SECRET } from '../fixtures.ts';

oneWayContract('signed webhook', () => {
  const fake = new SignedReceiver();
  const context = { secrets: [SECRET], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris' };
  const desk = plugin.create({ url: 'https://desk.example/hooks' }, context);
  return { fake, desk, takesComments: true, knowsTaken: true, secret: SECRET };
});
