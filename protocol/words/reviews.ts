import type { Locale } from '../inventory.ts';
import type { ReviewQuestion, ReviewSplit, ReviewTimes } from '../reviews.ts';

/** What a post-incident review is written in, beside the sentences of reasons. */
export interface ReviewWords {
  title(number: number): string;
  /** It is not over: the review goes on. */
  draft: string;
  simulated: string;
  facts: string;
  times: string;
  split: string;
  impact: string;
  cause: string;
  moments: string;
  actions: string;
  suspects: string;
  incidents: string;
  questions: string;
  notes: string;
  noNotes: string;
  notesBy(by: string, when: string): string;
  unknown: string;
  none: string;
  chain: string;
  priority: string;
  ticket: string;
  evidence: string;
  acknowledgedBy(by: string): string;
  stores(total: string, left: string | undefined): string;
  storesLabel: string;
  lanesLabel: string;
  laneMinutes: string;
  blindLaneMinutes: string;
  money: string;
  storeColumn: string;
  incidentColumn: string;
  awayColumn: string;
  lanesColumn: string;
  momentsLeft(count: number): string;
  incidentsLeft(count: number): string;
  timeLabels: Readonly<Record<keyof ReviewTimes, string>>;
  splitLabels: Readonly<Record<keyof ReviewSplit, string>>;
  asked: Readonly<Record<ReviewQuestion, string>>;
}

const fr: ReviewWords = {
  title: (number) => `Revue de l’incident majeur ${number}`,
  draft: 'Incident en cours\u202f: la revue se complète jusqu’à son terme.',
  simulated: 'SIMULÉ\u202f: chaîne de démonstration.',
  facts: 'Les faits',
  times: 'Instants',
  split: 'Durées',
  impact: 'Conséquences',
  cause: 'Cause et constat',
  moments: 'Déroulement',
  actions: 'Actions tentées',
  suspects: 'Changements suspects',
  incidents: 'Magasins, du plus longtemps touché au moins longtemps',
  questions: 'À dire par l’équipe',
  notes: 'Notes de l’équipe',
  noNotes: 'Rien n’est écrit encore.',
  notesBy: (by, when) => `${by}, ${when}`,
  unknown: 'inconnu',
  none: 'aucune',
  chain: 'Chaîne',
  priority: 'Priorité',
  ticket: 'Ticket',
  evidence: 'Constat',
  acknowledgedBy: (by) => `par ${by}`,
  stores: (total, left) => (left === undefined ? total : `${total}, dont ${left} encore en panne`),
  storesLabel: 'Magasins touchés',
  lanesLabel: 'Caisses concernées',
  laneMinutes: 'Minutes-caisse perdues',
  blindLaneMinutes: 'Minutes-caisse sans nouvelles',
  money: 'Ventes perdues, estimées',
  storeColumn: 'Magasin',
  incidentColumn: 'Incident',
  awayColumn: 'Durée',
  lanesColumn: 'Caisses',
  momentsLeft: (count) => (count < 2 ? 'et un autre moment' : `et ${count} autres moments`),
  incidentsLeft: (count) => (count < 2 ? 'et un autre magasin' : `et ${count} autres magasins`),
  timeLabels: {
    firstSignal: 'Premier signe',
    detected: 'Premier incident ouvert',
    recognised: 'Reconnu comme un seul incident',
    ticket: 'Ticket ouvert',
    acknowledged: 'Pris en charge',
    firstStoreBack: 'Premier magasin rétabli',
    lastStoreBack: 'Dernier magasin rétabli',
    resolved: 'Résolu',
  },
  splitLabels: {
    detectionMs: 'Détection (du premier signe au premier incident)',
    recognitionMs: 'Reconnaissance (du premier incident à l’incident majeur)',
    responseMs: 'Réponse (jusqu’à la prise en charge)',
    restorationMs: 'Rétablissement (du premier incident au dernier magasin)',
  },
  asked: {
    'slow-detection':
      'La détection a pris plus d’une minute\u202f: quel contrôle, ou quel réglage, l’aurait vue plus tôt\u202f?',
    'slow-recognition':
      'Il a fallu plus de deux minutes pour relier ces magasins\u202f: quel attribut commun manque à l’inventaire\u202f?',
    'slow-response':
      'Plus d’un quart d’heure avant la prise en charge\u202f: qui devait être prévenu, et comment\u202f?',
    'never-acknowledged': 'Personne ne l’a pris en charge dans Vigie\u202f: qui s’en est occupé\u202f?',
    'clock-breached':
      'Un délai convenu est dépassé\u202f: que doit-on au magasin, et qu’est-ce qui l’aurait évité\u202f?',
    'ticket-failed': 'Un ticket n’a pas pu être transmis\u202f: qui l’a su, et quand\u202f?',
    'action-failed': 'Une action a échoué ou a été refusée\u202f: faut-il la corriger, ou l’autoriser\u202f?',
    'no-action': 'Aucune action n’a été lancée depuis Vigie\u202f: qu’est-ce qui a rétabli les magasins\u202f?',
    'suspect-change':
      'Un changement était en cours\u202f: est-ce lui, et comment sera-t-il vérifié la prochaine fois\u202f?',
    'stores-left': 'Des magasins sont restés en panne\u202f: leur cause est-elle bien une autre\u202f?',
    recurrence: 'Qu’est-ce qui empêchera que cela se reproduise, qui s’en charge, et pour quand\u202f?',
  },
};

