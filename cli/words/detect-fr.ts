import type { DetectWords } from './detect-en.ts';

export const detectFr: DetectWords = {
  usage: 'dites quel fichier juger\u202f: vigie detect --csv FICHIER (- lit l’entrée standard)',
  noText: (source) => `${source}\u202f: il n’y a aucune ligne`,
  noColumn: (where, column, known) =>
    `${where}\u202f: il n’y a pas de colonne «\u202f${column}\u202f»\u202f; il y a\u202f: ${known}`,
  whichColumn: (where, flag, known) =>
    `${where}\u202f: de quelle colonne s’agit-il\u202f? Indiquez ${flag}=…\u202f; il y a\u202f: ${known}`,
  cellMissing: (where, cells, needed) => `${where}\u202f: ${cells} cellule(s), il en faut au moins ${needed}`,
  badTime: (where, text) =>
    `${where}\u202f: «\u202f${text}\u202f» n’est pas une heure\u202f; il faut 2026-05-04T10:30:00Z, 2026-05-04 10:30:00, ou des secondes ou millisecondes depuis 1970`,
  badValue: (where, text) => `${where}\u202f: «\u202f${text}\u202f» n’est pas un nombre`,
  tooLong: (where) => `${where}\u202f: cette ligne n’a pas de fin\u202f; est-ce un fichier CSV\u202f?`,
};
