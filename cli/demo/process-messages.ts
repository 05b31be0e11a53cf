import { type Static, Type } from 'typebox';
import type { Fault } from './faults/fault.ts';
import type { Happening } from './scenario.ts';
import type { SimulatorEvent, SimulatorStats } from './simulator.ts';

/** What the simulator’s process is started with, as JSON in its only argument. */
export const ProcessArguments = Type.Object(
  {
    url: Type.String({ description: 'The broker, as mqtt://host:port.' }),
    seed: Type.Integer(),
    stores: Type.Optional(Type.Integer({ minimum: 1 })),
    devices: Type.Optional(Type.Integer({ minimum: 1 })),
    inventoryAt: Type.Integer({ description: 'Milliseconds since 1970: the `now` the inventory was made for.' }),
    dayFile: Type.String({ description: 'Path of the day, in YAML.' }),
    speed: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    intervalS: Type.Optional(Type.Number({ minimum: 1 })),
    keepaliveS: Type.Optional(Type.Integer({ minimum: 1 })),
    connectOverS: Type.Optional(Type.Number({ minimum: 0 })),
  },
  { additionalProperties: false },
);
export type ProcessArguments = Static<typeof ProcessArguments>;

export type Question = { about: 'trigger'; happening: Happening } | { about: 'happenings' } | { about: 'stats' };

/** From the parent. */
export type ToSimulator = { kind: 'question'; id: number; question: Question } | { kind: 'stop' };

/** To the parent. */
export type FromSimulator =
  | { kind: 'ready' }
  | { kind: 'failed'; message: string }
  | { kind: 'event'; event: SimulatorEvent }
  | { kind: 'answer'; id: number; value: Fault[] | SimulatorStats }
  | { kind: 'refusal'; id: number; message: string };
