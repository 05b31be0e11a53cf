import type { Aggregate } from '../aggregates.ts';
import type { DeviceKind } from '../inventory.ts';
import { STORE_WORD_CHECK } from '../store-words.ts';
import { majorsFr } from './majors-fr.ts';
import type { Told, Words } from './words.ts';

const plural = (count: number, one: string, many: string): string => (Math.abs(count) < 2 ? one : many);

/** What a check said, where it said something. */
const saying = (told: Told): string => (told.has('text') ? `\u202f: ${told.text('text')}` : '');

const AGGREGATES: Readonly<Record<Aggregate, string>> = {
  last: 'dernier relevé',
  avg: 'moyenne',
  min: 'minimum',
  max: 'maximum',
  p95: '95e centile',
  rate: 'rythme',
  delta: 'progression',
  count: 'nombre de relevés',
};

/** A reading, and what of it is judged over some time. */
const judged = (told: Told): string => {
  if (!told.has('aggregate')) return told.reading('reading');
  const aggregate = AGGREGATES[told.text('aggregate') as Aggregate] ?? told.text('aggregate');
  return `${told.reading('reading')}, ${aggregate} sur ${told.duration('windowS')}`;
};

/** How many of a group, e.g. `3 équipements sur 5 (borne Wi-Fi)`. */
function share(told: Told): string {
  const what = told.text('of') === 'lanes' ? ['poste de caisse', 'postes de caisse'] : ['équipement', 'équipements'];
  const kinds = told.has('kinds')
    ? ` (${told
        .text('kinds')
        .split(' ')
        .map((kind) => fr.deviceKinds[kind as DeviceKind] ?? kind)
        .join(', ')})`
    : '';
  return `${told.count('bad')} ${what[told.number('bad') < 2 ? 0 : 1]} sur ${told.count('total')}${kinds}`;
}

/** How things stood before an action and stand after it, and what it printed. */
const standing = (told: Told): string =>
  [
    told.has('before') ? `\u202f; avant\u202f: ${told.text('before')}` : '',
    told.has('after') ? `\u202f; après\u202f: ${told.text('after')}` : '',
    told.has('output') ? `\u202f; sortie\u202f: ${told.text('output')}` : '',
  ].join('');

/** What was agreed, of answering and of restoring. */
const deadlines = (told: Told): string =>
  [
    ...(told.has('respond') ? [`prise en charge sous ${told.duration('respond')}`] : []),
    ...(told.has('restore') ? [`rétablissement sous ${told.duration('restore')}`] : []),
  ].join(', ');

/** What is, how fast it goes, when it gets there, and how sure that is. */
const foreseen = (told: Told, limit: string): string => {
  const between = told.has('latestAt')
    ? `8 fois sur 10 entre le ${told.moment('earliestAt')} et le ${told.moment('latestAt')}`
    : `9 fois sur 10 pas avant le ${told.moment('earliestAt')}`;
  return `${told.reading('reading')}\u202f: ${told.amount('value')}, ${told.change('perDay')} par jour, ${limit} attendu le ${told.moment('expectedAt')} (${between})`;
};

/** What is, and what is usual at this hour of the week. */
const unusual = (told: Told, side: string): string =>
  `${judged(told)}\u202f: ${told.amount('value')}, contre ${told.amount('expected')} d’habitude à cette heure (inhabituel ${side} de ${told.amount('limit')})`;

/** For how long nothing was sold, what was expected meanwhile, and how unlikely that is. */
const unsold = (told: Told): string => {
  const since = told.has('seconds') ? ` depuis ${told.duration('seconds')}` : ' depuis l’ouverture';
  const sales = plural(told.number('expected'), 'attendue', 'attendues');
  return `${since}, pour ${told.count('expected')} ${sales} d’après sa propre courbe (1 chance sur ${told.count('odds')})`;
};

/** The number of a change, where it has one. */
const numbered = (told: Told): string => (told.has('number') ? ` (${told.text('number')})` : '');

