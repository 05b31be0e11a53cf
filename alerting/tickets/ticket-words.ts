import type { Locale } from '../../protocol/inventory.ts';
import type { SlaClockName } from '../../protocol/views.ts';

/** The headings of a ticket. What stands under them comes from `protocol/words`. */
export interface TicketWords {
  simulated: string;
  simulatedNote: string;
  resolved: string;
  /** `Label: text`, as the language spaces it. */
  line(label: string, text: string): string;
  /** A thing and what befell it. */
  befell(thing: string, reason: string): string;
  since: string;
  resolvedAt: string;
  acknowledgedBy: string;
  /** Who has it. */
  owner: string;
  nobody: string;
  mergedInto: (number: number) => string;
  onHold: string;
  /** Who put it on hold, why, and until when. */
  hold: (by: string, why: string, until: string | undefined) => string;
  cause: string;
  evidence: string;
  priority(impact: string, urgency: string): string;
  lanes: string;
  lanesOf(down: number, total: number): string;
  flapping: string;
  /** By when the clock that matters is up. */
  due: Readonly<Record<SlaClockName, string>>;
  overdue: string;
  /** Minutes of a till, written as a number. */
  laneMinutes(count: number, minutes: string): string;
  lost: string;
  /** Of tills nothing is known of. */
  atMost(amount: string): string;
  alerts(count: number): string;
  more(count: number): string;
  suspect: string;
  maintenance: string;
  action: string;
  firstSteps: string;
  /** Heading of the steps of a model, with its version where it has one. */
  procedure(title: string, version: string | undefined): string;
  onCall: string;
  /** Of the device at fault, and when they were told. */
  lastReadings(at: string): string;
  link: string;
  incident(number: number): string;
  /** Of a single incident: the major one it is part of. */
  beneath(number: number): string;
  /** Of a ticket that takes the place of one that was closed too early. */
  follows(ticket: string): string;
  /** Why this desk is told in the place of another. */
  insteadOf(desk: string): string;
  major: {
    mark: string;
    /** How many are still away, of all it touched; their list follows. */
    stores(away: number, total: number): string;
    back: string;
    firstSteps: Readonly<Record<'common' | 'storm', string>>;
  };
}

