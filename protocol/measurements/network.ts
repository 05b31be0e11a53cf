import type { MeasurementDefinition } from './definition.ts';

/** What is reached over the network. */
export const NETWORK: Readonly<Record<string, MeasurementDefinition>> = {
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
};