const devices = (told: Told): string =>
  `${told.count('devices')} ${plural(told.number('devices'), 'équipement perdu', 'équipements perdus')}`;

/** Where the parent hangs itself. */
const uplink = (told: Told): string =>
  told.has('port') ? `, port ${told.text('port')} de ${told.target('uplink')}` : '';

/** French, as it is written in the IT of a retailer. `\u202f` is the narrow no-break space its typography asks for. */
export const fr: Words = {
  reasons: {
    'presence.back': 'De nouveau en ligne',
    'presence.lost': 'Connexion perdue',
    'presence.silent': (told) => `Connexion établie, mais aucune mesure depuis ${told.duration('seconds')}`,
    'presence.stopped': 'Agent arrêté normalement',
    'presence.unreachable': (told) => `Ne répond plus à son agent de surveillance (${told.target('watcher')})`,
    'presence.agent-died':
      'La machine répond sur le réseau du magasin\u202f: c’est son agent (ou le logiciel de caisse) qui s’est arrêté',
    'presence.off-lan': (told) =>
      told.number('asked') > 0
        ? `Ne répond plus sur le réseau du magasin, ni à la passerelle ni à ${told.count('asked')} ${plural(told.number('asked'), 'voisin interrogé', 'voisins interrogés')}\u202f: son alimentation, son câble ou son port de commutateur`
        : 'Ne répond plus à la passerelle sur le réseau du magasin\u202f: son alimentation, son câble ou son port de commutateur',
    'presence.off-gateway': (told) =>
      `Répond à ${told.count('reached')} ${plural(told.number('reached'), 'voisin', 'voisins')} sur ${told.count('asked')} mais plus à la passerelle (${told.target('gateway')})\u202f: un lien coupé entre les deux`,
    'presence.refused': 'Son certificat a été révoqué\u202f: la passerelle du magasin ne le laisse plus entrer',
    'presence.was-off-lan': (told) =>
      `Seul le réseau était coupé\u202f: ${told.count('reports')} ${plural(told.number('reports'), 'relevé gardé sur place prouve', 'relevés gardés sur place prouvent')} que rien d’autre ne s’était arrêté, sur une durée de ${told.duration('seconds')}`,
    'presence.no-return': 'Aucune nouvelle depuis le redémarrage de la supervision',
    'presence.unseen': 'En attente des premières nouvelles',
    'presence.flapping': (told) =>
      `Présence instable\u202f: l’équipement se perd et revient sans cesse (instabilité de ${told.percent('percent')})`,
    'presence.watcher-lost': (told) => `Sans nouvelles de son agent de surveillance (${told.target('watcher')})`,

    'threshold.above': (told) =>
      `${judged(told)}\u202f: ${told.amount('value')}, seuil de ${told.amount('limit')} atteint`,
    'threshold.below': (told) =>
      `${judged(told)}\u202f: ${told.amount('value')}, seuil bas de ${told.amount('limit')} atteint`,
    'threshold.flapping': (told) =>
      `${judged(told)}\u202f: instable autour du seuil de ${told.amount('limit')} (instabilité de ${told.percent('percent')})`,
    'threshold.cleared': (told) =>
      `${judged(told)}\u202f: ${told.amount('value')}, retour à la normale (seuil de ${told.amount('limit')})`,
    'forecast.rising': (told) => foreseen(told, `seuil de ${told.amount('limit')}`),
    'forecast.falling': (told) => foreseen(told, `seuil bas de ${told.amount('limit')}`),
    'forecast.cleared': (told) =>
      `${told.reading('reading')}\u202f: ${told.amount('value')}, seuil de ${told.amount('limit')} plus en vue`,
    'baseline.above': (told) => unusual(told, 'au-dessus'),
    'baseline.below': (told) => unusual(told, 'en dessous'),
    'baseline.cleared': (told) =>
      `${judged(told)}\u202f: ${told.amount('value')}, retour à l’habitude (${told.amount('expected')} à cette heure)`,
    'sales.silent': (told) => `Aucune vente${unsold(told)}, alors que les autres caisses vendent`,
    'sales.store-silent': (told) =>
      `Aucune vente sur les ${told.count('total')} caisses du magasin${unsold(told)}, alors que toutes donnent de leurs nouvelles`,
    'sales.resumed': 'Les ventes ont repris',
    'sales.unstaffed': 'Plus personne en caisse',
    'sales.given-up': 'Aucune vente depuis des jours\u202f: la caisse ne sert pas',
    'status.warning': (told) => `Contrôle «\u202f${told.text('check')}\u202f» dégradé${saying(told)}`,
    'status.critical': (told) =>
      told.text('check') === STORE_WORD_CHECK
        ? `Signalée bloquée par le magasin${saying(told)}`
        : `Contrôle «\u202f${told.text('check')}\u202f» en échec${saying(told)}`,
    'status.unknown': (told) => `Contrôle «\u202f${told.text('check')}\u202f» sans résultat${saying(told)}`,
    'status.flapping': (told) =>
      `Contrôle «\u202f${told.text('check')}\u202f» instable (instabilité de ${told.percent('percent')})${saying(told)}`,
    'status.cleared': (told) => `Contrôle «\u202f${told.text('check')}\u202f» rétabli`,
    'group.down': (told) => `${share(told)} hors service, seuil de ${told.percent('limit')}`,
    'group.degraded': (told) => `${share(told)} hors service ou dégradés, seuil de ${told.percent('limit')}`,
    'group.firing': (told) => `${share(told)} avec la même alerte, seuil de ${told.percent('limit')}`,
    'group.cleared': (told) => `${share(told)} encore touchés, retour à la normale (seuil de ${told.percent('limit')})`,
    'no-data.reading': (told) =>
      `${told.reading('reading')}\u202f: plus aucun relevé depuis ${told.duration('seconds')}, alors que l’équipement donne de ses nouvelles`,
    'no-data.check': (told) =>
      `Contrôle «\u202f${told.text('check')}\u202f»\u202f: plus aucun résultat depuis ${told.duration('seconds')}, alors que l’équipement donne de ses nouvelles`,
    'no-data.back': (told) =>
      told.has('check')
        ? `Contrôle «\u202f${told.text('check')}\u202f»\u202f: de nouveau des résultats`
        : `${told.reading('reading')}\u202f: de nouveau des relevés`,
    'alert.steady': 'De nouveau stable, sans défaut',
    'no-longer-watched': 'N’est plus sous surveillance',
    'rule.gone': 'N’est plus jugé\u202f: les règles ont changé',

    'fold.store-silent': (told) =>
      plural(
        told.number('devices'),
        'Le seul équipement du magasin ne donne plus de nouvelles',
        `Les ${told.count('devices')} équipements du magasin se sont tus ensemble`,
      ),
    'fold.fell-together': 'Plusieurs équipements du magasin se sont tus ensemble',
    'fold.off-lan-together':
      'Plusieurs équipements ont quitté ensemble le réseau du magasin, la passerelle entend les autres\u202f: le commutateur qu’ils partagent',
    'fold.group': (told) => `${share(told)} touchés ensemble\u202f: une même cause est probable`,
    'fold.power': (told) =>
      told.number('minutes') > 0
        ? `${devices(told)} après ${told.count('minutes')} min de l’onduleur ${told.target('ups')} sur batterie`
        : `${devices(told)} au passage de l’onduleur ${told.target('ups')} sur batterie`,
    'fold.power-group': (told) => `${devices(told)} ensemble\u202f: tout ce que ${told.target('source')} alimente`,
    'fold.wan': (told) =>
      `Lien principal et lien de secours${told.has('link') ? ` (${told.text('link')})` : ''} perdus (${devices(told)})`,
    'fold.switch': (told) =>
      `${devices(told)} avec le commutateur dont ils dépendent (${told.target('parent')})${uplink(told)}`,
    'fold.parent': (told) => `${devices(told)} avec ce dont ils dépendent (${told.target('parent')})${uplink(told)}`,
    'fold.behind': (told) =>
      `${devices(told)} ensemble\u202f: tout ce qui dépend de ${told.target('parent')}, non surveillé, alors que le reste du magasin est entendu`,
    'fold.alone': 'Cas isolé dans le magasin',

    'opening.not-ready': (told) =>
      `Trouvé par le contrôle d’ouverture, ${told.count('minutes')} min avant l’ouverture (${told.target('device')})\u202f: ${told.count('ready')} ${plural(told.number('ready'), 'caisse prête', 'caisses prêtes')} sur ${told.count('total')}`,
    'maintenance.planned': (told) =>
      `Maintenance prévue jusqu’au ${told.wallTime('until')}\u202f: ${told.text('title')}${numbered(told)}, par ${told.text('who')}`,
    'maintenance.over': (told) => `Maintenance prévue terminée\u202f: ${told.text('title')}${numbered(told)}`,
    'change.suspect': (told) =>
      `Survenu pendant un changement ou juste après, changement suspect\u202f: ${told.text('title')}${numbered(told)}, par ${told.text('who')}`,

    'incident.opened': 'Incident ouvert',
    'incident.cause-changed': (told) => `Cause revue (auparavant\u202f: ${told.target('from')})`,
    'incident.joined': (told) => `Alerte rattachée\u202f: ${told.target('alert')}`,
    'incident.flapping': (told) => `Alerte instable, gardée ouverte\u202f: ${told.target('alert')}`,
    'incident.steady': (told) => `Alerte de nouveau stable\u202f: ${told.target('alert')}`,
    'incident.alert-cleared': (told) => `Alerte levée\u202f: ${told.target('alert')}`,
    'incident.alert-moved': (told) => `Alerte passée à l’incident de sa propre cause\u202f: ${told.target('alert')}`,
    'incident.priority-changed': (told) => `Priorité passée de ${told.priority('from')} à ${told.priority('to')}`,
    'incident.graver': 'De nouveau à prendre en charge\u202f: il l’avait été pour moins grave',
    'incident.escalated': (told) =>
      `Escalade au niveau ${told.text('level')}\u202f: ${told.amount('share')} du délai de ${told.text('clock') === 'respond' ? 'prise en charge' : 'rétablissement'} consommés`,
    'incident.deadlines-moved': (told) =>
      deadlines(told) === ''
        ? 'Aucun délai convenu pour cette priorité'
        : `Nouveaux délais, en temps de service\u202f: ${deadlines(told)}`,
    'incident.acknowledged': (told) => `Pris en charge par ${told.text('by')}`,
    'incident.started': (told) => `Travail commencé par ${told.text('by')}`,
    'incident.assigned': (told) =>
      told.has('owner')
        ? `Confié à ${told.text('owner')} (${told.text('level')}) par ${told.text('by')}`
        : `Confié à personne (${told.text('level')}) par ${told.text('by')}`,
    'incident.on-hold': (told) =>
      `Mis en attente par ${told.text('by')}${told.has('until') ? ` jusqu’au ${told.wallTime('until')}` : ''}\u202f: ${told.text('why')}`,
    'incident.resumed': (told) => `Repris par ${told.text('by')}`,
    'incident.hold-over': 'Fin de l’attente\u202f: l’heure fixée est venue',
    'incident.hold-graver': 'Fin de l’attente\u202f: l’incident s’est aggravé',
    'incident.commented': (told) => `Commentaire de ${told.text('by')}\u202f: ${told.text('text')}`,
    'action.asked': (told) =>
      `Action «\u202f${told.text('action')}\u202f» demandée à ${told.target('device')} par ${told.text('by')}${told.has('why') ? `\u202f: ${told.text('why')}` : ''}`,
    'action.done': (told) =>
      `Action «\u202f${told.text('action')}\u202f» réussie sur ${told.target('device')}${standing(told)}`,
    'action.failed': (told) =>
      `Action «\u202f${told.text('action')}\u202f» en échec sur ${told.target('device')}\u202f: ${told.text('error')}${standing(told)}`,
    'action.refused': (told) =>
      `Action «\u202f${told.text('action')}\u202f» refusée par ${told.target('device')}\u202f: ${told.text('error')}`,
    'incident.merged': (told) =>
      `Regroupé avec l’incident ${told.target('into')}${told.has('by') ? ` par ${told.text('by')}` : ''}`,
    'incident.merged-in': (told) => `Incident ${told.target('from')} regroupé avec celui-ci par ${told.text('by')}`,
    'incident.split': (told) => `Séparé de l’incident ${told.target('from')} par ${told.text('by')}`,
    'incident.split-off': (told) =>
      `Alertes passées à un incident séparé par ${told.text('by')}\u202f: ${told.text('alerts')}`,
    'incident.reopened': (told) =>
      told.has('by')
        ? `Rouvert par ${told.text('by')}${told.has('why') ? `\u202f: ${told.text('why')}` : ''}`
        : `Rouvert\u202f: la même panne est revenue après ${told.duration('seconds')}`,
    'incident.closed': 'Clos',
    'incident.resolved': (told) =>
      told.number('quietS') > 0 ? `Résolu\u202f: plus aucune alerte depuis ${told.duration('quietS')}` : 'Résolu',
    ...majorsFr((kind) => fr.deviceKinds[kind as DeviceKind] ?? kind),
    'ticket.opened': (told) =>
      told.has('ticket')
        ? `Ticket ${told.text('ticket')} ouvert (${told.text('desk')})`
        : `Ticket ouvert (${told.text('desk')})`,
    'ticket.updated': (told) => `Ticket mis à jour (${told.text('desk')})`,
    'ticket.commented': (told) => `Commentaire transmis (${told.text('desk')})`,
    'ticket.reopened': (told) => `Ticket rouvert (${told.text('desk')})`,
    'ticket.resolved': (told) => `Ticket résolu (${told.text('desk')})`,
    'ticket.ended-early': (told) =>
      `Ticket terminé par ${told.text('by')} alors que la panne dure\u202f: il est rouvert (${told.text('desk')})`,
    'ticket.left-ended': (told) =>
      `Ticket terminé par ${told.text('by')} alors que la panne dure\u202f: il reste ainsi (${told.text('desk')})`,
    'ticket.failed': (told) => `Ticket non transmis (${told.text('desk')})\u202f: ${told.text('error')}`,
    'ticket.not-needed': (told) => `Non transmis, tout était rentré dans l’ordre (${told.text('desk')})`,
    'ticket.passed-on': (told) =>
      `${told.text('desk')} est injoignable\u202f: ${told.text('to')} est prévenu à sa place`,
    'ticket.discarded': (told) =>
      `Envoi abandonné par ${told.text('by')} (${told.text('desk')})\u202f: ${told.text('why')}`,

    'store.up': 'Tout fonctionne',
    'store.lanes-down': (told) =>
      `${told.count('down')} ${plural(told.number('down'), 'caisse', 'caisses')} sur ${told.count('total')} hors service`,
    'store.lanes-blind': (told) =>
      `Sans nouvelles de ${told.count('blind')} ${plural(told.number('blind'), 'caisse', 'caisses')} sur ${told.count('total')}`,
    'store.device-down': (told) => `${told.target('device')} hors service`,
    'store.device-blind': (told) => `Sans nouvelles de ${told.target('device')}`,
    'store.alerts': (told) => `${told.count('count')} ${plural(told.number('count'), 'alerte', 'alertes')} en cours`,
    'store.selling-offline': (told) =>
      `${told.count('lanes')} ${plural(told.number('lanes'), 'caisse', 'caisses')} sur ${told.count('total')} ${plural(told.number('lanes'), 'vend', 'vendent')} hors ligne\u202f: des ventes attendent d’être transmises`,
    'store.silent': 'Magasin sans nouvelles',
    'store.cut-off': (told) => `Magasin coupé\u202f: plus rien ne passe par sa passerelle (${told.target('gateway')})`,
    'store.was-cut-off': (told) =>
      `Le magasin n’était que coupé\u202f: ${told.count('reports')} ${plural(told.number('reports'), 'relevé gardé sur place prouve', 'relevés gardés sur place prouvent')} qu’il tournait, sur une durée de ${told.duration('seconds')}`,
    'store.power-cut': (told) => `Coupure de courant dans le magasin (d’après ${told.target('source')})`,
    'store.wan-cut': (told) =>
      told.has('device')
        ? `Lien de secours coupé, après le lien principal (vu par ${told.target('device')})`
        : 'Tous les liens opérateur du magasin sont coupés',
    'store.on-battery': (told) => `Sur batterie\u202f: ${told.target('device')} n’a plus de secteur`,
    'store.on-backup': (told) => `Sur le lien de secours (vu par ${told.target('device')})`,
    'store.opening': (told) =>
      `Contrôle d’ouverture\u202f: ${told.count('ready')} ${plural(told.number('ready'), 'caisse prête', 'caisses prêtes')} sur ${told.count('total')}`,
    'store.closed': 'Magasin fermé',
    'store.empty': 'Aucun équipement à surveiller',
    'store.proven': 'Prouvé par des rapports arrivés après coup',
    'store.unwatched': 'Vigie elle-même ne surveillait pas',
  },
  storeStates: {
    up: 'En service',
    degraded: 'Dégradé',
    down: 'Hors service',
    blind: 'Sans nouvelles',
    'selling-offline': 'Vente hors ligne',
    maintenance: 'En maintenance',
    closed: 'Fermé',
  },
  storeConditions: { 'on-battery': 'Sur batterie', 'on-backup': 'Sur lien de secours' },
  deviceStates: {
    up: 'En service',
    degraded: 'Dégradé',
    down: 'Hors service',
    blind: 'Sans nouvelles',
    maintenance: 'En maintenance',
    closed: 'Magasin fermé',
  },
  incidentStates: {
    new: 'Nouveau',
    acknowledged: 'Pris en charge',
    'in-progress': 'En cours',
    'on-hold': 'En attente',
    resolved: 'Résolu',
    closed: 'Clos',
  },
  ticketStates: {
    none: 'Sans ticket',
    waiting: 'Ticket en cours d’envoi',
    open: 'Ticket ouvert',
    resolved: 'Ticket résolu',
    failed: 'Ticket non transmis',
  },
  alertStates: { pending: 'À confirmer', firing: 'En cours', resolved: 'Levée', flapping: 'Instable' },
  severities: { warning: 'Avertissement', critical: 'Critique' },
  priorities: { 1: 'P1 critique', 2: 'P2 haute', 3: 'P3 moyenne', 4: 'P4 basse', 5: 'P5 mineure' },
  impacts: { 1: 'Fort', 2: 'Moyen', 3: 'Faible' },
  urgencies: { 1: 'Haute', 2: 'Moyenne', 3: 'Basse' },
  deviceKinds: {
    till: 'Caisse',
    'self-checkout': 'Caisse libre-service',
    server: 'Serveur',
    gateway: 'Passerelle du magasin',
    router: 'Routeur',
    firewall: 'Pare-feu',
    switch: 'Commutateur',
    'access-point': 'Borne Wi-Fi',
    printer: 'Imprimante',
    ups: 'Onduleur',
    pdu: 'Multiprise pilotée',
    camera: 'Caméra',
    nas: 'Stockage réseau',
    'payment-terminal': 'Terminal de paiement',
    other: 'Autre équipement',
  },
  statuses: { ok: 'Correct', warning: 'Avertissement', critical: 'Critique', unknown: 'Indéterminé' },
  evidence: {
    birth: 'Agent démarré',
    online: 'En ligne',
    lost: 'Connexion perdue',
    stopped: 'Arrêt normal',
    unreachable: 'Ne répond plus',
  },
  advice: {
    'fell-together':
      'vérifier ce qu’ils ont en commun\u202f: ligne électrique ou onduleur, commutateur, baie\u202f; puis appeler le magasin pour savoir quelles caisses encaissent.',
    'cut-off':
      'vérifier le lien opérateur du magasin (box, routeur, secours 4G), puis son alimentation et la passerelle\u202f; les caisses tournent peut-être encore\u202f: le demander au magasin avant de déplacer quelqu’un.',
    'power-cut':
      'appeler le magasin pour savoir s’il a du courant et ce que porte l’onduleur, puis le fournisseur d’électricité\u202f; arrêter dans l’ordre ce que la batterie ne tiendra pas.',
    'wan-cut':
      'signaler les deux liens à leurs opérateurs, puis vérifier le routeur et le modem 4G du magasin\u202f; les caisses vendent peut-être hors ligne.',
    'parent-down':
      'faire vérifier sur place son alimentation, ses voyants et sa liaison montante avant ce qui en dépend, qui reviendra avec lui.',
    'off-lan-together':
      'vérifier le commutateur que ces équipements partagent (alimentation, voyants, liaison vers la passerelle) avant d’aller voir chaque poste.',
    'agent-died':
      'la machine est allumée et raccordée\u202f: relancer le service Vigie, et vérifier que le logiciel de caisse tourne encore.',
    'off-lan': 'faire vérifier sur place que l’équipement est allumé, puis son câble et son port de commutateur.',
    'off-gateway':
      'l’équipement tourne\u202f: vérifier le lien entre son commutateur et celui de la passerelle, et le port de celle-ci.',
    refused:
      'voir sur la page Agents qui a révoqué son certificat, et pourquoi\u202f; une machine qui doit rester est enrôlée de nouveau.',
    'store-silent':
      'vérifier l’alimentation et le lien opérateur du magasin (box, routeur, secours 4G), puis appeler le magasin pour savoir si les caisses encaissent.',
    lost: 'vérifier que l’équipement est allumé et raccordé au réseau, puis le redémarrer si l’écran est figé.',
    silent:
      'la liaison tient mais l’agent ne mesure plus\u202f: vérifier que le poste n’est pas figé, puis relancer le service Vigie.',
    unsteady:
      'chercher ce qui lâche par moments\u202f: câble, prise ou port mal enfichés, alimentation, Wi-Fi faible, machine qui redémarre en boucle.',
    stopped: 'l’agent a été arrêté\u202f: vérifier si le poste a été éteint ou mis à jour, puis le rallumer.',
    unreachable: 'vérifier l’alimentation et le câble de l’équipement, puis le port du commutateur où il est raccordé.',
    processor:
      'repérer le programme qui occupe le processeur et le relancer\u202f; à défaut, redémarrer hors passage client.',
    memory:
      'repérer le programme qui occupe la mémoire et le relancer\u202f; à défaut, redémarrer hors passage client.',
    disk: 'libérer de la place (journaux, fichiers temporaires, mises à jour) avant que l’encaissement ne s’arrête.',
    process: 'vérifier que le logiciel attendu est lancé et le relancer\u202f; à défaut, redémarrer le poste.',
    service: 'vérifier que le service visé répond et que rien ne le coupe (réseau, pare-feu, certificat).',
    'disk-health': 'sauvegarder ce que porte ce disque et prévoir son remplacement avant la panne.',
    printer:
      'faire vérifier sur place le rouleau, le capot et le coupe-papier de l’imprimante\u202f; l’éteindre puis la rallumer si rien n’est bloqué.',
    'payment-terminal':
      'faire vérifier sur place l’écran, l’alimentation et le câble du terminal, puis le redémarrer\u202f; en attendant, orienter les clients vers une autre caisse.',
    peripheral:
      'faire débrancher puis rebrancher le périphérique sur place, et l’essayer sur un autre port ou avec un autre câble.',
    certificate:
      'renouveler le certificat et l’installer avant son échéance, puis vérifier que le service présente bien le nouveau.',
    agent:
      'vérifier que l’agent joint le serveur en HTTPS (il y renouvelle son certificat), puis relancer le service Vigie\u202f; à défaut, enrôler l’équipement de nouveau.',
    upkeep: 'rien d’urgent\u202f: prévoir la mise à jour ou le redémarrage hors des heures d’ouverture.',
    clock:
      'vérifier que la machine joint son serveur de temps et que son service horaire tourne, avant que l’écart ne se creuse.',
    heat: 'faire dégager et dépoussiérer les ventilateurs et les grilles d’aération, et vérifier la température du local.',
    power:
      'vérifier si le magasin a du courant, puis combien de temps tiendra la batterie\u202f; prévoir son remplacement si elle est usée.',
    hardware:
      'regarder sur place ventilateurs, alimentations et voyants de l’équipement, puis en commander la pièce de rechange\u202f; prévenir le magasin avant de l’arrêter.',
    uplink: 'vérifier le câble et les deux bouts de la liaison (port, module optique), puis l’équipement d’en face.',
    supplies: 'prévoir le remplacement du consommable nommé, ou en commander s’il n’y en a plus au magasin.',
    reading:
      'vérifier que l’équipement répond encore aux identifiants SNMP de l’agent et qu’il le laisse lire ces parties.',
    told: 'lire l’événement sur la page de l’équipement, puis vérifier sur ses mesures si le défaut dure.',
    traffic:
      'chercher ce qui occupe la ligne (sauvegarde, mise à jour, vidéo) ou le câble qui fatigue, avant de joindre l’opérateur.',
    link: 'vérifier le lien opérateur et le routeur du magasin, et signaler la panne à l’opérateur si la ligne est coupée.',
    task: 'lire le journal de la tâche qui produit ce fichier, la relancer, et vérifier que la place et les droits d’accès le permettent.',
    sales:
      'vérifier le lien entre la caisse et la centrale ainsi que le service qui transmet ses ventes\u202f; ne pas remplacer ni réinitialiser la caisse avant leur envoi.',
    unsold:
      'appeler le magasin\u202f: la caisse est-elle ouverte, prend-elle les articles et les paiements, une vente va-t-elle jusqu’au ticket\u202f? Relancer ensuite l’application de caisse, et vérifier ses prix, son service de paiement et sa dernière mise à jour.',
    prometheus: 'regarder dans Prometheus le graphique de cette alerte, à partir de l’heure où elle a commencé.',
    'store-word':
      'rappeler le magasin\u202f: que montre l’écran, le paiement passe-t-il sur une autre caisse, un redémarrage a-t-il été tenté.',
    fiscal:
      'joindre le fabricant du module fiscal ou son revendeur\u202f: là où la loi l’exige, la caisse ne peut pas vendre sans lui.',
    other: 'ouvrir la page de l’équipement et regarder les dernières mesures avant d’intervenir.',
  },
  commandStates: {
    sent: 'En attente de réponse',
    done: 'Réussie',
    failed: 'En échec',
    refused: 'Refusée',
    unanswered: 'Sans réponse',
  },
  refusals: {
    unsigned: 'Non signée par ce serveur',
    'not-for-me': 'Destinée à un autre équipement',
    expired: 'Arrivée trop tard',
    repeated: 'Reçue deux fois',
    'unknown-action': 'Inconnue de cet équipement',
    'not-allowed': 'Non permise avec ces arguments',
    'budget-spent': 'Limite du jour atteinte',
    selling: 'Vente en cours',
    busy: 'Une autre action est en cours',
  },
};
