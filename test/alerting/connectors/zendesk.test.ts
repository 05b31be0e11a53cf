import { plugin } from '../../../alerting/connectors/zendesk.ts';
import { deskContract } from '../../contracts/desk.ts';
import { CATEGORY_FIELD, FakeZendesk, ITEM_FIELD, STORES_GROUP } from '../../fakes/desks/zendesk.ts';
import { AT } from '../fixtures.ts';

deskContract('Zendesk', (more) => {
  const fake = new FakeZendesk();
  const options = {
    ...{ url: 'https://example.zendesk.com', user: 'vigie@example.com', tags: ['vigie'] },
    ...{ itemFieldId: ITEM_FIELD, categoryFieldId: CATEGORY_FIELD, groups: { Stores: STORES_GROUP } },
  };
  const context = { secrets: ['a-token'], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create(options, context) };
});
