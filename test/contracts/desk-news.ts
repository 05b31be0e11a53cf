import { expect, it } from 'vitest';
import { DeskFailure } from '../../alerting/desks/desk-failure.ts';
import { findBorne } from '../../alerting/desks/our-key.ts';
import type { ChangedTicket, RemoteTicket } from '../../alerting/desks/remote-ticket.ts';
import type { NewTicket, TicketClient } from '../../alerting/desks/ticket-client.ts';
import type { FakeDesk, FakeTicket } from '../fakes/desks/fake-desk.ts';
import type { Trouble } from '../fakes/desks/troubled-server.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

const KEY = 'demo/001/till-3#disk#/é "c"#1790000000000';
const TICKET: NewTicket = {
  ...{ key: KEY, subject: 'Caisse 3', text: 'Nantes (Ouest)\nseconde ligne', priority: 2, about: {}, fields: {} },
};
const never = () => new AbortController().signal;
const OF_SOME: readonly Trouble[] = ['ignore-query', 'expire-session'];
const BAD_ANSWERS: readonly Trouble[] = ['web-page', 'too-many', 'broken', 'half-reply', 'drop-reply', ...OF_SOME];

/** What a desk is told of where a ticket belongs, and what it says of what its people did. */
export function deskNewsContract(open: () => DeskUnderTest): void {
  it('opens a ticket where it belongs', async () => {
    const { fake, client } = start();
    const { about, field } = fake.knows;
    await client.create({ ...TICKET, about, fields: { [field]: 'un champ du bureau' } }, never());
    expect(fake.tickets[0]?.about).toEqual(about);
    expect(fake.tickets[0]?.fields).toMatchObject({ [field]: 'un champ du bureau' });
  });

  it('opens a ticket all the same where the desk does not know what it is about, and says so on it', async () => {
    const { fake, client } = start();
    if (!fake.knows.listsItems) return;
    const opened = await client.create({ ...TICKET, about: { item: 'caisse-inconnue' } }, never());
    expect(opened.key).toBe(KEY);
    const [ticket] = fake.tickets as [FakeTicket];
    expect(ticket.about.item).toBeUndefined();
    expect([ticket.text, ...ticket.notes.map(({ text }) => text)].join('\n')).toContain('caisse-inconnue');
  });

  it('says who has a ticket', async () => {
    const { fake, client } = start();
    await client.create(TICKET, never());
    const [ticket] = fake.tickets as [FakeTicket];
    expect((await client.find(KEY, never()))[0]?.assignee).toBeUndefined();
    fake.set(ticket, { assignee: 'Karim', status: 'in-progress' });
    expect((await client.find(KEY, never()))[0]).toMatchObject({ assignee: 'Karim', status: 'in-progress' });
  });

  it('tells what has changed since, that very second as well, the oldest first, and what bears no key of ours never', async () => {
    const { fake, client } = start();
    const [first, second, third] = [
      fake.add({ key: 'a/1#x##1' }),
      fake.add({ key: 'a/2#x##2' }),
      fake.add({ key: KEY }),
    ];
    const since = fake.now + 10_000;
    fake.now = since;
    fake.set(third as FakeTicket, { status: 'resolved' });
    fake.add({ subject: 'a printer' });
    fake.now += 5_000;
    fake.set(first as FakeTicket, { assignee: 'Karim' });
    const changed = await client.changedSince(since, never());
    expect(changed).toMatchObject([
      { status: 'resolved', number: third?.number },
      { assignee: 'Karim', number: first?.number },
    ]);
    const keys = ['a/1#x##1', 'a/2#x##2', KEY];
    expect(changed.map(({ key = '' }) => findBorne(key, keys))).toEqual([KEY, 'a/1#x##1']);
    expect(changed.map(({ changedAt }) => changedAt)).toEqual([since, since + 5_000]);
    expect(await client.changedSince(fake.now + 1_000, never())).toEqual([]);
    expect(second?.status).toBe('new');
  });

  it('tells of many in turns, none of them left out', async () => {
    const { fake, client } = start();
    const from = fake.now;
    for (let at = 0; at < 620; at++) {
      fake.add({ key: `a/${at}#x##1` });
      fake.now += 1_000;
    }
    const seen = new Set<string | undefined>();
    let since = from;
    for (let turn = 0; seen.size < 620 && turn < 10; turn++) {
      const changed: ChangedTicket[] = await client.changedSince(since, never());
      expect(changed.length).toBeLessThanOrEqual(500);
      for (const { key } of changed) seen.add(key);
      since = changed.at(-1)?.changedAt ?? since;
    }
    expect(seen.size).toBe(620);
  });

  it('gives what was written to a ticket: who, when and what; ours with its mark', async () => {
    const { fake, client } = start();
    const created = await client.create(TICKET, never());
    const [ticket] = fake.tickets as [FakeTicket];
    expect(await client.comments(created, never())).toEqual([]);
    fake.now += 60_000;
    const theirs = fake.say(ticket, 'Karim', 'Le technicien passe à 14 h <bientôt> & vite\nsi tout va bien');
    fake.now += 60_000;
    const note = { mark: 'vigie:12', text: 'Inès\u202f: merci' };
    await client.change(created, { subject: 'Caisse 3', priority: 2, note }, never());
    const comments = await client.comments(created, never());
    expect(comments).toMatchObject([
      { by: 'Karim', at: theirs.at, text: theirs.text },
      { at: fake.now, text: expect.stringContaining('[vigie:12]') },
    ]);
    expect(new Set(comments.map(({ id }) => id)).size).toBe(2);
    expect(await client.comments(created, never())).toEqual(comments);
  });

  it('gives the last hundred of many comments', async () => {
    const { fake, client } = start();
    const created = await client.create(TICKET, never());
    for (let at = 0; at < 250; at++) {
      fake.now += 1_000;
      fake.say(fake.tickets[0] as FakeTicket, 'Karim', `remarque ${at}.`);
    }
    const comments = await client.comments(created, never());
    expect(comments.map(({ text }) => text)).toEqual(Array.from({ length: 100 }, (_, at) => `remarque ${at + 150}.`));
  });

  it('gives news or a fault, and nothing that is not so, whatever befalls the desk', async () => {
    for (const trouble of BAD_ANSWERS) {
      for (let request = 0; request < 5; request++) {
        const { fake, client } = start();
        const created = await client.create(TICKET, never());
        const [ticket] = fake.tickets as [FakeTicket];
        const stranger = fake.add({ subject: 'a printer' });
        fake.say(stranger, 'Zoé', 'plus de papier');
        fake.now += 1_000;
        fake.say(ticket, 'Karim', 'vu');
        if (fake.own.includes(trouble) || !OF_SOME.includes(trouble))
          fake.troubles.set(fake.requests + request, trouble);
        await expectOrFault(client.changedSince(fake.now, never()), [{ number: created.number }]);
        await expectOrFault(client.comments(created, never()), [{ by: 'Karim', text: 'vu' }]);
      }
    }
  });

  function start(): { fake: FakeDesk; client: Required<TicketClient> } {
    const { fake, desk } = open();
    if (!desk.news) throw new Error('the desk gives no news');
    // What gives the news is the client itself.
    return { fake, client: desk.news as Required<TicketClient> };
  }
}

async function expectOrFault(
  asked: Promise<readonly (RemoteTicket | object)[]>,
  news: readonly object[],
): Promise<void> {
  const outcome = await asked.catch((error: unknown) => error);
  if (outcome instanceof DeskFailure) expect(outcome.outcome).toBe('retry');
  else expect(outcome).toMatchObject(news);
}
