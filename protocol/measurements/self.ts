import type { MeasurementDefinition } from './definition.ts';

/** Vigie about itself. */
export const SELF: Readonly<Record<string, MeasurementDefinition>> = {
  vigie_log: {
    fr: 'Journal des rapports',
    en: 'Report log',
    tags: [],
    fields: {
      age_seconds: { unit: 'seconds', fr: 'en retard de', en: 'behind by' },
      used_percent: { unit: 'percent', fr: 'rempli', en: 'full' },
      bytes: { unit: 'bytes', fr: 'taille', en: 'size' },
    },
  },
  vigie: {
    fr: 'Vigie',
    en: 'Vigie',
    tags: [],
    fields: { problems: { unit: 'count', fr: 'difficultés', en: 'problems' } },
  },
  internal_agent: {
    fr: 'Agent',
    en: 'Agent',
    tags: [],
    fields: {
      rss_bytes: { unit: 'bytes', fr: 'mémoire', en: 'memory' },
      cpu_seconds: { unit: 'seconds', fr: 'temps processeur', en: 'CPU time' },
      outbox_reports: { unit: 'count', fr: 'rapports en attente', en: 'reports waiting' },
      outbox_bytes: { unit: 'bytes', fr: 'taille de la file', en: 'queue size' },
      certificate_expiry: { unit: 'seconds', fr: 'certificat valable encore', en: 'certificate good for' },
      certificate_used_percent: { unit: 'percent', fr: 'vie du certificat écoulée', en: 'certificate’s life over' },
      outbox_oldest_seconds: { unit: 'seconds', fr: 'le plus ancien attend depuis', en: 'the oldest waits for' },
      dropped_reports: { unit: 'count', fr: 'rapports abandonnés', en: 'reports dropped' },
      reconnects: { unit: 'count', fr: 'reconnexions', en: 'reconnections' },
      check_failures: { unit: 'count', fr: 'mesures échouées', en: 'checks failed' },
      clock_step_seconds: { unit: 'seconds', fr: 'horloge déplacée de', en: 'clock set by' },
    },
  },
  internal_check: {
    fr: 'Mesure de l’agent',
    en: 'Check of the agent',
    tags: ['check'],
    fields: {
      duration_ms: { unit: 'milliseconds', fr: 'durée la plus longue', en: 'longest run' },
      runs: { unit: 'count', fr: 'exécutions', en: 'runs' },
      failures: { unit: 'count', fr: 'échecs', en: 'failures' },
    },
  },
};
