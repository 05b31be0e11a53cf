import { openCentral } from '../../agent/central/central.ts';
import { systemClock } from '../../agent/clock.ts';
import type { AgentConfig } from '../../agent/config.ts';
import { createTransport } from '../../agent/snmp/client/transport.ts';
import { RangeRefused } from '../../agent/snmp/discovery/ranges.ts';
import type { SweepResult } from '../../agent/snmp/discovery/sweep.ts';
import { type StoreSweep, sweepStore } from '../../agent/snmp/discovery/sweep-store.ts';
import { formatOf } from '../../protocol/words/index.ts';
import type { Invocation } from '../command.ts';
import { readConfig } from '../commands/agent.ts';
import { Fault } from '../fault.ts';
import { UNKNOWN } from '../probe/exit-code.ts';
import { words } from '../words/index.ts';
import { compare } from './compare.ts';
import { showDevices } from './show.ts';

/** As `diff` has it: what is there is what is configured, or something is new or gone. */
const SAME = 0;
const DIFFERENT = 1;

/** Looks through a network and says what is there. @throws Fault, with the exit code 3, when it may not or cannot look. */
export async function discover(invocation: Invocation): Promise<number> {
  const { operands, flags, locale, say } = invocation;
  const text = words(locale).discover;
  const [range, ...more] = operands;
  if (range === undefined || more.length > 0) throw new Fault(text.usage, UNKNOWN);
  if (typeof flags.config !== 'string') throw new Fault(text.noConfig, UNKNOWN);
  const config = await readWithCentre(flags.config, locale);
  const { snmp } = config;
  if (!snmp) throw new Fault(text.noSnmp(flags.config), UNKNOWN);
  const { discovery, credentials, devices: configured } = snmp;
  if (!discovery) throw new Fault(text.notAllowed(flags.config, range), UNKNOWN);

  const from = systemClock.monotonicMs();
  const swept = await look(invocation, { discovery, credentials, devices: configured, ranges: [range] });
  for (const fault of swept.unreadable) process.stderr.write(`vigie: ${fault.words[locale]}\n`);
  if (swept.unreadable.length === discovery.credentials.length) return UNKNOWN;
  const devices = compare(swept, configured, [...config.watches, config.device]);
  if (flags.json === true) say(JSON.stringify({ range, devices, refusing: swept.refusing }, null, 2));
  else {
    const took = formatOf(locale).duration(Math.round((systemClock.monotonicMs() - from) / 1000));
    say(text.title(range, took));
    for (const line of showDevices(devices, swept, flags.config, locale)) say(line);
  }
  return devices.every(({ state }) => state === 'known') ? SAME : DIFFERENT;
}

/** What the agent of this file runs: the centre may have said which devices there are. */
async function readWithCentre(file: string, locale: Invocation['locale']): Promise<AgentConfig> {
  let local: AgentConfig;
  try {
    local = await readConfig({ flags: { config: file }, locale });
  } catch (error) {
    throw error instanceof Fault ? new Fault(error.message, UNKNOWN) : error;
  }
  if (local.central === false) return local;
  return (await openCentral({ local, clock: systemClock, log: () => {}, isLooking: true })).config;
}

type Asked = Pick<StoreSweep, 'discovery' | 'credentials' | 'devices' | 'ranges'>;

async function look({ locale, env, stop }: Invocation, asked: Asked): Promise<SweepResult> {
  const text = words(locale).discover;
  const transport = createTransport();
  const progress = showProgress(({ done, of, answering }) =>
    text.progress(formatOf(locale).percent(of === 0 ? 100 : Math.floor((100 * done) / of)), answering),
  );
  try {
    return await sweepStore({
      ...asked,
      ...{ transport, clock: systemClock, env, signal: stop },
      onProgress: progress.show,
    });
  } catch (error) {
    if (error instanceof RangeRefused) throw new Fault(error.words[locale], UNKNOWN);
    if (stop.aborted) throw new Fault(text.interrupted, UNKNOWN);
    throw error;
  } finally {
    progress.clear();
    transport.close();
  }
}

/** One line on a terminal that writes over itself; nothing where nobody looks. */
function showProgress(line: (progress: Parameters<NonNullable<StoreSweep['onProgress']>>[0]) => string) {
  const { stderr } = process;
  const isSeen = stderr.isTTY === true;
  let last = '';
  const write = (next: string) => {
    if (isSeen && next !== last) stderr.write(`\r\u001b[K${next}`);
    last = next;
  };
  return {
    show: (progress: Parameters<typeof line>[0]) => write(line(progress)),
    clear: () => write(''),
  };
}
