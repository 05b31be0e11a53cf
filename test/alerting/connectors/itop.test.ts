import { expect, test } from 'vitest';
import { plugin } from '../../../alerting/connectors/itop.ts';
import { deskContract } from '../../contracts/desk.ts';
import { FakeItop } from '../../fakes/desks/itop.ts';
import { AT, ticketWork } from '../fixtures.ts';

function open(more: { reraises?: boolean } = {}, keyField?: string, password = 'a-password') {
  const fake = new FakeItop(keyField);
  const options = {
    ...{ url: 'https://itop.example/', user: 'vigie', organization: "Marchés d'Ouest" },
    ...{ team: 'Magasins', agent: 'Vigie', timeZone: 'Europe/Paris', ...(keyField && { keyField }) },
  };
  const context = { secrets: [password], fetch: fake.fetch, now: () => AT, timeZoneOf: () => 'Europe/Paris', ...more };
  return { fake, desk: plugin.create(options, context) };
}
const still = () => new AbortController().signal;

deskContract('iTop, with our key in the description', (more) => open(more));
deskContract('iTop, with a field for our key', (more) => open(more, 'vigie_key'));

test('what iTop refuses is said in its own words', async () => {
  const { fake, desk } = open();
  await desk.deliver(ticketWork(), still());
  for (let at = 0; at < 20; at++) fake.troubles.set(fake.requests + at, 'refuse-transition');
  const work = ticketWork({ id: 8, action: 'update', view: { ...ticketWork().view, state: 'acknowledged' } as never });
  expect(await desk.deliver(work, still())).toEqual({
    outcome: 'refused',
    error: "iTop says 100: Error: Invalid stimulus: 'ev_assign' on the object I-000012 in state 'new'",
  });
});

test('a password that is wrong can be put right: the work waits', async () => {
  const { desk } = open({}, undefined, 'another');
  expect(await desk.deliver(ticketWork(), still())).toEqual({
    outcome: 'retry',
    error: 'iTop does not accept our credentials',
  });
});
