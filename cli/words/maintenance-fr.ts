import type { MaintenanceWords } from './maintenance-en.ts';

export const maintenanceFr: MaintenanceWords = {
  needs: (flags) => `${flags}\u202f: à préciser`,
  badTime: (flag, found) =>
    `${flag}\u202f: attendu\u202f: une date comme «\u202f2026-12-01 22:00\u202f»\u202f; trouvé\u202f: ${found}`,
  badAttribute: (found) =>
    `--attribute\u202f: attendu\u202f: store.nom=valeur ou device.nom=valeur\u202f; trouvé\u202f: ${found}`,
  badKind: (found, known) => `--device-kind\u202f: attendu\u202f: ${known}\u202f; trouvé\u202f: ${found}`,
  noScope: 'dites sur quoi elle porte\u202f: --place, --region, --device-kind, --attribute ou --everything',
  standing: { now: 'en cours', coming: 'à venir', over: 'passée' },
  kind: { maintenance: 'maintenance', change: 'changement' },
  none: 'Aucune fenêtre.',
  saved: (id, from, to, stores) => `${id}\u202f: du ${from} au ${to}, ${stores} ${stores < 2 ? 'magasin' : 'magasins'}`,
  ended: (id) => `${id}\u202f: terminée.`,
  removed: (id) => `${id}\u202f: supprimée.`,
  faults: (path, count) => `${path}\u202f: rien n’a été importé, ${count} ${count < 2 ? 'défaut' : 'défauts'}\u202f:`,
  imported: (count, removed) =>
    `${count} ${count < 2 ? 'fenêtre importée' : 'fenêtres importées'}, ${removed} ${removed < 2 ? 'annulée et supprimée' : 'annulées et supprimées'}.`,
  written: (path) => `écrit\u202f: ${path}`,
  unwritable: (path, why) => `${path} ne peut pas être écrit\u202f: ${why}`,
};
