import { plugin } from '../../../alerting/connectors/glpi.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeGlpi } from '../../fakes/desks/glpi.ts';
import { AT } from '../fixtures.ts';

deskContract('GLPI', (more) => {
  const fake = new FakeGlpi();
  const options = { url: 'https://glpi.example/', timeZone: 'Europe/Paris', fields: { itilcategories_id: 12 } };
  const secrets = ['a-token', 'an-app-token'];
  const context = { secrets, fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create(options, context) };
});
