import { defineProfile, type TrapRule } from '../profile.ts';

/** SNMPv2-MIB, which RFC 3584 gives the generic traps of version 1 as well. */
const SNMP_TRAPS = '1.3.6.1.6.3.1.1.5';
const LINK_DOWN = `${SNMP_TRAPS}.3`;
const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const IF_INDEX = `{${IF_ENTRY}.1}`;
/** ifName, ifDescr, or its number at least; and what the store's people call it. */
const INTERFACE = `{${IF_X_ENTRY}.1|${IF_ENTRY}.2|${IF_ENTRY}.1} ({${IF_X_ENTRY}.18})`;

/** UPS-MIB: its traps, those of version 1 with the 0 that RFC 3584 gives them, and its alarms. */
const UPS = '1.3.6.1.2.1.33';
const UPS_TRAPS = `${UPS}.2`;
const ALARM_ID = `{${UPS}.1.6.2.1.1}`;
const ALARM = `${UPS}.1.6.2.1.2`;
const WELL_KNOWN_ALARMS = `${UPS}.1.6.3`;

const ALARMS: readonly (readonly [severity: 'info' | 'warning' | 'critical', fr: string, en: string])[] = [
  ['critical', 'batterie à remplacer', 'battery to be replaced'],
  // A short cut is what a UPS is for: the poll that follows judges what is left of the battery.
  ['warning', 'sur batterie', 'on battery'],
  ['critical', 'batterie faible', 'battery low'],
  ['critical', 'batterie vidée', 'battery depleted'],
  ['warning', 'température hors limites', 'temperature out of range'],
  ['warning', 'entrée hors limites', 'input out of range'],
  ['critical', 'sortie hors limites', 'output out of range'],
  ['critical', 'surcharge', 'overload'],
  ['warning', 'en bypass', 'on bypass'],
  ['warning', 'bypass hors limites', 'bypass out of range'],
  ['warning', 'sortie coupée sur demande', 'output off as requested'],
  ['warning', 'onduleur arrêté sur demande', 'UPS off as requested'],
  ['critical', 'chargeur en panne', 'charger failed'],
  ['critical', 'sortie coupée', 'output off'],
  ['critical', 'système arrêté', 'system off'],
  ['warning', 'ventilateur en panne', 'fan failed'],
  ['critical', 'fusible en panne', 'fuse failed'],
  ['critical', 'défaut général', 'general fault'],
  ['warning', 'autotest en échec', 'self-test failed'],
  ['warning', 'communication perdue', 'communication lost'],
  ['warning', 'attend le courant', 'awaiting power'],
  ['critical', 'arrêt prévu', 'shutdown pending'],
  ['critical', 'arrêt imminent', 'shutdown imminent'],
  ['info', 'test en cours', 'test in progress'],
];

/** The alarms by their names; one that is the maker's own by its number. */
function alarmRules(added: string, removed: string): TrapRule[] {
  const begins = { oid: added, name: 'upsTrapAlarmEntryAdded', key: ALARM_ID };
  const ends = { oid: removed, severity: 'clears' as const, clears: added, key: ALARM_ID };
  return [
    ...ALARMS.flatMap(([severity, fr, en], at): TrapRule[] => {
      const where = { oid: ALARM, is: `${WELL_KNOWN_ALARMS}.${at + 1}`.replaceAll('.', '\\.') };
      return [
        { ...begins, where, severity, title: { fr: `Alarme de l’onduleur\u202f: ${fr}`, en: `UPS alarm: ${en}` } },
        { ...ends, where, title: { fr: `Fin d’alarme de l’onduleur\u202f: ${fr}`, en: `UPS alarm over: ${en}` } },
      ];
    }),
    {
      ...begins,
      severity: 'warning',
      title: { fr: `Alarme de l’onduleur\u202f: {${ALARM}}`, en: `UPS alarm: {${ALARM}}` },
    },
    { ...ends, title: { fr: `Fin d’alarme de l’onduleur\u202f: {${ALARM}}`, en: `UPS alarm over: {${ALARM}}` } },
  ];
}

