import { Compile } from 'typebox/compile';
import { registry } from '../../alerting/connectors/registry.gen.ts';
import { askingEar } from '../../alerting/desks/ear.ts';
import { WATCH_BY_DEFAULT, type WatchSettings } from '../../alerting/desks/watch-desks.ts';
import type { Desk } from '../../alerting/ports.ts';
import { wordingFaults } from '../../alerting/tickets/desk-wording.ts';
import type { TicketContext } from '../../alerting/tickets/ticket-context.ts';
import { Fault } from '../fault.ts';
import type { DeskSettings } from '../settings.ts';

const MIN_NEWS_SECRET = 16;

/**
 * The desks that are configured, by name.
 * @throws Fault that names the desk and what is wrong with it, never what its secret was.
 */
export async function openDesks(
  desks: Readonly<Record<string, DeskSettings>>,
  context: TicketContext,
): Promise<Record<string, Desk>> {
  for (const [name, { manners }] of Object.entries(desks)) {
    const to = manners?.fallback?.desk;
    if (to !== undefined && (to === name || !desks[to])) {
      throw new Fault(`desks/${name}/fallback/desk ${to}: there is no such other desk`);
    }
  }
  const opened = await Promise.all(
    Object.entries(desks).map(async ([name, desk]) => [name, await openDesk(name, desk, context)] as const),
  );
  return Object.fromEntries(opened);
}

/** How each is watched, by name. */
export const watchingOf = (desks: Readonly<Record<string, DeskSettings>>): Record<string, WatchSettings> =>
  Object.fromEntries(Object.entries(desks).map(([name, { watch }]) => [name, watch ?? WATCH_BY_DEFAULT]));

/** What the tickets of one desk tell. */
export const contextOf = ({ wording }: DeskSettings, context: TicketContext): TicketContext =>
  wording ? { ...context, wording } : context;

/** A desk that can be asked is, when it says that there is something new. */
function withEar(desk: Desk, secrets: readonly string[] = []): Desk {
  if (secrets.length === 0) return desk;
  if (!desk.news || desk.ear) throw new Error('takes no `newsSecretEnv` or `newsSecretFile`');
  if (secrets.some(({ length }) => length < MIN_NEWS_SECRET)) {
    throw new Error(`the secret of its news must have ${MIN_NEWS_SECRET} characters at least`);
  }
  return { ...desk, ear: askingEar(secrets, Date.now) };
}

async function openDesk(name: string, desk: DeskSettings, context: TicketContext): Promise<Desk> {
  const { type, options, secrets, wording } = desk;
  const wrong = wordingFaults(wording ?? {});
  if (wrong.length > 0) throw new Fault(wrong.map((fault) => `desks/${name}/${fault}`).join('\n'));
  const load = registry[type];
  if (!load) throw new Fault(`desks/${name}/type ${type}: there is no such connector`);
  const plugin = await load();
  const validator = Compile(plugin.options);
  if (!validator.Check(options)) {
    const faults = validator.Errors(options).filter(({ keyword }) => keyword !== 'boolean');
    throw new Fault(faults.map(({ instancePath, message }) => `desks/${name}${instancePath} ${message}`).join('\n'));
  }
  if (secrets.length === 0 && plugin.secret.isOptional !== true) {
    throw new Fault(
      `desks/${name}: its secret is missing: it is read from VIGIE_DESK_SECRET, or from where secretEnv or secretFile says`,
    );
  }
  try {
    const reraises = desk.watch?.whenClosed === 'reraise';
    const opened = plugin.create(options, { ...contextOf(desk, context), secrets, fetch, now: Date.now, reraises });
    return withEar(opened, desk.newsSecrets);
  } catch (error) {
    throw new Fault(`desks/${name} ${(error as Error).message}`);
  }
}
