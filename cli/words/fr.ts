import type { StateStoreProblem } from '../../collector/state/state-store-error.ts';
import { backtestFr } from './backtest-fr.ts';
import { detectFr } from './detect-fr.ts';
import { discoverFr } from './discover-fr.ts';
import type { Words } from './en.ts';
import { enrolFr } from './enrol-fr.ts';
import { maintenanceFr } from './maintenance-fr.ts';
import { probeFr } from './probe-fr.ts';
import { ruleRevisionsFr } from './rule-revisions-fr.ts';
import { ruleTestFr } from './rule-test-fr.ts';
import { ruleValuesFr } from './rule-values-fr.ts';

const STATE_PROBLEMS: Record<StateStoreProblem, string> = {
  busy: 'trop de demandes attendent déjà',
  'cannot-write': 'elle ne peut pas être écrite\u202f; vérifiez les droits',
  damaged: 'elle est endommagée\u202f; reprenez une sauvegarde',
  denied: 'l’accès est refusé\u202f; vérifiez l’utilisateur et le mot de passe',
  'disk-full': 'le disque est plein',
  failed: 'elle a échoué\u202f; le journal en dit plus',
  'in-use': 'un autre programme l’utilise',
  'newer-schema': 'elle a été écrite par une version plus récente de Vigie\u202f; mettez Vigie à jour',
  'not-a-database': 'ce n’est pas une base de données',
  'not-ours': 'c’est la base d’un autre programme\u202f; nommez-en une autre',
  'not-shared': 'un seul collecteur peut l’utiliser',
  'shared-otherwise': 'les autres collecteurs ont un autre nombre de parts\u202f; arrêtez-les tous pour en changer',
  timeout: 'elle ne répond pas à temps',
  unreachable: 'elle n’est pas joignable',
};

