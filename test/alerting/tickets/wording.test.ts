import { expect, test } from 'vitest';
import {
  type DeskWording,
  PLACEHOLDERS,
  templateFault,
  wordingFaults,
} from '../../../alerting/tickets/desk-wording.ts';
import type { TicketContext } from '../../../alerting/tickets/ticket-context.ts';
import { wordTicket } from '../../../alerting/tickets/word-ticket.ts';
import { incidentView, ticketWork } from '../fixtures.ts';

const context: TicketContext = {
  timeZoneOf: () => 'Europe/Paris',
  publicUrl: 'https://vigie.example',
  deviceOf: () => ({ kind: 'till', asset: { tag: 'A-0042', supplier: 'NCR' } }),
};
const word = (wording: DeskWording, view = incidentView(), change = {}) =>
  wordTicket(ticketWork({ view, ...change }), { ...context, wording });

test('a desk’s templates make its subject, text, fields and item', () => {
  const told = word({
    subject: { fr: '{priority} {storeTitle} {device} : {title}' },
    text: { fr: '{cause}\nFournisseur : {asset.supplier}\n\n{text}' },
    fields: { u_store: '{chain}-{store}', u_number: '{number}', u_kind: '{kind}' },
    item: '{asset.tag}',
  });
  expect(told.subject).toMatch(/^P2 Nantes till-3 : Caisse 3, /);
  expect(told.text).toMatch(/^Caisse 3, .+\nFournisseur : NCR\n\nNantes/);
  expect(told.fields).toEqual({ u_store: 'demo-001', u_number: '12', u_kind: 'till' });
  expect(told.about).toEqual({ item: 'A-0042' });
});

test('without templates, or in a language without, a ticket says what it always does', () => {
  const usual = wordTicket(ticketWork(), context);
  expect(word({ subject: { en: 'x' } })).toEqual(usual);
  expect(usual).toMatchObject({ about: {}, fields: {} });
});

test('a line of which nothing is known is left out, and an item that is not known is none', () => {
  const view = incidentView({ region: '', state: 'resolved' });
  const told = word(
    { text: { fr: 'Région : {region}\nÀ faire : {steps}\n{number}\nFin' }, item: '{asset.serial}' },
    view,
  );
  expect(told.text).toBe('12\nFin');
  expect(told.about).toEqual({});
});

test('what stands in a title breaks no subject, and is no template itself', () => {
  const view = incidentView({ storeTitle: 'Nantes\r\nBcc: x {text}' });
  expect(word({ subject: { fr: '{storeTitle}' } }, view).subject).toBe('Nantes Bcc: x {text}');
});

test('what is simulated says so in any wording', () => {
  const told = word({ subject: { fr: '{priority}' } }, incidentView({ simulated: true }));
  expect(told.subject).toBe('[SIMULÉ] P2');
});

test('a comment is told as it was said, whatever the template of the text', () => {
  const view = incidentView({ comments: [{ at: 1, by: 'nadia', text: 'on y va' }] });
  expect(word({ text: { fr: '{priority}' } }, view, { action: 'comment' }).text).toBe('nadia\u202f: on y va');
});

test('a placeholder nobody knows is named with where it stands', () => {
  expect(
    wordingFaults({ subject: { fr: '{prio} {store}' }, fields: { u: '{asset.tag}' }, item: '{__proto__}' }),
  ).toEqual([
    expect.stringMatching(/^subject\/fr: \{prio\} is not known; there are \{number\} /),
    expect.stringMatching(/^item: \{__proto__\} is not known/),
  ]);
  for (const name of PLACEHOLDERS) expect(templateFault(`{${name}}`)).toBeUndefined();
});
