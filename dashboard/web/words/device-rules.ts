import { computed } from '@preact/signals';
import { locale } from '../state/prefs.ts';

const fr = {
  title: 'Règles',
  lead: (judging: string, adapted: number) =>
    adapted === 0
      ? `${judging} jugent cet équipement, toutes avec leurs valeurs d’origine.`
      : `${judging} jugent cet équipement\u202f; ${adapted === 1 ? 'une est adaptée' : `${adapted} sont adaptées`} à lui ou à son magasin.`,
  rules: (count: number) => (count === 1 ? '1 règle' : `${count} règles`),
  none: 'Aucune règle ne juge cet équipement.',
  others: (count: number) =>
    count === 1
      ? 'L’autre règle, avec ses valeurs d’origine'
      : `Les ${count} autres règles, avec leurs valeurs d’origine`,
  off: 'désactivée',
  on: 'réactivée',
  passedOver: 'Une exception est ignorée, car incompatible avec des réglages plus généraux\u202f:',
  origins: {
    chain: (name: string) => `enseigne ${name}`,
    group: (name: string) => `groupe ${name}`,
    store: (name: string) => `magasin ${name}`,
    kind: (kinds: string, within: string | undefined) => (within === undefined ? kinds : `${kinds}, ${within}`),
    device: 'cet équipement',
  },
  urgencies: { 1: 'haute', 2: 'moyenne', 3: 'basse' } as Record<number, string>,
  values: {
    open: 'heures d’ouverture',
    always: 'à toute heure',
    keep: 'rien',
    alert: 'alerte',
    resolve: 'fin de l’alerte',
    avg: 'moyenne',
    last: 'dernier relevé',
    count: 'nombre de relevés',
    rate: 'débit',
    delta: 'gain',
    warning: 'avertissement',
    critical: 'critique',
    unknown: 'inconnu',
  } as Record<string, string>,
  day: 'j',
  spreads: (count: string) => `${count} fois l’écart habituel`,
  settings: {
    raise: 'Défaut à partir de',
    clear: 'Fin du défaut à',
    window: 'Fenêtre',
    aggregate: 'Ce qui est jugé',
    coverage: 'Part couverte au moins',
    noData: 'Sans relevé',
    after: 'Sans relevé depuis',
    intervals: 'Intervalles sans relevé',
    stoppedFor: 'Après un arrêt annoncé',
    limit: 'Limite',
    within: 'Limite attendue d’ici',
    clearBeyond: 'Fin si attendue au-delà de',
    over: 'Recul',
    severity: 'Gravité',
    urgency: 'Urgence',
    hours: 'Quand',
    for: 'Confirmé après',
    clearFor: 'Terminé après',
    before: 'Contrôlé avant l’ouverture',
    expectOnBefore: 'Allumé avant l’ouverture',
    least: 'Écart d’au moins',
    adapt: 'Devient l’habitude après',
    chance: 'Hasard admis',
    others: 'Part vendue par les autres',
  } as Record<string, string>,
};

const en: typeof fr = {
  title: 'Rules',
  lead: (judging, adapted) =>
    adapted === 0
      ? `${judging} judge this device, all with their own values.`
      : `${judging} judge this device; ${adapted === 1 ? 'one is adapted' : `${adapted} are adapted`} to it or its store.`,
  rules: (count) => (count === 1 ? '1 rule' : `${count} rules`),
  none: 'No rule judges this device.',
  others: (count) =>
    count === 1 ? 'The other rule, with its own values' : `The ${count} other rules, with their own values`,
  off: 'off',
  on: 'on again',
  passedOver: 'An override is passed over, as it does not go with what wider places set:',
  origins: {
    chain: (name) => `chain ${name}`,
    group: (name) => `group ${name}`,
    store: (name) => `store ${name}`,
    kind: (kinds, within) => (within === undefined ? kinds : `${kinds}, ${within}`),
    device: 'this device',
  },
  urgencies: { 1: 'high', 2: 'medium', 3: 'low' },
  values: {
    open: 'opening hours',
    always: 'at any hour',
    keep: 'nothing',
    alert: 'alert',
    resolve: 'end of the alert',
    avg: 'average',
    last: 'last reading',
    count: 'number of readings',
    rate: 'rate',
    delta: 'gain',
  },
  day: 'd',
  spreads: (count) => `${count} times the usual spread`,
  settings: {
    raise: 'Fault from',
    clear: 'Gone at',
    window: 'Window',
    aggregate: 'What is judged',
    coverage: 'Share covered at least',
    noData: 'Without readings',
    after: 'Without readings for',
    intervals: 'Intervals without a report',
    stoppedFor: 'After a goodbye',
    limit: 'Limit',
    within: 'Limit expected within',
    clearBeyond: 'Gone if expected beyond',
    over: 'Looks back',
    severity: 'Severity',
    urgency: 'Urgency',
    hours: 'When',
    for: 'Confirmed after',
    clearFor: 'Gone after',
    before: 'Checked before opening',
    expectOnBefore: 'Switched on before opening',
    least: 'Off by at least',
    adapt: 'Becomes usual after',
    chance: 'Chance allowed',
    others: 'Share the others sell',
  },
};

/** The words of the rules that judge a device. */
export const ruleWords = computed(() => (locale.value === 'fr' ? fr : en));