export const fr: Words = {
  tagline: 'Vigie veille sur les caisses, les serveurs et le réseau des magasins.',
  usage: 'Usage\u202f: vigie COMMANDE [options]   (--lang=en pour l’anglais)',
  moreHelp: '« vigie COMMANDE --help » en dit plus.',
  unknownCommand: (name, known) => `la commande « ${name} » n’existe pas\u202f; il y a\u202f: ${known}`,
  badArguments: (why) => `${why} (« --help » dit ce qui existe)`,
  badPort: (where, value) => `${where}\u202f: « ${value} » n’est pas un port\u202f; il faut un nombre de 0 à 65535`,
  badNumber: (where, value) => `${where}\u202f: « ${value} » n’est pas un nombre entier`,
  portTaken: (what, host, port, flag) =>
    `le port ${what} ${port} sur ${host} est pris par un autre programme\u202f; choisissez-en un autre avec ${flag}`,
  portRefused: (what, host, port, why) => `${what} ne peut pas écouter sur ${host}:${port}\u202f: ${why}`,
  folderRefused: (path, why) => `impossible d’écrire dans le dossier de données ${path}\u202f: ${why}`,
  folderHeld: (path, pid) => `le dossier ${path} est utilisé par le processus ${pid}`,
  fileUnreadable: (path, why) => `impossible de lire ${path}\u202f: ${why}`,
  notAddressed: (url, why) => `pas de réponse de ${url}\u202f: ${why}`,
  notBuilt: 'des parties ne sont pas encore construites\u202f; lancez « npm run build »',
  starting: 'Vigie démarre…',
  open: (url) => `Ouvrez ${url}`,
  signIn: (path) =>
    `Pour prendre en charge un incident ou changer quoi que ce soit, connectez-vous avec le jeton gardé dans ${path}`,
  signInEnv:
    'Pour prendre en charge un incident ou changer quoi que ce soit, connectez-vous avec le jeton de VIGIE_ADMIN_TOKEN',
  brokerAt: (host, port) => `Les agents rapportent à mqtt://${host}:${port}`,
  collectorTitle: (id) => `Collecteur ${id}`,
  brokerElsewhere: (url) => `Les agents s’adressent au broker ${url}`,
  collectorOf: (id, partitions) => `Ce collecteur est ${id}\u202f; les magasins sont répartis en ${partitions} parts.`,
  metricsNeedInflux:
    'state.postgres avec broker.url sert à plusieurs collecteurs\u202f: il leur faut metrics.influx, car une base de mesures embarquée n’appartient qu’à un seul',
  agentsAt: (mqtt, https) => `Les agents enrôlés rapportent à ${mqtt}\u202f; les équipements s’enrôlent à ${https}`,
  plainMqtt: (host) =>
    `mqtt.host\u202f: ${host} n’est pas cette seule machine, et MQTT en clair n’est que pour elle\u202f; laissez 127.0.0.1, et ouvrez aux autres machines en TLS par la section « agents » (docs/fr/ENROLMENT.md)`,
  agentsNeedUrl:
    'agents.mqttUrl manque\u202f: avec un broker externe, il faut dire aux agents où il est (mqtts://broker:8883)',
  enrol: enrolFr,
  probe: probeFr,
  discover: discoverFr,
  detect: detectFr,
  backtest: backtestFr,
  ruleTest: ruleTestFr,
  maintenance: maintenanceFr,
  ruleValues: ruleValuesFr,
  ruleRevisions: ruleRevisionsFr,
  dataIn: (path) => `Données dans ${path}`,
  waiting: (why) => `${why}\u202f; nouvel essai jusqu’à ce qu’elle réponde (Ctrl-C pour renoncer)`,
  rulesFileUnused: (path, revision) =>
    `Règles\u202f: la révision ${revision} s’applique\u202f; ${path} dit autre chose et n’est pas utilisé (vigie rules diff, undo --to 0)`,
  stopHint: 'Ctrl-C arrête tout.',
  stopping: 'Arrêt…',
  stopped: 'Arrêté. Tout est conservé.',
  agentEnded: (how, command) =>
    `L’agent de cette machine s’est arrêté (${how})\u202f; sa tuile passe au rouge. Pour le relancer\u202f: ${command}`,
  agentRunning: (pid) => `L’agent de cette machine tourne déjà (processus ${pid}).`,
  simulatorEnded: (how) => `La chaîne simulée s’est arrêtée (${how}).`,
  simulatedChain: (stores, devices) =>
    `Une chaîne simulée de ${stores} magasins et ${devices} équipements se met en route\u202f; elle est marquée SIMULÉ partout où elle apparaît.`,
  imported: (chains, stores, devices) =>
    `Importé\u202f: ${chains} enseigne(s), ${stores} magasin(s), ${devices} équipement(s).`,
  importFaults: (path, count) => `${path}\u202f: rien n’a été importé, ${count} faute(s)\u202f:`,
  importNothing: 'indiquez un fichier YAML ou CSV à importer',
  importFormat: (path) => `${path}\u202f: il faut un nom qui finit par .yaml, .yml ou .csv`,
  importUsage: (path) => `vérifié\u202f: ${path} est un bon inventaire (rien n’a été importé)`,
  tokenMissing:
    'il faut un jeton\u202f: donnez-le dans VIGIE_ADMIN_TOKEN, ou --data-dir avec le dossier d’un serveur de cette machine',
  serverSaid: (status, message) => `le serveur a répondu ${status}\u202f: ${message}`,
  thisMachine: 'Cette machine',
  myChain: 'Mes machines',
  deskListening: (url) =>
    `Un centre de services d’essai écoute sur ${url} (webhook signé)\u202f; il affiche ce qu’il reçoit.`,
  deskUnsigned: 'refusé\u202f: la signature n’est pas bonne',
  deskShowUsage: 'vigie desk show --desk=NOM [--incident=NUMÉRO] [--locale=fr|en]',
  deskAbout: { item: 'élément de configuration', category: 'catégorie', team: 'équipe' },
  deskSecretMissing: 'il faut le secret qui signe\u202f: donnez-le dans VIGIE_DESK_SECRET',
  onCall: {
    none: 'Aucun calendrier ne dit qui est d’astreinte\u202f: «\u202fvigie oncall import FICHIER.ics --calendar NOM\u202f».',
    nobody: 'personne n’est d’astreinte',
    until: (who, when) => `${who}, jusqu’au ${when}`,
    next: (who, when) => `puis ${who}, à partir du ${when}`,
    unnamed: 'nommez le calendrier\u202f: --calendar NOM',
    imported: 'Importé.',
    removed: 'Retiré.',
  },
  release: {
    malformed: (file) => `${file} n’est pas une version de l’agent`,
    unsigned: (file) => `${file} n’est pas signé\u202f: d’abord « vigie release sign »`,
    signed: (version, file) => `Signée\u202f: version ${version}, ${file}`,
    uploaded: (version, platform) => `Envoyée\u202f: ${version} pour ${platform}`,
    noCanary: 'nommez les magasins pilotes\u202f: --canary enseigne/magasin',
    entry: (version, platforms) => `${version}  ${platforms.join(', ') || 'pas envoyée'}`,
    rollout: (version, state, wave) => `Version ${version}\u202f: ${state}, ${wave}`,
    state: {
      running: 'en cours',
      paused: 'en pause',
      stopped: 'arrêtée d’elle-même',
      aborted: 'abandonnée',
      done: 'terminée',
    },
    wave: { canary: 'magasins pilotes', share: 'une part des équipements', all: 'tous les équipements' },
    standing: {
      done: 'l’ont adoptée',
      newer: 'ont une version plus récente',
      told: 'sont prévenus',
      trying: 'l’essaient',
      refused: 'sont revenus à la précédente',
      missing: 'ne sont pas revenus',
      later: 'attendent leur vague',
      'store-open': 'attendent la fermeture du magasin',
      offline: 'sont injoignables',
      'no-update': 'ne peuvent pas se remplacer',
    },
  },
  assets: {
    usage:
      'dites quoi faire\u202f: vigie assets search TERME… ou vigie assets export TERME…, par exemple kind:till "os:windows 10*"',
    found: (shown, total) => (shown < total ? `${shown} équipements sur ${total}` : `${total} équipement(s)`),
    written: (path) => `Écrit\u202f: ${path}`,
    unwritable: (path, why) => `${path} ne peut pas être écrit\u202f: ${why}`,
  },
  copy: {
    usage: 'dites quoi faire\u202f: vigie metrics copy --from embedded --to influx',
    badKind: (flag, value) =>
      `${flag}\u202f: «\u00a0${value}\u00a0» n’est pas une base de mesures\u202f; il y a\u202f: embedded, influx`,
    same: '--from et --to désignent la même base',
    noInflux:
      'la configuration ne désigne aucun InfluxDB\u202f: donnez son fichier avec --config, avec metrics.influx dedans',
    noEmbedded: (path) => `il n’y a pas de base embarquée à ${path}\u202f; choisissez son dossier avec --data-dir`,
    inUse: (path, pid) =>
      `${path} est utilisé par le serveur (processus ${pid})\u202f: configurez-lui la nouvelle base, redémarrez-le, puis copiez`,
    progress: (percent, perSecond, left) =>
      `${percent}\u00a0% · ${perSecond} points/s${left === undefined ? '' : ` · reste ${left}`}`,
    refused: (points, reason) => `${points} point(s) ont été refusés\u202f: ${reason}`,
    done: (readings, rollups) => `Copié\u202f: ${readings} point(s) et ${rollups} agrégat(s).`,
    interrupted: (readings, rollups) =>
      `Arrêté après ${readings} point(s) et ${rollups} agrégat(s). Ce qui est copié reste\u202f; relancez pour la suite.`,
    failed: (why) => `la copie s’est arrêtée (${why})\u202f; ce qui est copié reste, relancez pour la suite`,
  },
  action: {
    usage:
      'indiquez un équipement\u202f: vigie action enseigne/magasin/équipement [NOM]\u202f; sans NOM, dit ce qu’il permet',
    badArgument: (given) => `« ${given} »\u202f: il faut ARGUMENT=VALEUR`,
    asked: (name, device) => `${name} envoyée à ${device}…`,
    before: (standing) => `Avant\u202f: ${standing}`,
    after: (standing) => `Après\u202f: ${standing}`,
    offline: 'Cet équipement n’est pas joignable en ce moment\u202f: il n’entendrait rien.',
    none: 'Cet équipement ne permet aucune action\u202f: c’est sa propre configuration qui le dit (actions.allow).',
    allowed: 'Il permet\u202f:',
    past: 'On lui a demandé\u202f:',
    unasked: '(personne)',
  },
  agentConfig: {
    checked: (path, checks) => `${path}\u202f: une bonne configuration, ${checks} mesure(s)\u202f; rien n’a été lancé`,
    from: (who) =>
      who === 'default' ? 'par défaut' : who.replace(/^central /, 'centre, version ').replace(/^profile /, 'profil '),
    applied: (version) =>
      version === 0
        ? 'Aucune configuration du centre n’est en vigueur.'
        : `La configuration ${version} du centre est en vigueur.`,
    refused: (version, reason, why) =>
      `La configuration ${version ?? 'sans numéro prouvé'} du centre a été refusée (${reason})\u202f: ${why}`,
  },
  config: {
    usage:
      'dites quoi faire\u202f: vigie config get PORTÉE, set PORTÉE FICHIER, history PORTÉE, revert PORTÉE VERSION, devices ou retry ÉQUIPEMENT',
    noSettings: (scope) => `Rien n’est voulu pour ${scope}.`,
    scope: (scope, version, by, at, comment) =>
      `# ${scope}, version ${version}, ${at}, ${by}${comment === '' ? '' : `\u202f: ${comment}`}`,
    from: (scope, version) => `${scope}, version ${version}`,
    weighed: (scope, devices) =>
      `${scope}\u202f: ces réglages conviennent\u202f; ils changeraient ${devices} équipement(s). Rien n’a été modifié.`,
    saved: (scope, version, devices) =>
      `${scope}\u202f: la version ${version} est voulue\u202f; ${devices} équipement(s) en sont avertis.`,
    faults: (count) => `rien n’a été modifié, ${count} faute(s)\u202f:`,
    retried: (device) => `${device} reçoit de nouveau sa configuration.`,
    standing: {
      none: 'rien n’est voulu',
      applied: 'appliquée',
      behind: 'pas encore appliquée',
      refused: 'refusée',
      deaf: 'n’écoute pas le centre',
      unheard: 'jamais entendu',
    },
    noDevices: 'Aucun équipement de ce genre.',
  },
  stateProblem: (problem, where) => `base d’état ${where}\u202f: ${STATE_PROBLEMS[problem]}`,
  trouble: {
    commit: (why) =>
      `les rapports ne peuvent pas être gardés (${why})\u202f; ils attendent chez les agents, nouvel essai en cours`,
    broker: (why) =>
      `pas de connexion au broker (${why})\u202f; les agents gardent leurs rapports, nouvel essai en cours`,
    cluster: (why) => `les autres collecteurs sont invisibles (${why})\u202f; nouvel essai en cours`,
    rules: (why) =>
      `la dernière révision des règles ne peut pas être lue (${why})\u202f; une révision antérieure s’applique`,
    metrics: (why) => `les mesures n’entrent pas dans la base de mesures (${why})\u202f; le journal les garde`,
    desk: (why) => `un centre de services est injoignable (${why})\u202f; les tickets attendent, nouvel essai en cours`,
  },
};
