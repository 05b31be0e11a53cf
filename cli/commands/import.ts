import type { Inventory } from '../../protocol/inventory.ts';
import { askServer, type Refusal, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { faultsOfInventory, readInventory } from '../read-inventory.ts';
import { words } from '../words/index.ts';

/** Puts chains, stores and devices from a file into a running server. */
export const command: Command = {
  summary: {
    en: 'imports chains, stores and devices from a YAML or CSV file',
    fr: 'importe enseignes, magasins et équipements d’un fichier YAML ou CSV',
  },
  operands: 'FILE',
  options: { ...SERVER_CALL_OPTIONS, check: { type: 'boolean' } },
  help: {
    ...SERVER_CALL_HELP,
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

/** Puts it into the server; what is wrong with it there is told like what is wrong with it here. */
async function send(
  inventory: Inventory,
  path: string,
  invocation: Invocation,
): Promise<{ chains: number; stores: number; devices: number }> {
  const refused = ({ status, details }: Refusal) =>
    status === 422 && details.length > 0 ? faultsOfInventory(path, details, invocation.locale) : undefined;
  const done = await askServer(invocation, '/api/v1/inventory', inventory, refused);
  return done as { chains: number; stores: number; devices: number };
}
