import type { Command } from '../command.ts';

/** Scores a series of measurements: how unlike its past each row is. */
export const command: Command = {
  summary: {
    en: 'scores how unlike its past each row of a series is, from a CSV file',
    fr: 'note, d’après un fichier CSV, combien chaque ligne d’une série diffère de son passé',
  },
  operands: '',
  options: { csv: { type: 'string' }, time: { type: 'string' }, value: { type: 'string' } },
  help: {
    csv: {
      en: 'The file, timestamp,value; - reads standard input',
      fr: 'Le fichier, timestamp,value\u202f; - lit l’entrée standard',
    },
    time: { en: 'Name of the column of times (timestamp)', fr: 'Nom de la colonne des heures (timestamp)' },
    value: { en: 'Name of the column of values (value)', fr: 'Nom de la colonne des valeurs (value)' },
  },
  async run(invocation) {
    return (await import('../detect/detect.ts')).detect(invocation);
  },
};
