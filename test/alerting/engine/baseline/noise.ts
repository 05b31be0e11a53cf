import { createRandom } from '../../../../cli/demo/random.ts';

/** Normal draws, the same for the same seed. */
export function createNormal(seed: number): () => number {
  const random = createRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
