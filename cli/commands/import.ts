import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInventoryCsv } from '../../collector/inventory/parse-csv.ts';
import { parseInventoryYaml } from '../../collector/inventory/parse-yaml.ts';
import { InventoryError } from '../../dashboard/ports.ts';
import type { Inventory } from '../../protocol/inventory.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const TIMEOUT_MS = 60_000;

/** Puts chains, stores and devices from a file into a running server. */
export const command: Command = {
  summary: {
    en: 'imports chains, stores and devices from a YAML or CSV file',
    fr: 'importe enseignes, magasins et équipements d’un fichier YAML ou CSV',
  },
  operands: 'FILE',
  options: { url: { type: 'string' }, 'data-dir': { type: 'string' }, check: { type: 'boolean' } },
  help: {
    url: { en: 'The server (http://127.0.0.1:8080)', fr: 'Le serveur (http://127.0.0.1:8080)' },
    'data-dir': {
      en: 'Take the token from this data folder (./data)',
      fr: 'Prendre le jeton dans ce dossier de données (./data)',
    },
    check: { en: 'Only check the file', fr: 'Vérifier seulement le fichier' },
  },
  async run(invocation) {
    const { operands, flags, locale, say } = invocation;
    const [path] = operands;
    if (path === undefined) throw new Fault(words(locale).importNothing);
    const inventory = readInventory(path, invocation);
    if (flags.check === true) {
      say(words(locale).importUsage(path));
      return 0;
    }
    const done = await send(inventory, path, invocation);
    say(words(locale).imported(done.chains, done.stores, done.devices));
    return 0;
  },
};

function readInventory(path: string, { locale }: Invocation): Inventory {
  const parse = /\.ya?ml$/i.test(path) ? parseInventoryYaml : /\.csv$/i.test(path) ? parseInventoryCsv : undefined;
  if (!parse) throw new Fault(words(locale).importFormat(path));
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path, (error as Error).message));
  }
  try {
    return parse(text, path, locale);
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    throw faultsOf(path, error.faults, locale);
  }
}

function faultsOf(path: string, faults: InventoryError['faults'], locale: Invocation['locale']): Fault {
  const lines = faults.map((fault) => `  ${fault.path}: ${fault.message}`);
  return new Fault([words(locale).importFaults(path, faults.length), ...lines].join('\n'));
}

async function send(
  inventory: Inventory,
  path: string,
  invocation: Invocation,
): Promise<{ chains: number; stores: number; devices: number }> {
  const { flags, env, locale } = invocation;
  const url = String(flags.url ?? env.VIGIE_URL ?? 'http://127.0.0.1:8080');
  const token = env.VIGIE_ADMIN_TOKEN ?? keptToken(String(flags['data-dir'] ?? env.VIGIE_DATA_DIR ?? './data'));
  if (!token) throw new Fault(words(locale).tokenMissing);
  let answer: Response;
  try {
    answer = await fetch(new URL('/api/v1/inventory', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': locale },
      body: JSON.stringify(inventory),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = (error as Error).cause;
    throw new Fault(words(locale).notAddressed(url, cause instanceof Error ? cause.message : (error as Error).message));
  }
  const body = (await answer.json().catch(() => ({}))) as {
    chains: number;
    stores: number;
    devices: number;
    error?: { message: string; details?: { path: string; message: string }[] };
  };
  if (answer.ok) return body;
  if (answer.status === 422 && body.error?.details) throw faultsOf(path, body.error.details, locale);
  throw new Fault(words(locale).serverSaid(answer.status, body.error?.message ?? answer.statusText));
}

/** The token a server of this machine keeps beside its data. */
function keptToken(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
