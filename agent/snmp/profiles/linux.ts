import { defineProfile, type TextRule } from '../profile.ts';

/** nsExtendOutput1Line of NET-SNMP-EXTEND-MIB: what a command that the host's administrator named printed. */
const EXTEND = '1.3.6.1.4.1.8072.1.3.2.3.1.1';

/** The row of a name, as its length and its letters; a column of one row ends before the last letter. */
function printedBy(name: string): TextRule {
  const letters = Array.from(name, (letter) => letter.charCodeAt(0));
  return { from: [EXTEND, letters.length, ...letters.slice(0, -1)].join('.'), match: '^(?!.*not specified)(.*\\S.*)$' };
}

const ARCHITECTURES = {
  x86_64: 'Generic x86 64-bit',
  i386: 'Generic x86',
  i486: 'Generic x86',
  i586: 'Generic x86',
  i686: 'Generic x86',
  aarch64: 'Generic ARMv8 64-bit',
  armv5: 'Generic ARMv5',
  armv6: 'Generic ARMv6',
  armv7: 'Generic ARMv7',
  mips: 'Generic MIPS',
  sparc32: 'Generic SPARC 32-bit',
  sparc64: 'Generic SPARC 64-bit',
};

/** A host with Net-SNMP on Linux. Much that is not a server runs it too: any maker's profile counts more. */
export const profile = defineProfile({
  name: 'linux',
  title: 'Linux',
  match: [{ sysObjectID: '1.3.6.1.4.1.8072.3.2.10' }, { sysDescr: '^Linux ' }],
  rank: 1,
  identity: {
    kind: 'server',
    model: [
      printedBy('hardware'),
      { from: 'sysDescr', match: `(${Object.keys(ARCHITECTURES).join('|')})`, map: ARCHITECTURES },
    ],
    version: [{ from: 'sysDescr', match: ' (\\d+\\.\\d\\S*) ' }],
    serial: [printedBy('serial')],
  },
});
