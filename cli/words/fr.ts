import type { StateStoreProblem } from '../../collector/state/state-store-error.ts';
import type { Words } from './en.ts';

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
  dataIn: (path) => `Données dans ${path}`,
  waiting: (why) => `${why}\u202f; nouvel essai jusqu’à ce qu’elle réponde (Ctrl-C pour renoncer)`,
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
  deskSecretMissing: 'il faut le secret qui signe\u202f: donnez-le dans VIGIE_DESK_SECRET',
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
  stateProblem: (problem, where) => `base d’état ${where}\u202f: ${STATE_PROBLEMS[problem]}`,
  trouble: {
    commit: (why) =>
      `les rapports ne peuvent pas être gardés (${why})\u202f; ils attendent chez les agents, nouvel essai en cours`,
    broker: (why) =>
      `pas de connexion au broker (${why})\u202f; les agents gardent leurs rapports, nouvel essai en cours`,
    cluster: (why) => `les autres collecteurs sont invisibles (${why})\u202f; nouvel essai en cours`,
    metrics: (why) => `les mesures n’entrent pas dans la base de mesures (${why})\u202f; le journal les garde`,
  },
};
