import { expect, test } from 'vitest';
import { openDesks } from '../../cli/server/desks.ts';
import { SECRET } from '../alerting/fixtures.ts';

const context = { timeZoneOf: () => 'Europe/Paris' };
const webhook = { type: 'webhook', options: { url: 'https://desk.example/hooks' }, secrets: [SECRET] };

test('a desk of each kind that is configured, by name', async () => {
  const tracker = { type: 'request_tracker', options: { url: 'https://rt.example', queue: 'Stores' }, secrets: ['t'] };
  expect(Object.keys(await openDesks({ main: webhook, rt: tracker }, context))).toEqual(['main', 'rt']);
  expect(await openDesks({}, context)).toEqual({});
});

test.each([
  ['an option that is missing', { ...webhook, options: {} }, /^desks\/main .*url/],
  ['an option nobody knows', { ...webhook, options: { url: 'https://d', retries: 3 } }, /^desks\/main .*additional/],
  ['an option out of bounds', { ...webhook, options: { url: 'gopher://d' } }, /^desks\/main\/url /],
  ['a kind there is none of', { ...webhook, type: 'fax' }, /^desks\/main\/type fax/],
  ['a secret that is missing', { ...webhook, secrets: [] }, /^desks\/main: its secret is missing/],
  ['a secret that is too short', { ...webhook, secrets: ['hunter2'] }, /^desks\/main the secret must have/],
])('%s is told by where it stands, and no secret with it', async (_, desk, fault) => {
  const error = await openDesks({ main: desk }, context).catch((failure: Error) => failure);
  expect((error as Error).message).toMatch(fault);
  expect((error as Error).message).not.toContain('hunter2');
});

test('a desk that can be asked may say when it is to be', async () => {
  const tracker = { type: 'request_tracker', options: { url: 'https://rt.example', queue: 'Stores' }, secrets: ['t'] };
  const open = async (newsSecrets: string[], desk = tracker) =>
    (await openDesks({ main: { ...desk, newsSecrets } }, context)).main?.ear;
  expect(await open([])).toBeUndefined();
  expect(await open([SECRET])).toBeDefined();
  await expect(open(['short'])).rejects.toThrow('desks/main the secret of its news must have 16 characters');
  const slack = { type: 'slack', options: {}, secrets: ['https://hooks.example/x'] };
  await expect(open([SECRET], slack as never)).rejects.toThrow('desks/main takes no `newsSecretEnv`');
});

test('a desk that stands in is another one that is configured', async () => {
  const told = (desk: string) => ({ ...webhook, manners: { fallback: { desk, afterS: 300 } } });
  expect(Object.keys(await openDesks({ main: told('spare'), spare: webhook }, context))).toEqual(['main', 'spare']);
  for (const desk of ['main', 'fax']) {
    await expect(openDesks({ main: told(desk) }, context)).rejects.toThrow(
      `desks/main/fallback/desk ${desk}: there is no such other desk`,
    );
  }
});

test('a template that names what there is not is told by where it stands', async () => {
  const desk = { ...webhook, wording: { subject: { fr: '{prio}' } } };
  await expect(openDesks({ main: desk }, context)).rejects.toThrow('desks/main/subject/fr: {prio} is not known');
});