export const TICKET_WORDS: Readonly<Record<Locale, TicketWords>> = {
  fr: {
    simulated: 'SIMULÉ',
    simulatedNote: 'SIMULÉ\u202f: magasin de démonstration, aucune intervention à prévoir.',
    resolved: 'résolu',
    line: (label, text) => `${label}\u202f: ${text}`,
    befell: (thing, reason) => `${thing}, ${lowerFirst(reason)}`,
    since: 'Depuis',
    resolvedAt: 'Résolu',
    acknowledgedBy: 'Pris en charge par',
    owner: 'Confié à',
    nobody: 'personne',
    mergedInto: (number) => `Regroupé avec l’incident ${number}`,
    onHold: 'En attente',
    hold: (by, why, until) => `${why} (${by}${until === undefined ? '' : `, jusqu’au ${until}`})`,
    cause: 'Cause',
    evidence: 'Constat',
    priority: (impact, urgency) => `impact ${impact}, urgence ${urgency}`,
    lanes: 'Caisses perdues',
    lanesOf: (down, total) => `${down} sur ${total}`,
    flapping: 'Va et vient\u202f: l’incident reste ouvert jusqu’à ce que la situation soit stable.',
    due: { respond: 'À prendre en charge avant', restore: 'À rétablir avant' },
    overdue: 'dépassé',
    laneMinutes: (count, minutes) => `${minutes} ${count < 2 ? 'minute-caisse' : 'minutes-caisse'}`,
    lost: 'Perdu',
    atMost: (amount) => `au plus ${amount} sans nouvelles`,
    alerts: (count) => (count < 2 ? 'Autre alerte\u202f:' : `${count} autres alertes\u202f:`),
    more: (count) => `… et ${count} de plus`,
    suspect: 'Changement suspect',
    maintenance: 'Maintenance',
    action: 'Action du',
    firstSteps: 'À faire d’abord',
    procedure: (title, version) => `À faire (${title}${version === undefined ? '' : `, v.\u202f${version}`})\u202f:`,
    onCall: 'D’astreinte',
    lastReadings: (at) => `Derniers relevés (${at})`,
    link: 'Suivi en direct',
    incident: (number) => `Incident Vigie n°\u00a0${number}`,
    beneath: (number) => `Rattaché à l’incident majeur Vigie n°\u00a0${number}`,
    follows: (ticket) => `Suite du ticket ${ticket}, clos alors que la panne dure encore.`,
    insteadOf: (desk) =>
      `Envoyé ici parce que «\u00a0${desk}\u00a0» est injoignable\u202f; le ticket y sera ouvert dès que possible.`,
    major: {
      mark: 'MAJEUR',
      stores: (away, total) => `Magasins touchés\u202f: ${total}, dont ${away} encore en panne`,
      back: 'rétabli',
      firstSteps: {
        common:
          'vérifier ce point commun (opérateur, fournisseur, version, changement récent) avant d’appeler les magasins',
        storm: 'chercher ce qui a changé en dernier\u202f: réseau central, déploiement, fournisseur',
      },
    },
  },
  en: {
    simulated: 'SIMULATED',
    simulatedNote: 'SIMULATED: a demonstration store, nothing to be done.',
    resolved: 'resolved',
    line: (label, text) => `${label}: ${text}`,
    befell: (thing, reason) => `${thing}, ${lowerFirst(reason)}`,
    since: 'Since',
    resolvedAt: 'Resolved',
    acknowledgedBy: 'Acknowledged by',
    owner: 'Assigned to',
    nobody: 'nobody',
    mergedInto: (number) => `Merged into incident ${number}`,
    onHold: 'On hold',
    hold: (by, why, until) => `${why} (${by}${until === undefined ? '' : `, until ${until}`})`,
    cause: 'Cause',
    evidence: 'Evidence',
    priority: (impact, urgency) => `impact ${impact}, urgency ${urgency}`,
    lanes: 'Tills lost',
    lanesOf: (down, total) => `${down} of ${total}`,
    flapping: 'Comes and goes: the incident stays open until things are steady.',
    due: { respond: 'Respond by', restore: 'Restore by' },
    overdue: 'overdue',
    laneMinutes: (count, minutes) => `${minutes} till-${count === 1 ? 'minute' : 'minutes'}`,
    lost: 'Lost',
    atMost: (amount) => `at most ${amount} without news`,
    alerts: (count) => (count === 1 ? 'Other alert:' : `${count} other alerts:`),
    more: (count) => `… and ${count} more`,
    suspect: 'Suspect change',
    maintenance: 'Maintenance',
    action: 'Action on',
    firstSteps: 'First steps',
    procedure: (title, version) => `Steps (${title}${version === undefined ? '' : `, v. ${version}`}):`,
    onCall: 'On call',
    lastReadings: (at) => `Last readings (${at})`,
    link: 'Follow it live',
    incident: (number) => `Vigie incident no. ${number}`,
    beneath: (number) => `Part of Vigie major incident no. ${number}`,
    follows: (ticket) => `Follows ticket ${ticket}, which was closed while the fault still lasts.`,
    insteadOf: (desk) =>
      `Sent here because “${desk}” cannot be reached; its ticket is opened there as soon as it can be.`,
    major: {
      mark: 'MAJOR',
      stores: (away, total) => `Stores affected: ${total}, of which ${away} still down`,
      back: 'back',
      firstSteps: {
        common: 'check what they have in common (carrier, supplier, version, recent change) before calling the stores',
        storm: 'look for what changed last: central network, deployment, supplier',
      },
    },
  },
};

/** Within a sentence; an abbreviation keeps its capitals. */
const lowerFirst = (text: string): string => text.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());
