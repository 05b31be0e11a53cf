import { randomUUID } from 'node:crypto';
import { Commander, commandState } from '../../collector/commands/commander.ts';
import type { Devices } from '../../collector/devices.ts';
import type { Broker, KeptCommand, StateStore } from '../../collector/ports.ts';
import { createSigner } from '../../collector/signer.ts';
import {
  ActionError,
  type ActionPort,
  type ActionRequest,
  ChoiceError,
  type CommandView,
} from '../../dashboard/ports/actions.ts';
import { ACTION_TITLES, type ActionType, type AllowedAction } from '../../protocol/actions.ts';
import type { Reply } from '../../protocol/commands.ts';
import type { Birth } from '../../protocol/messages.ts';
import { type DeviceKey, storeOf } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { isOver } from '../../protocol/weights.ts';
import type { Served } from './served.ts';

/** A device of a closed store, or in maintenance, shows as that, whether it is on or not: its last report tells, for so many intervals. */
const HEARD_INTERVALS = 3;

export interface ActionOptions {
  state: StateStore;
  devices: Devices;
  served: Pick<Served, 'lookOf' | 'submit' | 'isServed'>;
  broker: Pick<Broker, 'publish'>;
  now: () => number;
}

export interface Actions {
  port: ActionPort;
  /** An agent tells what became of a command. */
  onReply(agent: DeviceKey, reply: Reply): Promise<void>;
}

/** What agents are told to do, composed of the rooms that have it. */
export async function createActions({ state, devices, served, broker, now }: ActionOptions): Promise<Actions> {
  const signer = createSigner(await state.secret('signing'));
  const commander = new Commander({
    store: state.commands,
    signer,
    // Not retained: an agent that comes later must not find it.
    publish: (topic, payload) => broker.publish(topic, payload, { qos: 1, retain: false }),
    tellIncident,
    newId: randomUUID,
    now,
  });

  async function tellIncident(number: number, reason: Reason): Promise<void> {
    const found = await state.incident(number);
    if (!found || isOver(found.incident.state)) return;
    const isTold = found.timeline.some(
      ({ reason: before }) => before.code === reason.code && before.params?.id === reason.params?.id,
    );
    if (isTold) return;
    await served.submit(found.incident.store, { kind: 'action', incident: found.incident.key, reason });
  }

  /** What its agent said at its last birth. A device without an agent of its own allows nothing. */
  async function birthOf(device: DeviceKey): Promise<Birth | undefined> {
    const birth = await state.birthOf(device);
    return birth === undefined ? undefined : (JSON.parse(birth) as Birth);
  }

  function isOnline(device: DeviceKey, birth: Birth | undefined): boolean {
    const view = served.lookOf(storeOf(device))?.device(device);
    if (view === undefined || birth === undefined) return false;
    if (view.state !== 'closed' && view.state !== 'maintenance')
      return view.state === 'up' || view.state === 'degraded';
    if (!served.isServed(storeOf(device))) return true;
    return now() - (view.lastReportAt ?? 0) < HEARD_INTERVALS * birth.intervalS * 1000;
  }

  /** What may be asked, with every argument chosen. @throws ActionError, ChoiceError */
  async function judge({ device, action, args, incident }: ActionRequest) {
    if (!devices.device(device)) throw new ActionError('no-such-device');
    const birth = await birthOf(device);
    const allowed = birth?.actions?.find(({ name }) => name === action);
    if (!allowed) throw new ActionError('no-such-action');
    const chosen = choose(allowed, args);
    if (incident !== undefined) {
      const found = (await state.incident(incident))?.incident;
      if (!found) throw new ActionError('no-such-incident');
      if (isOver(found.state)) throw new ActionError('incident-resolved');
      if (found.store !== storeOf(device)) throw new ActionError('incident-elsewhere');
    }
    if (!isOnline(device, birth)) throw new ActionError('device-offline');
    return { args: chosen, timeoutS: allowed.timeoutS };
  }

  const view = (command: KeptCommand) => viewOf(command, now());
  return {
    onReply: (agent, reply) => commander.take(agent, reply),
    port: {
      publicKey: signer.publicKey,
      async allowed(device) {
        if (!devices.device(device)) return undefined;
        const birth = await birthOf(device);
        return { online: isOnline(device, birth), actions: (birth?.actions ?? []).map(allowedView) };
      },
      async ask(request) {
        try {
          return view(await commander.ask({ ...request, ...(await judge(request)) }));
        } catch (error) {
          if (error instanceof ActionError || error instanceof ChoiceError) {
            const why = request.why === undefined ? '' : `: ${request.why}`;
            const detail = `${request.device} ${request.action} (${error.message})${why}`;
            await state.audit({ at: now(), who: request.by, action: 'action.not-sent', detail });
          }
          throw error;
        }
      },
      list: async (query) => (await state.commands.list(query)).map(view),
      async get(device, id) {
        const found = await state.commands.get(device, id);
        return found && view(found);
      },
    },
  };
}

/** Every argument with one of its choices; what has a single one need not be given. @throws ChoiceError */
function choose({ args: choices = {} }: AllowedAction, given: Record<string, string>): Record<string, string> {
  const strange = Object.keys(given).find((key) => !Object.hasOwn(choices, key));
  if (strange !== undefined) throw new ChoiceError(strange, []);
  return Object.fromEntries(
    Object.entries(choices).map(([key, values]) => {
      const value = given[key] ?? (values.length === 1 ? values[0] : undefined);
      if (value === undefined || !values.includes(value)) throw new ChoiceError(key, values);
      return [key, value];
    }),
  );
}

const allowedView = ({ name, type, timeoutS, args = {} }: AllowedAction) => ({
  name,
  type,
  // A newer agent may know an action that we have no name for.
  title: Object.hasOwn(ACTION_TITLES, type) ? ACTION_TITLES[type as ActionType] : { fr: name, en: name },
  timeoutS,
  args,
});

function viewOf(command: KeptCommand, now: number): CommandView {
  const { id, device, at, asked, fault, reply, repliedAt, refusedAgainAt } = command;
  const { v: _v, id: _id, by: _by, state: _state, ...told } = reply ?? {};
  const { answerBy: _answerBy, args, ...request } = asked ?? {};
  const action = asked?.action ?? reply?.action;
  return {
    id,
    device,
    state: commandState(command, now),
    at,
    asked: asked !== undefined,
    ...request,
    ...(args !== undefined && { args: { ...args } }),
    ...(action !== undefined && { action }),
    ...(fault !== undefined && { fault }),
    ...(repliedAt !== undefined && { repliedAt }),
    ...(refusedAgainAt !== undefined && { refusedAgainAt }),
    ...(reply && { reply: told as NonNullable<CommandView['reply']> }),
  };
}
