import type { Chain, Device, Store } from './inventory.ts';
import type { DeviceKey } from './names.ts';

/** The facts of a device as columns read them. */
export interface FactView {
  get(path: string): string | undefined;
  entries(): Iterable<readonly [path: string, value: string]>;
  /** What stands between the brackets of a section's paths, each once. */
  items(section: string): readonly string[];
  /** Whether the test holds for any value, or for any path that has an item. */
  some(test: (text: string) => boolean): boolean;
}

/** A device with all that is known of it. */
export interface AssetSource {
  key: DeviceKey;
  chain: Pick<Chain, 'name' | 'title'>;
  store: Store;
  device: Device;
  facts: FactView | undefined;
  /** When its facts were gathered, milliseconds since 1970. */
  factsAt: number | undefined;
}

export interface AssetColumn {
  /** Never changes its meaning: exports and searches use it. */
  id: string;
  fr: string;
  en: string;
  /** The field of ServiceNow's `cmdb_ci_computer` that takes it. */
  servicenow?: string;
  /** How its values compare. */
  type: 'text' | 'number' | 'date' | 'version';
  read(asset: AssetSource): string | undefined;
}

const fact =
  (...paths: string[]) =>
  ({ facts }: AssetSource): string | undefined => {
    for (const path of paths) {
      const value = facts?.get(path);
      if (value !== undefined) return value;
    }
    return undefined;
  };
const book =
  (key: keyof NonNullable<Device['asset']>) =>
  ({ device }: AssetSource): string | undefined =>
    device.asset?.[key];

/** What is seen wins over what the books say; an attribute of the inventory stands in for both. */
const firstOf =
  (...reads: AssetColumn['read'][]): AssetColumn['read'] =>
  (asset) => {
    for (const read of reads) {
      const value = read(asset);
      if (value !== undefined) return value;
    }
    return undefined;
  };
const attribute =
  (name: string) =>
  ({ device }: AssetSource): string | undefined =>
    device.attributes?.[name];

/** The values of a field over all items of a section, such as every MAC address. */
const listOf =
  (section: string, show: (item: string, field: (name: string) => string | undefined) => string | undefined) =>
  ({ facts }: AssetSource): string | undefined => {
    const shown: string[] = [];
    for (const item of facts?.items(section) ?? []) {
      const text = show(item, (name) => facts?.get(`${section}[${item}].${name}`));
      if (text !== undefined) shown.push(text);
    }
    return shown.length > 0 ? shown.join('; ') : undefined;
  };

const sumOf =
  (section: string, field: string) =>
  ({ facts }: AssetSource): string | undefined => {
    let sum = 0;
    for (const item of facts?.items(section) ?? []) sum += Number(facts?.get(`${section}[${item}].${field}`)) || 0;
    return sum > 0 ? String(sum) : undefined;
  };

const isoDay = (at: number): string => new Date(at).toISOString();

