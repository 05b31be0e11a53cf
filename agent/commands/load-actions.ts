import { type Static, Type } from 'typebox';
import { ACTION_NAME_PATTERN, type AllowedAction, MOST_CHOICES } from '../../protocol/actions.ts';
import type { Action, ActionPlugin } from '../action.ts';
import { registry } from '../actions/registry.gen.ts';
import { listFaults } from '../config-faults.ts';

const DEFAULT_TIMEOUT_S = 60;
const DEFAULT_PER_DAY = 3;

const SaleFile = Type.Object(
  {
    file: Type.String({ minLength: 1, maxLength: 4096, description: 'A sale is open while this file is there.' }),
    youngerThanS: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        description: 'Only while it was written less than so many seconds ago, where the till leaves it behind.',
      }),
    ),
  },
  { additionalProperties: false },
);
const SaleCommand = Type.Object(
  {
    command: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), {
      minItems: 1,
      maxItems: 32,
      description: 'A program and its arguments: it ends with 0 while a sale is open, with 1 while none is.',
    }),
  },
  { additionalProperties: false },
);
const Sale = Type.Union([SaleFile, SaleCommand], {
  description: 'How to know that a sale is open: `file`, with `youngerThanS` or not, or `command`.',
});
export type Sale = Static<typeof Sale>;

/** What every action takes, whatever its type; the rest are the type's own options. */
const ActionEntry = Type.Object(
  {
    name: Type.String({
      pattern: ACTION_NAME_PATTERN,
      description: 'What a command calls it: small letters, digits and underscores.',
    }),
    type: Type.String({ minLength: 1, maxLength: 64, description: 'What it does: one of the ready actions.' }),
    timeoutS: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 600,
        default: DEFAULT_TIMEOUT_S,
        description: 'Seconds it may take; then what it started is killed.',
      }),
    ),
    perDay: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        default: DEFAULT_PER_DAY,
        description: 'How often it may run within any 24 hours.',
      }),
    ),
    notWhileSelling: Type.Optional(
      Type.Boolean({ default: true, description: 'Refused while a sale is open, which `sale` tells.' }),
    ),
  },
  { description: 'An action that may run, and its options.' },
);
type ActionEntry = Static<typeof ActionEntry> & Record<string, unknown>;

/** The key `actions` of the agent’s configuration. Never set by the centre. */
export const ActionsFile = Type.Object(
  {
    publicKeyFile: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'The server’s public key (PEM), where the agent was not enrolled.',
      }),
    ),
    sale: Type.Optional(Sale),
    allow: Type.Array(ActionEntry, {
      minItems: 1,
      maxItems: 50,
      description: 'All that may run: an action that is not here is refused.',
    }),
  },
  { additionalProperties: false, description: 'What this agent may be told to do; without it, nothing.' },
);
export type ActionsFile = Static<typeof ActionsFile>;

/** An action of the configuration, ready to run. */
export interface LoadedAction {
  name: string;
  type: string;
  timeoutMs: number;
  perDay: number;
  notWhileSelling: boolean;
  /** By argument, the values it may take. */
  choices: Readonly<Record<string, readonly string[]>>;
  action: Action;
}

export interface LoadedActions {
  publicKeyFile?: string;
  sale?: Sale;
  actions: readonly LoadedAction[];
}

/** Loads the plugins the list names, and no other. Faults bear the place of what is wrong. */
export async function loadActions(value: unknown): Promise<{ loaded?: LoadedActions; faults: string[] }> {
  const faults = listFaults(ActionsFile, value, 'actions');
  if (faults.length > 0) return { faults };
  const { publicKeyFile, sale, allow } = value as ActionsFile;
  const actions: LoadedAction[] = [];
  const places = new Map<string, string>();
  for (const [index, entry] of (allow as ActionEntry[]).entries()) {
    const place = `actions.allow[${index}]`;
    const found = await loadAction(entry, place);
    if (Array.isArray(found)) {
      faults.push(...found);
      continue;
    }
    const twin = places.get(found.name);
    if (twin !== undefined) {
      faults.push(`${place}.name: ${JSON.stringify(found.name)} is already the name of ${twin}; give one another`);
    }
    places.set(found.name, place);
    if (found.notWhileSelling && sale === undefined) {
      faults.push(
        `${place}.notWhileSelling: needs actions.sale, to know that a sale is open; write false for what may run while one is`,
      );
    }
    actions.push(found);
  }
  if (faults.length > 0) return { faults };
  const loaded: LoadedActions = {
    ...(publicKeyFile !== undefined && { publicKeyFile }),
    ...(sale !== undefined && { sale }),
    actions,
  };
  return { loaded, faults };
}

async function loadAction(
  {
    name,
    type,
    timeoutS = DEFAULT_TIMEOUT_S,
    perDay = DEFAULT_PER_DAY,
    notWhileSelling = true,
    ...options
  }: ActionEntry,
  place: string,
): Promise<LoadedAction | string[]> {
  const load = Object.hasOwn(registry, type) ? registry[type] : undefined;
  if (!load) {
    const known = Object.keys(registry).join(', ');
    return [`${place}.type: no action is called ${JSON.stringify(type)}; known are ${known}`];
  }
  const plugin: ActionPlugin = await load();
  const wrong = listFaults(plugin.options, options, place);
  if (wrong.length > 0) return wrong;
  const choices = plugin.choices?.(options) ?? {};
  if (Object.values(choices).some((values) => values.length > MOST_CHOICES)) {
    return [`${place}: an argument may have ${MOST_CHOICES} values at most`];
  }
  return { name, type, timeoutMs: timeoutS * 1000, perDay, notWhileSelling, choices, action: plugin.create(options) };
}

/** The actions as the agent’s birth tells them. */
export const tellActions = (actions: readonly LoadedAction[]): AllowedAction[] =>
  actions.map(({ name, type, timeoutMs, choices }) => ({
    name,
    type,
    timeoutS: timeoutMs / 1000,
    ...(Object.keys(choices).length > 0 && {
      args: Object.fromEntries(Object.entries(choices).map(([key, values]) => [key, [...values]])),
    }),
  }));
