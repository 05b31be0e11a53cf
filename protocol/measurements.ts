/** What a field counts in: decides how it is written for people. */
export type Unit =
  | 'percent'
  | 'bytes'
  | 'bytes/s'
  | 'per-second'
  | 'seconds'
  | 'milliseconds'
  | 'celsius'
  | 'count'
  | 'load'
  | 'bool';

export interface FieldDefinition {
  unit: Unit;
  fr: string;
  en: string;
}

export interface MeasurementDefinition {
  fr: string;
  en: string;
  /** Tags that tell its series apart. */
  tags: readonly string[];
  fields: Readonly<Record<string, FieldDefinition>>;
}

/** Measurements people read, under Telegraf's names. A measurement that is not here is stored and judged all the same. */
export const MEASUREMENTS: Readonly<Record<string, MeasurementDefinition>> = {
  cpu: {
    fr: 'Processeur',
    en: 'CPU',
    tags: ['cpu'],
    fields: {
      usage_active: { unit: 'percent', fr: 'occupé', en: 'busy' },
      usage_user: { unit: 'percent', fr: 'utilisateur', en: 'user' },
      usage_system: { unit: 'percent', fr: 'système', en: 'system' },
      usage_iowait: { unit: 'percent', fr: 'attente disque', en: 'waiting for disk' },
      usage_idle: { unit: 'percent', fr: 'libre', en: 'idle' },
    },
  },
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
  mem: {
    fr: 'Mémoire',
    en: 'Memory',
    tags: [],
    fields: {
      used_percent: { unit: 'percent', fr: 'utilisée', en: 'used' },
      available_percent: { unit: 'percent', fr: 'disponible', en: 'available' },
      total: { unit: 'bytes', fr: 'totale', en: 'total' },
      used: { unit: 'bytes', fr: 'utilisée', en: 'used' },
      available: { unit: 'bytes', fr: 'disponible', en: 'available' },
      free: { unit: 'bytes', fr: 'libre', en: 'free' },
      cached: { unit: 'bytes', fr: 'cache', en: 'cached' },
      buffered: { unit: 'bytes', fr: 'tampons', en: 'buffered' },
    },
  },
  swap: {
    fr: 'Mémoire d’échange',
    en: 'Swap',
    tags: [],
    fields: {
      used_percent: { unit: 'percent', fr: 'utilisée', en: 'used' },
      total: { unit: 'bytes', fr: 'totale', en: 'total' },
      used: { unit: 'bytes', fr: 'utilisée', en: 'used' },
      free: { unit: 'bytes', fr: 'libre', en: 'free' },
    },
  },
  disk: {
    fr: 'Disque',
    en: 'Disk',
    tags: ['path', 'device', 'fstype'],
    fields: {
      used_percent: { unit: 'percent', fr: 'utilisé', en: 'used' },
      inodes_used_percent: { unit: 'percent', fr: 'inodes utilisés', en: 'inodes used' },
      total: { unit: 'bytes', fr: 'total', en: 'total' },
      used: { unit: 'bytes', fr: 'utilisé', en: 'used' },
      free: { unit: 'bytes', fr: 'libre', en: 'free' },
      inodes_total: { unit: 'count', fr: 'inodes', en: 'inodes' },
      inodes_used: { unit: 'count', fr: 'inodes utilisés', en: 'inodes used' },
      inodes_free: { unit: 'count', fr: 'inodes libres', en: 'inodes free' },
    },
  },
  diskio: {
    fr: 'Activité disque',
    en: 'Disk activity',
    tags: ['name'],
    fields: {
      read_bytes: { unit: 'bytes', fr: 'lus', en: 'read' },
      write_bytes: { unit: 'bytes', fr: 'écrits', en: 'written' },
      reads: { unit: 'count', fr: 'lectures', en: 'reads' },
      writes: { unit: 'count', fr: 'écritures', en: 'writes' },
      read_time: { unit: 'milliseconds', fr: 'temps de lecture', en: 'time reading' },
      write_time: { unit: 'milliseconds', fr: 'temps d’écriture', en: 'time writing' },
      io_time: { unit: 'milliseconds', fr: 'temps actif', en: 'time active' },
    },
  },
  net: {
    fr: 'Réseau',
    en: 'Network',
    tags: ['interface'],
    fields: {
      bytes_recv: { unit: 'bytes', fr: 'reçus', en: 'received' },
      bytes_sent: { unit: 'bytes', fr: 'envoyés', en: 'sent' },
      packets_recv: { unit: 'count', fr: 'paquets reçus', en: 'packets received' },
      packets_sent: { unit: 'count', fr: 'paquets envoyés', en: 'packets sent' },
      err_in: { unit: 'count', fr: 'erreurs en réception', en: 'receive errors' },
      err_out: { unit: 'count', fr: 'erreurs à l’envoi', en: 'send errors' },
      drop_in: { unit: 'count', fr: 'paquets perdus en réception', en: 'dropped on receive' },
      drop_out: { unit: 'count', fr: 'paquets perdus à l’envoi', en: 'dropped on send' },
    },
  },
  system: {
    fr: 'Système',
    en: 'System',
    tags: [],
    fields: {
      load1: { unit: 'load', fr: 'charge 1 min', en: 'load 1 min' },
      load5: { unit: 'load', fr: 'charge 5 min', en: 'load 5 min' },
      load15: { unit: 'load', fr: 'charge 15 min', en: 'load 15 min' },
      n_cpus: { unit: 'count', fr: 'processeurs', en: 'CPUs' },
      uptime: { unit: 'seconds', fr: 'en marche depuis', en: 'uptime' },
    },
  },
  processes: {
    fr: 'Processus',
    en: 'Processes',
    tags: [],
    fields: {
      total: { unit: 'count', fr: 'au total', en: 'total' },
      running: { unit: 'count', fr: 'actifs', en: 'running' },
      blocked: { unit: 'count', fr: 'bloqués', en: 'blocked' },
      zombies: { unit: 'count', fr: 'zombies', en: 'zombies' },
    },
  },
  procstat_lookup: {
    fr: 'Processus attendu',
    en: 'Expected process',
    tags: ['pattern'],
    fields: { running: { unit: 'count', fr: 'en marche', en: 'running' } },
  },
  net_response: {
    fr: 'Port réseau',
    en: 'Network port',
    tags: ['server', 'port', 'protocol', 'result'],
    fields: {
      response_time: { unit: 'seconds', fr: 'temps de réponse', en: 'response time' },
      result_code: { unit: 'count', fr: 'code de résultat', en: 'result code' },
    },
  },
  http_response: {
    fr: 'Réponse HTTP',
    en: 'HTTP response',
    tags: ['server', 'method', 'result'],
    fields: {
      response_time: { unit: 'seconds', fr: 'temps de réponse', en: 'response time' },
      http_response_code: { unit: 'count', fr: 'code HTTP', en: 'HTTP status' },
      content_length: { unit: 'bytes', fr: 'taille', en: 'size' },
      result_code: { unit: 'count', fr: 'code de résultat', en: 'result code' },
    },
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