/** What is known of each device as one row, in the order of an export. */
export const ASSET_COLUMNS: readonly AssetColumn[] = [
  {
    id: 'key',
    fr: 'Identifiant',
    en: 'Identifier',
    servicenow: 'correlation_id',
    type: 'text',
    read: ({ key }) => key,
  },
  { id: 'chain', fr: 'Enseigne', en: 'Chain', servicenow: 'company', type: 'text', read: ({ chain }) => chain.name },
  { id: 'store', fr: 'Magasin', en: 'Store', servicenow: 'location', type: 'text', read: ({ store }) => store.name },
  { id: 'store_title', fr: 'Ville', en: 'Town', type: 'text', read: ({ store }) => store.title },
  { id: 'region', fr: 'Région', en: 'Region', type: 'text', read: ({ store }) => store.region },
  { id: 'device', fr: 'Équipement', en: 'Device', servicenow: 'name', type: 'text', read: ({ device }) => device.name },
  {
    id: 'title',
    fr: 'Nom',
    en: 'Name',
    servicenow: 'short_description',
    type: 'text',
    read: ({ device }) => device.title,
  },
  { id: 'kind', fr: 'Genre', en: 'Kind', servicenow: 'subcategory', type: 'text', read: ({ device }) => device.kind },
  { id: 'lane', fr: 'Ligne de caisse', en: 'Lane', type: 'number', read: ({ device }) => device.lane?.toString() },
  {
    id: 'vendor',
    fr: 'Constructeur',
    en: 'Manufacturer',
    servicenow: 'manufacturer',
    type: 'text',
    read: firstOf(fact('machine.vendor'), attribute('vendor')),
  },
  {
    id: 'model',
    fr: 'Modèle',
    en: 'Model',
    servicenow: 'model_id',
    type: 'text',
    read: firstOf(fact('machine.model'), attribute('model')),
  },
  {
    id: 'serial',
    fr: 'Numéro de série',
    en: 'Serial number',
    servicenow: 'serial_number',
    type: 'text',
    read: firstOf(fact('machine.serial'), book('serial'), attribute('serial')),
  },
  {
    id: 'asset_tag',
    fr: 'Numéro d’immobilisation',
    en: 'Asset number',
    servicenow: 'asset_tag',
    type: 'text',
    read: firstOf(book('tag'), fact('machine.assetTag')),
  },
  {
    id: 'hostname',
    fr: 'Nom d’hôte',
    en: 'Host name',
    servicenow: 'host_name',
    type: 'text',
    read: fact('os.hostname'),
  },
  { id: 'os', fr: 'Système', en: 'System', servicenow: 'os', type: 'text', read: fact('os.name') },
  {
    id: 'os_version',
    fr: 'Version du système',
    en: 'System version',
    servicenow: 'os_version',
    type: 'version',
    read: fact('os.version'),
  },
  { id: 'kernel', fr: 'Noyau', en: 'Kernel', servicenow: 'kernel_release', type: 'version', read: fact('os.kernel') },
  {
    id: 'os_installed',
    fr: 'Système installé le',
    en: 'System installed on',
    type: 'date',
    read: fact('os.installedOn'),
  },
  {
    id: 'patches',
    fr: 'Paquets ou correctifs',
    en: 'Packages or patches',
    type: 'number',
    read: fact('patches.count'),
  },
  { id: 'patched_on', fr: 'Dernière mise à jour', en: 'Last update', type: 'date', read: fact('patches.last') },
  { id: 'bios', fr: 'Version du BIOS', en: 'BIOS version', type: 'version', read: fact('machine.biosVersion') },
  { id: 'bios_date', fr: 'Date du BIOS', en: 'BIOS date', type: 'text', read: fact('machine.biosDate') },
  { id: 'chassis', fr: 'Boîtier', en: 'Chassis', type: 'text', read: fact('machine.chassis') },
  { id: 'cpu', fr: 'Processeur', en: 'Processor', servicenow: 'cpu_type', type: 'text', read: fact('processor.model') },
  { id: 'cpus', fr: 'Cœurs', en: 'Cores', servicenow: 'cpu_core_count', type: 'number', read: fact('processor.count') },
  {
    id: 'memory_mb',
    fr: 'Mémoire (Mio)',
    en: 'Memory (MiB)',
    servicenow: 'ram',
    type: 'number',
    read: fact('memory.megabytes'),
  },
  {
    id: 'disk_gb',
    fr: 'Disques (Go)',
    en: 'Disks (GB)',
    servicenow: 'disk_space',
    type: 'number',
    read: sumOf('disk', 'gigabytes'),
  },
  {
    id: 'disks',
    fr: 'Modèles de disques',
    en: 'Disk models',
    type: 'text',
    read: listOf('disk', (item, field) => [item, field('model'), field('serial')].filter(Boolean).join(' ')),
  },
  {
    id: 'address',
    fr: 'Adresses IP',
    en: 'IP addresses',
    servicenow: 'ip_address',
    type: 'text',
    read: listOf('network', (_, field) => field('addresses')),
  },
  {
    id: 'mac',
    fr: 'Adresses MAC',
    en: 'MAC addresses',
    servicenow: 'mac_address',
    type: 'text',
    read: listOf('network', (_, field) => field('mac')),
  },
  { id: 'agent', fr: 'Version de l’agent', en: 'Agent version', type: 'version', read: fact('agent.version') },
  {
    id: 'software',
    fr: 'Logiciels',
    en: 'Software',
    type: 'text',
    read: listOf('software', (item, field) => `${item} ${field('version') ?? ''}`.trim()),
  },
  {
    id: 'usb',
    fr: 'Périphériques USB',
    en: 'USB devices',
    type: 'text',
    read: listOf('usb', (item, field) => [item, field('name')].filter(Boolean).join(' ')),
  },
  {
    id: 'printers',
    fr: 'Imprimantes',
    en: 'Printers',
    type: 'text',
    read: listOf('printer', (item, field) => [item, field('model')].filter(Boolean).join(' ')),
  },
  {
    id: 'monitors',
    fr: 'Écrans',
    en: 'Monitors',
    type: 'text',
    read: listOf('monitor', (_, field) => [field('model'), field('serial')].filter(Boolean).join(' ')),
  },
  {
    id: 'warranty_until',
    fr: 'Fin de garantie',
    en: 'Warranty until',
    servicenow: 'warranty_expiration',
    type: 'date',
    read: book('warrantyUntil'),
  },
  { id: 'contract', fr: 'Contrat', en: 'Contract', type: 'text', read: book('contract') },
  { id: 'supplier', fr: 'Fournisseur', en: 'Supplier', servicenow: 'vendor', type: 'text', read: book('supplier') },
  {
    id: 'cost_centre',
    fr: 'Centre de coûts',
    en: 'Cost centre',
    servicenow: 'cost_center',
    type: 'text',
    read: book('costCentre'),
  },
  {
    id: 'bought_on',
    fr: 'Acheté le',
    en: 'Bought on',
    servicenow: 'purchase_date',
    type: 'date',
    read: book('boughtOn'),
  },
  {
    id: 'seen_at',
    fr: 'Relevé le',
    en: 'Gathered at',
    servicenow: 'last_discovered',
    type: 'date',
    read: ({ factsAt }) => (factsAt === undefined ? undefined : isoDay(factsAt)),
  },
];
