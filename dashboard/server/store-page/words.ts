import type { Locale } from '../../../protocol/inventory.ts';
import type { BlockedBy } from '../../../protocol/store-words.ts';
import type { StoreState } from '../../../protocol/views.ts';

/** What a store’s own page says: to people who sell, not to technicians. */
export interface StorePageWords {
  title(store: string): string;
  states: Readonly<Record<StoreState, string>>;
  incidents: string;
  noIncident: string;
  since(when: string): string;
  ticket(ticket: string): string;
  ticketComes: string;
  taken: string;
  waiting: string;
  onHold: string;
  expected(when: string): string;
  unexpected: string;
  silent(thing: string): string;
  troubled(thing: string): string;
  planned: string;
  lanes: string;
  lane: { up: string; down: string; blind: string; off: string; told(when: string): string };
  blocked: string;
  why: string;
  by: Readonly<Record<BlockedBy, string>>;
  note: string;
  tell: string;
  works: string;
  wellAgain(what: string, when: string): string;
  well: string;
  notWell: string;
  thanks: string;
  answered: Readonly<Record<'well' | 'notWell', string>>;
  asOf(when: string): string;
  reload: string;
  lost: { title: string; text: string };
  tooMany: string;
  /** What the service desk reads of a store’s word. */
  word(by: string, note: string): string;
  /** The same of what it answers when all is not well again. */
  goesOn(note: string): string;
  sheet: { title(store: string): string; store: string; hint: string };
}

const fr: StorePageWords = {
  title: (store) => `${store}\u202f: état des caisses`,
  states: {
    up: 'Tout fonctionne.',
    degraded: 'Le magasin vend, avec un défaut en cours.',
    down: 'Le magasin est touché par une panne.',
    blind: 'Nous n’avons pas de nouvelles du magasin en ce moment.',
    'selling-offline': 'Les caisses vendent hors ligne\u202f: les ventes remonteront d’elles-mêmes.',
    maintenance: 'Une intervention prévue est en cours.',
    closed: 'Le magasin est fermé.',
  },
  incidents: 'Ce que nous savons',
  noIncident: 'Aucun incident connu. Si une caisse est bloquée, dites-le ci-dessous.',
  since: (when) => `depuis ${when}`,
  ticket: (ticket) => `Ticket ${ticket}`,
  ticketComes: 'Le ticket est en cours d’ouverture.',
  taken: 'Une équipe s’en occupe.',
  waiting: 'L’équipe est prévenue.',
  onHold: 'En attente d’une pièce ou d’une intervention.',
  expected: (when) => `Rétablissement prévu avant ${when}.`,
  unexpected: 'Pas encore d’heure de rétablissement.',
  silent: (thing) => `${thing} ne répond plus`,
  troubled: (thing) => `${thing} a un défaut`,
  planned: 'Intervention prévue',
  lanes: 'Vos caisses',
  lane: {
    up: 'fonctionne',
    down: 'en panne',
    blind: 'sans nouvelles',
    off: 'à l’arrêt',
    told: (when) => `signalée bloquée à ${when}`,
  },
  blocked: 'Cette caisse est bloquée',
  why: 'Que se passe-t-il\u202f?',
  by: {
    off: 'Elle ne démarre pas',
    frozen: 'L’écran est figé',
    payment: 'Le paiement est refusé',
    printer: 'L’imprimante ne sort rien',
    drawer: 'Le tiroir ne s’ouvre pas',
    other: 'Autre chose',
  },
  note: 'Précision, si utile (sans données de carte)',
  tell: 'Prévenir l’assistance',
  works: 'Elle fonctionne de nouveau',
  wellAgain: (what, when) => `Rétabli à ${when}\u202f: ${what}. Tout va bien\u202f?`,
  well: 'Oui, tout va bien',
  notWell: 'Pas tout à fait',
  thanks: 'Merci, c’est noté.',
  answered: { well: 'Vous avez répondu\u202f: tout va bien.', notWell: 'Vous avez répondu\u202f: pas tout à fait.' },
  asOf: (when) => `État à ${when}.`,
  reload: 'Actualiser',
  lost: {
    title: 'Ce lien n’est plus valable',
    text: 'Demandez à l’assistance le nouveau lien, ou le nouveau QR code, de votre magasin.',
  },
  tooMany: 'Trop de messages en peu de temps. L’assistance est prévenue\u202f; appelez-la si besoin.',
  word: (by, note) => (note === '' ? by : `${by}\u202f: ${note}`),
  goesOn: (note) => `pas tout à fait rétabli${note === '' ? '' : `\u202f: ${note}`}`,
  sheet: {
    title: (store) => `${store}\u202f: liens à afficher`,
    store: 'Tout le magasin',
    hint: 'Caisse bloquée\u202f? Scannez, dites-le en deux gestes.',
  },
};

const en: StorePageWords = {
  title: (store) => `${store}: your tills`,
  states: {
    up: 'Everything works.',
    degraded: 'The store sells, with a fault under way.',
    down: 'The store is hit by an outage.',
    blind: 'We have no news of the store just now.',
    'selling-offline': 'The tills sell offline: sales will be sent by themselves.',
    maintenance: 'Planned work is under way.',
    closed: 'The store is closed.',
  },
  incidents: 'What we know',
  noIncident: 'No incident is known. If a till is blocked, say so below.',
  since: (when) => `since ${when}`,
  ticket: (ticket) => `Ticket ${ticket}`,
  ticketComes: 'The ticket is being opened.',
  taken: 'A team is dealing with it.',
  waiting: 'The team has been told.',
  onHold: 'Waiting for a part or a visit.',
  expected: (when) => `Expected back before ${when}.`,
  unexpected: 'No time of return yet.',
  silent: (thing) => `${thing} does not answer`,
  troubled: (thing) => `${thing} has a fault`,
  planned: 'Planned work',
  lanes: 'Your tills',
  lane: {
    up: 'works',
    down: 'down',
    blind: 'no news',
    off: 'switched off',
    told: (when) => `said to be blocked at ${when}`,
  },
  blocked: 'This till is blocked',
  why: 'What is happening?',
  by: {
    off: 'It does not start',
    frozen: 'The screen is frozen',
    payment: 'Payment is refused',
    printer: 'The printer prints nothing',
    drawer: 'The drawer does not open',
    other: 'Something else',
  },
  note: 'More, if it helps (no card data)',
  tell: 'Tell support',
  works: 'It works again',
  wellAgain: (what, when) => `Back at ${when}: ${what}. Is all well?`,
  well: 'Yes, all is well',
  notWell: 'Not quite',
  thanks: 'Thank you, noted.',
  answered: { well: 'You answered: all is well.', notWell: 'You answered: not quite.' },
  asOf: (when) => `As of ${when}.`,
  reload: 'Refresh',
  lost: {
    title: 'This link is no longer good',
    text: 'Ask support for your store’s new link or QR code.',
  },
  tooMany: 'Too many messages in a short time. Support has been told; call them if you need to.',
  word: (by, note) => (note === '' ? by : `${by}: ${note}`),
  goesOn: (note) => `not quite back${note === '' ? '' : `: ${note}`}`,
  sheet: {
    title: (store) => `${store}: links to put up`,
    store: 'The whole store',
    hint: 'Till blocked? Scan, and say so in two taps.',
  },
};

export const STORE_PAGE_WORDS: Readonly<Record<Locale, StorePageWords>> = { fr, en };
