import type { FoundEntry } from '../../ports.ts';
import { apiPath } from '../api.ts';
import { partsOf } from '../keys.ts';

/** Where a find stands in the API, with what is to become of it. */
export const findPath = ({ store, address }: FoundEntry, what: 'accept' | 'dismiss' | 'recall'): string =>
  apiPath('discovery', ...partsOf(store), address, what);
