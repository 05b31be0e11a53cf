import type { MeasurementDefinition } from './definition.ts';

/** Of network gear, UPSes, printers and whatever else is asked over SNMP. */
export const SNMP: Readonly<Record<string, MeasurementDefinition>> = {
  interface: {
    fr: 'Interface',
    en: 'Interface',
    tags: ['name', 'alias'],
    fields: {
      in_bps: { unit: 'bits/s', fr: 'débit entrant', en: 'received' },
      out_bps: { unit: 'bits/s', fr: 'débit sortant', en: 'sent' },
      in_utilization: { unit: 'percent', fr: 'occupation entrante', en: 'utilization, received' },
      out_utilization: { unit: 'percent', fr: 'occupation sortante', en: 'utilization, sent' },
      in_packets: { unit: 'per-second', fr: 'paquets entrants', en: 'packets received' },
      out_packets: { unit: 'per-second', fr: 'paquets sortants', en: 'packets sent' },
      in_errors: { unit: 'per-second', fr: 'erreurs en entrée', en: 'errors in' },
      out_errors: { unit: 'per-second', fr: 'erreurs en sortie', en: 'errors out' },
      in_discards: { unit: 'per-second', fr: 'paquets rejetés en entrée', en: 'discards in' },
      out_discards: { unit: 'per-second', fr: 'paquets rejetés en sortie', en: 'discards out' },
      oper_status: { unit: 'count', fr: 'état (1\u202f: active)', en: 'status (1: up)' },
      admin_status: { unit: 'count', fr: 'état voulu (1\u202f: active)', en: 'wanted status (1: up)' },
      speed_bps: { unit: 'bits/s', fr: 'vitesse', en: 'speed' },
    },
  },
  snmp_sensor: {
    fr: 'Capteur',
    en: 'Sensor',
    tags: ['kind', 'name', 'unit'],
    fields: {
      value: { unit: 'count', fr: 'valeur', en: 'value' },
      status_code: { unit: 'count', fr: 'état (0\u202f: bon)', en: 'status (0: ok)' },
    },
  },
  printer_supply: {
    fr: 'Consommable',
    en: 'Supply',
    tags: ['name', 'kind'],
    fields: {
      left_percent: { unit: 'percent', fr: 'reste', en: 'left' },
    },
  },
  snmp: {
    fr: 'Réponse SNMP',
    en: 'SNMP answers',
    tags: [],
    fields: {
      response_ms: { unit: 'milliseconds', fr: 'durée du relevé', en: 'time of a poll' },
      values: { unit: 'count', fr: 'valeurs lues', en: 'values read' },
      faults: { unit: 'count', fr: 'parties illisibles', en: 'parts that could not be read' },
      uptime: { unit: 'seconds', fr: 'en marche depuis', en: 'up for' },
    },
  },
};
