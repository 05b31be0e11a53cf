import { type Static, Type } from 'typebox';
import type { DeviceKey } from '../../protocol/names.ts';
import { TOPIC_ROOT } from '../../protocol/topics.ts';

/*
 * What a gateway asks the agents it carries when one of them is lost. It stays in the store: no collector hears of it.
 */

/** Whether you see this machine. */
export const LookQuestion = Type.Object(
  { id: Type.Integer({ minimum: 1 }), host: Type.String({ minLength: 2, maxLength: 45 }) },
  { additionalProperties: false },
);
export type LookQuestion = Static<typeof LookQuestion>;

export const LookAnswer = Type.Object(
  { id: Type.Integer({ minimum: 1 }), sight: Type.Enum(['answers', 'silent', 'unsure']) },
  { additionalProperties: false },
);
export type LookAnswer = Static<typeof LookAnswer>;

export const questionTopic = (agent: DeviceKey): string => `${TOPIC_ROOT}/${agent}/look`;
export const answerTopic = (agent: DeviceKey): string => `${TOPIC_ROOT}/${agent}/looked`;