/** Printer-MIB: what most often stops a printer, by PrtAlertCodeTC. */
const PRINTER_ALERT = '1.3.6.1.2.1.43.18.2.0.1';
const ALERT_CODE = '1.3.6.1.2.1.43.18.1.1.7';
const ALERTS: readonly (readonly [code: number, fr: string, en: string])[] = [
  [3, 'capot ouvert', 'cover open'],
  [4, 'capot fermé', 'cover closed'],
  [8, 'bourrage', 'paper jam'],
  [9, 'élément manquant', 'part missing'],
  [10, 'élément presque usé', 'part almost worn out'],
  [11, 'élément usé', 'part worn out'],
  [12, 'presque vide', 'almost empty'],
  [13, 'vide', 'empty'],
  [14, 'presque plein', 'almost full'],
  [15, 'plein', 'full'],
  [22, 'hors ligne', 'offline'],
  [807, 'papier bientôt épuisé', 'paper low'],
  [808, 'plus de papier', 'out of paper'],
  [1101, 'plus de toner', 'out of toner'],
  [1102, 'plus d’encre', 'out of ink'],
  [1104, 'toner presque épuisé', 'toner low'],
  [1105, 'encre presque épuisée', 'ink low'],
  [1107, 'bac de récupération presque plein', 'waste toner almost full'],
  [1109, 'bac de récupération plein', 'waste toner full'],
  [1801, 'une alerte est levée', 'an alert is over'],
];

const info = (oid: string, name: string, fr: string, en: string): TrapRule => ({
  oid,
  name,
  title: { fr, en },
  severity: 'info',
});

export const profile = defineProfile({
  name: 'standard-traps',
  title: 'SNMP',
  match: 'any',
  rank: 0,
  traps: [
    info(`${SNMP_TRAPS}.1`, 'coldStart', 'L’équipement a démarré', 'The device has started'),
    info(`${SNMP_TRAPS}.2`, 'warmStart', 'L’équipement a redémarré à chaud', 'The device has restarted its software'),
    // A till that is switched off takes its port with it: only a look tells whether the port must be up.
    {
      ...info(LINK_DOWN, 'linkDown', `Interface coupée\u202f: ${INTERFACE}`, `Interface down: ${INTERFACE}`),
      key: IF_INDEX,
    },
    {
      oid: `${SNMP_TRAPS}.4`,
      name: 'linkUp',
      title: { fr: `Interface rétablie\u202f: ${INTERFACE}`, en: `Interface up: ${INTERFACE}` },
      severity: 'clears',
      clears: LINK_DOWN,
      key: IF_INDEX,
    },
    info(
      `${SNMP_TRAPS}.5`,
      'authenticationFailure',
      'L’équipement a refusé une requête SNMP\u202f: mot de passe ou communauté inconnus',
      'The device refused an SNMP request: unknown password or community',
    ),
    ...[UPS_TRAPS, `${UPS_TRAPS}.0`].flatMap((base): TrapRule[] => [
      {
        oid: `${base}.1`,
        name: 'upsTrapOnBattery',
        title: {
          fr: `Onduleur sur batterie, autonomie restante (min)\u202f: {${UPS}.1.2.3}`,
          en: `UPS on battery, minutes left: {${UPS}.1.2.3}`,
        },
        severity: 'warning',
      },
      info(`${base}.2`, 'upsTrapTestCompleted', 'Test de l’onduleur terminé', 'UPS test completed'),
      ...alarmRules(`${base}.3`, `${base}.4`),
    ]),
    // What is wrong is read at once from the printer itself.
    ...ALERTS.map(
      ([code, fr, en]): TrapRule => ({
        ...info(PRINTER_ALERT, 'printerV2Alert', `Alerte de l’imprimante\u202f: ${fr}`, `Printer alert: ${en}`),
        where: { oid: ALERT_CODE, is: `${code}` },
      }),
    ),
    info(
      PRINTER_ALERT,
      'printerV2Alert',
      `Alerte de l’imprimante, code {${ALERT_CODE}}`,
      `Printer alert, code {${ALERT_CODE}}`,
    ),
    info(
      '1.3.6.1.2.1.47.2.0.1',
      'entConfigChange',
      'Les modules de l’équipement ont changé',
      'The modules of the device have changed',
    ),
    info(
      '1.0.8802.1.1.2.0.0.1',
      'lldpRemTablesChange',
      'Les voisins de l’équipement ont changé',
      'The neighbours of the device have changed',
    ),
    info('1.3.6.1.2.1.17.0.1', 'newRoot', 'L’équipement est devenu la racine STP', 'The device became the root of STP'),
    info('1.3.6.1.2.1.17.0.2', 'topologyChange', 'Topologie STP modifiée', 'The STP topology has changed'),
  ],
});
