import type { MeasurementDefinition } from './definition.ts';

/** What is reached over the network. */
export const NETWORK: Readonly<Record<string, MeasurementDefinition>> = {
  net_response: {
    fr: 'Port réseau',
    en: 'Network port',
    tags: ['server', 'port', 'protocol', 'result'],
    fields: {
      response_time: { unit: 'seconds', fr: 'temps de réponse', en: 'response time' },
      string_found: { unit: 'bool', fr: 'texte attendu trouvé', en: 'expected text found' },
      result_code: { unit: 'count', fr: 'code de résultat', en: 'result code' },
    },
  },
  http_response: {
    fr: 'Réponse HTTP',
    en: 'HTTP response',
    tags: ['server', 'method', 'result'],
    fields: {
      response_time: { unit: 'seconds', fr: 'temps de réponse', en: 'response time' },
      first_byte_time: { unit: 'seconds', fr: 'premier octet', en: 'first byte' },
      http_response_code: { unit: 'count', fr: 'code HTTP', en: 'HTTP status' },
      content_length: { unit: 'bytes', fr: 'taille', en: 'size' },
      redirects: { unit: 'count', fr: 'redirections', en: 'redirects' },
      value: { unit: 'count', fr: 'valeur', en: 'value' },
      result_code: { unit: 'count', fr: 'code de résultat', en: 'result code' },
    },
  },
  neighbour: {
    fr: 'Voisin',
    en: 'Neighbour',
    tags: ['neighbour'],
    fields: {
      reached: { unit: 'count', fr: 'joint', en: 'reached' },
      response_time: { unit: 'seconds', fr: 'temps de réponse', en: 'response time' },
    },
  },
  ping: {
    fr: 'Ping',
    en: 'Ping',
    tags: ['url'],
    fields: {
      percent_packet_loss: { unit: 'percent', fr: 'pertes', en: 'loss' },
      average_response_ms: { unit: 'milliseconds', fr: 'aller-retour moyen', en: 'average round trip' },
      minimum_response_ms: { unit: 'milliseconds', fr: 'aller-retour minimal', en: 'shortest round trip' },
      maximum_response_ms: { unit: 'milliseconds', fr: 'aller-retour maximal', en: 'longest round trip' },
      standard_deviation_ms: { unit: 'milliseconds', fr: 'écart type', en: 'standard deviation' },
      jitter_ms: { unit: 'milliseconds', fr: 'gigue', en: 'jitter' },
      packets_transmitted: { unit: 'count', fr: 'échos demandés', en: 'echoes asked' },
      packets_received: { unit: 'count', fr: 'échos reçus', en: 'echoes received' },
      ttl: { unit: 'count', fr: 'durée de vie (TTL)', en: 'time to live' },
      result_code: { unit: 'count', fr: 'code de résultat', en: 'result code' },
    },
  },
  dns_query: {
    fr: 'Requête DNS',
    en: 'DNS query',
    tags: ['server', 'domain', 'record_type', 'result'],
    fields: {
      query_time_ms: { unit: 'milliseconds', fr: 'temps de réponse', en: 'response time' },
      answers: { unit: 'count', fr: 'réponses', en: 'answers' },
      result_code: { unit: 'count', fr: 'code de résultat', en: 'result code' },
    },
  },
  x509_cert: {
    fr: 'Certificat',
    en: 'Certificate',
    tags: ['source', 'common_name', 'issuer_common_name', 'verification'],
    fields: {
      days_left: { unit: 'count', fr: 'jours restants', en: 'days left' },
      chain_days_left: { unit: 'count', fr: 'jours restants de la chaîne', en: 'days left of its chain' },
      expiry: { unit: 'seconds', fr: 'expire dans', en: 'expires in' },
      age: { unit: 'seconds', fr: 'âge', en: 'age' },
      startdate: { unit: 'count', fr: 'début (secondes depuis 1970)', en: 'start (seconds since 1970)' },
      enddate: { unit: 'count', fr: 'fin (secondes depuis 1970)', en: 'end (seconds since 1970)' },
      verification_code: { unit: 'count', fr: 'code de vérification', en: 'verification code' },
    },
  },
  wan_path: {
    fr: 'Accès au réseau',
    en: 'WAN path',
    tags: ['link', 'interface', 'gateway'],
    fields: {
      on_backup: { unit: 'bool', fr: 'sur lien de secours', en: 'on backup' },
      link_index: { unit: 'count', fr: 'rang du lien', en: 'rank of the link' },
      gateway_reachable: { unit: 'bool', fr: 'passerelle joignable', en: 'gateway reachable' },
      metric: { unit: 'count', fr: 'métrique de la route', en: 'route metric' },
      changes: { unit: 'count', fr: 'changements de lien', en: 'changes of link' },
    },
  },
  nagios_state: {
    fr: 'Sonde Nagios',
    en: 'Nagios plugin',
    tags: [],
    fields: {
      state: { unit: 'count', fr: 'code de retour', en: 'exit code' },
    },
  },
  nagios: {
    fr: 'Mesure de sonde',
    en: 'Plugin value',
    tags: ['perfdata', 'unit'],
    fields: {
      value: { unit: 'count', fr: 'valeur', en: 'value' },
      min: { unit: 'count', fr: 'minimum', en: 'minimum' },
      max: { unit: 'count', fr: 'maximum', en: 'maximum' },
    },
  },
};
