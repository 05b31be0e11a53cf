import { expect, test } from 'vitest';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';

/** What a UPS says when the mains are cut, and no more. */
const CUT = /on battery|utility failure|input out of range/i;

test('a cut of the mains calls nobody by itself, whoever made the UPS', () => {
  const said = profiles.flatMap(({ name, traps = [] }) =>
    traps
      .filter(({ title, severity }) => CUT.test(title.en) && severity !== 'clears')
      .map(({ severity }) => [name, severity]),
  );
  const makers = ['apc', 'cyberpower', 'delta-ups', 'eaton-ups', 'megatec', 'mge-ups', 'socomec', 'socomec-netvision'];
  expect(said.map(([name]) => name)).toEqual(expect.arrayContaining([...makers, 'standard-traps']));
  expect(said.filter(([, severity]) => severity !== 'warning')).toEqual([]);
});
