import { Compile } from 'typebox/compile';
import { registry } from '../../alerting/connectors/registry.gen.ts';
import type { Desk } from '../../alerting/ports.ts';
import type { TicketContext } from '../../alerting/tickets/ticket-context.ts';
import { Fault } from '../fault.ts';
import type { DeskSettings } from '../settings.ts';

/**
 * The desks that are configured, by name.
 * @throws Fault that names the desk and what is wrong with it, never what its secret was.
 */
export async function openDesks(
  desks: Readonly<Record<string, DeskSettings>>,
  context: TicketContext,
): Promise<Record<string, Desk>> {
  const opened = await Promise.all(
    Object.entries(desks).map(async ([name, desk]) => [name, await openDesk(name, desk, context)] as const),
  );
  return Object.fromEntries(opened);
}

async function openDesk(name: string, { type, options, secrets }: DeskSettings, context: TicketContext): Promise<Desk> {
  const load = registry[type];
  if (!load) throw new Fault(`desks/${name}/type ${type}: there is no such connector`);
  const plugin = await load();
  const validator = Compile(plugin.options);
  if (!validator.Check(options)) {
    const faults = validator.Errors(options).filter(({ keyword }) => keyword !== 'boolean');
    throw new Fault(faults.map(({ instancePath, message }) => `desks/${name}${instancePath} ${message}`).join('\n'));
  }
  try {
    return plugin.create(options, { ...context, secrets, fetch, now: Date.now });
  } catch (error) {
    throw new Fault(`desks/${name} ${(error as Error).message}`);
  }
}
