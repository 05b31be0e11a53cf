import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { AllowedActionView, CommandView } from '../../ports.ts';
import { apiPath } from '../api.ts';
import { partsOf } from '../keys.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';

export interface ActionsAnswer {
  /** Whether it would hear a command now. */
  online: boolean;
  allowed: AllowedActionView[];
  /** Newest first. */
  commands: CommandView[];
}

export const actionsPath = (device: DeviceKey): string => apiPath('devices', ...partsOf(device), 'actions');

const ANSWER_MS = 1_000;

/** What a device may be told and was told; looked at every second while an answer is awaited. */
export function useActions(device: DeviceKey) {
  const answer = useResource<ActionsAnswer>(
    () => actionsPath(device),
    useComputed(() => tick.value),
  );
  const isAwaited = answer.data?.commands.some(({ state }) => state === 'sent') ?? false;
  useEffect(() => {
    if (!isAwaited) return;
    const timer = setInterval(answer.reload, ANSWER_MS);
    return () => clearInterval(timer);
  }, [isAwaited]);
  return answer;
}
