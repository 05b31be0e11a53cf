import type { BacktestWords } from './backtest-en.ts';

export const backtestFr: BacktestWords = {
  needsRules: '--rules\u202f: indiquez le fichier des règles à essayer',
  badTime: (flag, found) =>
    `${flag}\u202f: attendu un jour comme 2026-11-01, une heure comme 2026-11-01T08:00Z, ou une durée avant maintenant comme 7d ou 12h\u202f; trouvé ${found}`,
  badSpan: '--from\u202f: attendu une heure avant --to',
  notPast: '--to\u202f: attendu une heure passée',
  tooLong: (days) =>
    `--from\u202f: un serveur rejoue ${days} jours au plus\u202f; avec --offline, il n’y a pas de limite`,
  noPlace: (place) => `il n’y a ni enseigne ni magasin ${place}`,
  refused: (faults) => `ceci ne peut pas être rejoué\u202f:\n${faults}`,
  running: (held) => `un serveur travaille sur ${held}\u202f: sans --offline, c’est à lui que la question est posée`,
  noFolder: (path) => `${path} ne contient pas les données d’un serveur`,
  progress: (percent, left) => `${percent} %${left === undefined ? '' : `, encore ${left} environ`}`,
  cancelled: 'Annulé.',
  failed: (why) => `le rejeu a échoué\u202f: ${why}`,
  title: (from, to, stores, devices) =>
    `Du ${from} au ${to}\u202f: ${stores} ${stores > 1 ? 'magasins' : 'magasin'}, ${devices} ${devices > 1 ? 'équipements' : 'équipement'}.`,
  columns: { before: 'avant', after: 'après' },
  rows: {
    incidents: 'incidents',
    incidentsPerDay: 'incidents (tickets) par jour',
    alerts: 'alertes',
    alertsPerDay: 'alertes par jour',
    priority: (priority) => `incidents P${priority}`,
    device: 'incidents d’un équipement',
    store: 'incidents d’un magasin',
    flapping: 'incidents instables',
    laneMinutesLost: 'minutes-caisse perdues',
    toAlert: 'de la panne à l’alerte, médiane / p95',
    toIncident: 'de la panne à l’incident, médiane / p95',
  },
  seconds: (s) => `${String(s).replace('.', ',')} s`,
  gained: (count) => `Gagnés\u202f: ${count}`,
  lost: (count) => `Perdus\u202f: ${count}`,
  changed: (count) => `Autrement\u202f: ${count}`,
  more: (count) => `… et ${count} de plus`,
  rules: 'Règles qui se déclenchent le plus',
  devices: 'Équipements les plus bruyants',
  real: (found, opened) =>
    `Sur ${opened} incidents vraiment ouverts pendant ce temps, le rejeu des règles d’avant en retrouve ${found}.`,
  notes: {
    'evidence-begins-later':
      'pertes et états des contrôles n’étaient pas notés avant {at}\u202f: ce qu’eux seuls disent manque',
    'rolled-up':
      'avant {at}, il ne reste que des agrégats\u202f: de chacun, la pire valeur et la dernière ont été jugées',
    'missing-checks-not-replayed':
      'l’absence d’un contrôle n’est pas rejouée\u202f: rien ne garde quand un contrôle sain a tourné',
    'forecasts-begin-anew': 'les prévisions ne remontent qu’à {at}',
    'learning-begins-anew':
      'les règles qui apprennent l’habituel ne l’apprennent qu’à partir de {at}\u202f: environ deux semaines pour les ventes, trois jours à la même heure pour les autres mesures\u202f; avant, elles se taisent',
    'stores-judged-alone':
      'les magasins ont été jugés un par un, avec l’inventaire, les horaires et les travaux prévus d’aujourd’hui',
    'lists-cut': 'les listes sont coupées\u202f; les nombres sont entiers',
  },
};
