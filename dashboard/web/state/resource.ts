import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, request } from '../api.ts';

export interface Resource<T> {
  /** What was read last; kept while it is read again and when that fails. */
  data?: T;
  error?: ApiError;
}

/** Reads again no sooner than this after the last time. */
const PAUSE_MS = 700;

/**
 * What stands at a path of the API, read again whenever `moved` moves. The path is asked for at each reading; components
 * that turn to something else altogether need a key of their own.
 */
export const useResource = <T>(
  path: () => string,
  moved: ReadonlySignal<unknown>,
): Resource<T> & { reload: () => void } => useReading(() => request<T>('GET', path()), moved);

/** The same of what takes more than one request. */
export function useReading<T>(
  readAll: () => Promise<T>,
  moved: ReadonlySignal<unknown>,
): Resource<T> & { reload: () => void } {
  const state = useSignal<Resource<T>>({});
  const work = useRef({ busy: false, again: false, gone: false });

  const read = async (): Promise<void> => {
    const now = work.current;
    if (now.busy) {
      now.again = true;
      return;
    }
    now.busy = true;
    try {
      state.value = { data: await readAll() };
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError(0, 'unexpected', String(cause));
      // What is gone is gone; a server that does not answer leaves the last picture standing.
      const { data } = state.peek();
      state.value = data === undefined || error.status === 404 ? { error } : { data, error };
    }
    setTimeout(() => {
      now.busy = false;
      if (now.again && !now.gone) void read();
      now.again = false;
    }, PAUSE_MS);
  };

  useSignalEffect(() => {
    moved.value;
    void read();
  });
  useEffect(() => {
    work.current.gone = false;
    return () => {
      work.current.gone = true;
    };
  }, []);
  return { ...state.value, reload: () => void read() };
}