const en: ReviewWords = {
  title: (number) => `Review of major incident ${number}`,
  draft: 'The incident is not over: its review goes on until it is.',
  simulated: 'SIMULATED: a demonstration chain.',
  facts: 'The facts',
  times: 'Times',
  split: 'Durations',
  impact: 'Impact',
  cause: 'Cause and evidence',
  moments: 'What happened',
  actions: 'Actions tried',
  suspects: 'Suspect changes',
  incidents: 'Stores, the longest away first',
  questions: 'For the team to say',
  notes: 'The team’s notes',
  noNotes: 'Nothing is written yet.',
  notesBy: (by, when) => `${by}, ${when}`,
  unknown: 'not known',
  none: 'none',
  chain: 'Chain',
  priority: 'Priority',
  ticket: 'Ticket',
  evidence: 'Evidence',
  acknowledgedBy: (by) => `by ${by}`,
  stores: (total, left) => (left === undefined ? total : `${total}, of which ${left} still down`),
  storesLabel: 'Stores affected',
  lanesLabel: 'Tills concerned',
  laneMinutes: 'Till-minutes lost',
  blindLaneMinutes: 'Till-minutes without news',
  money: 'Sales lost, estimated',
  storeColumn: 'Store',
  incidentColumn: 'Incident',
  awayColumn: 'Duration',
  lanesColumn: 'Tills',
  momentsLeft: (count) => (count === 1 ? 'and one more moment' : `and ${count} more moments`),
  incidentsLeft: (count) => (count === 1 ? 'and one more store' : `and ${count} more stores`),
  timeLabels: {
    firstSignal: 'First signal',
    detected: 'First incident opened',
    recognised: 'Recognised as one incident',
    ticket: 'Ticket opened',
    acknowledged: 'Acknowledged',
    firstStoreBack: 'First store back',
    lastStoreBack: 'Last store back',
    resolved: 'Resolved',
  },
  splitLabels: {
    detectionMs: 'Detection (first signal to first incident)',
    recognitionMs: 'Recognition (first incident to major incident)',
    responseMs: 'Response (until somebody took it)',
    restorationMs: 'Restoration (first incident to last store back)',
  },
  asked: {
    'slow-detection': 'Detection took more than a minute: which check, or which threshold, would have seen it sooner?',
    'slow-recognition':
      'It took more than two minutes to see these stores as one: which common attribute does the inventory lack?',
    'slow-response': 'More than a quarter of an hour until somebody took it: who was to be told, and how?',
    'never-acknowledged': 'Nobody acknowledged it in Vigie: who dealt with it?',
    'clock-breached': 'A time that was agreed is breached: what is owed to the stores, and what would have kept it?',
    'ticket-failed': 'A ticket could not be delivered: who knew, and when?',
    'action-failed': 'An action failed or was refused: is it to be mended, or to be allowed?',
    'no-action': 'No action was run from Vigie: what brought the stores back?',
    'suspect-change': 'A change was under way: was it the cause, and how will it be verified next time?',
    'stores-left': 'Some stores stayed down: is theirs really another cause?',
    recurrence: 'What keeps this from coming again, who sees to it, and by when?',
  },
};

export const REVIEW_WORDS: Readonly<Record<Locale, ReviewWords>> = { fr, en };
