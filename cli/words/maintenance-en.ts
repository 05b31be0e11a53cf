export const maintenanceEn = {
  needs: (flags: string) => `${flags}: say it`,
  badTime: (flag: string, found: string) => `${flag}: expected a time such as "2026-12-01 22:00", found ${found}`,
  badAttribute: (found: string) => `--attribute: expected store.name=value or device.name=value, found ${found}`,
  badKind: (found: string, known: string) => `--device-kind: expected ${known}; found ${found}`,
  noScope: 'say what it is about: --place, --region, --device-kind, --attribute, or --everything',
  standing: { now: 'now', coming: 'coming', over: 'over' },
  kind: { maintenance: 'maintenance', change: 'change' },
  none: 'No window.',
  saved: (id: string, from: string, to: string, stores: number) =>
    `${id}: from ${from} to ${to}, ${stores} ${stores === 1 ? 'store' : 'stores'}`,
  ended: (id: string) => `${id}: ended.`,
  removed: (id: string) => `${id}: removed.`,
  faults: (path: string, count: number) => `${path}: nothing was imported, ${count} fault(s):`,
  imported: (count: number, removed: number) =>
    `${count} ${count === 1 ? 'window' : 'windows'} imported, ${removed} cancelled and removed.`,
  written: (path: string) => `written: ${path}`,
  unwritable: (path: string, why: string) => `${path} cannot be written: ${why}`,
};
export type MaintenanceWords = typeof maintenanceEn;
