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
      dropped_reports: { unit: 'count', fr: 'rapports abandonnés', en: 'reports dropped' },
    },
  },
};
