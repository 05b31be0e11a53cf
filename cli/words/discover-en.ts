export const discoverEn = {
  usage: 'say where to look: vigie discover 10.1.0.0/24 [--config=/etc/vigie/agent.yaml]',
  noConfig: 'say which agent looks: --config=agent.yaml, the file of the agent of this machine',
  noSnmp: (file: string) =>
    `${file} has no section "snmp": it says how devices are asked (credentials), and where they may be looked for (discovery)`,
  notAllowed: (file: string, range: string) =>
    `looking for devices is not allowed: ${file} has no snmp.discovery. To allow it, write there\n\nsnmp:\n  discovery:\n    ranges: ['${range}']\n    credentials: [NAME]   # of snmp.credentials`,
  progress: (percent: string, answering: number) => `${percent} looked through, ${answering} answering …`,
  interrupted: 'given up; nothing is known',
  title: (range: string, seconds: string) => `${range}, looked through in ${seconds}`,
  nothing: 'Nothing answers.',
  states: { new: 'new', known: 'known', gone: 'gone' },
  columns: {
    state: '',
    address: 'Address',
    name: 'Name',
    kind: 'Kind',
    model: 'Model',
    serial: 'Serial number',
    credential: 'Credential',
  },
  also: (addresses: string) => `also ${addresses}`,
  moved: (host: string) => `configured as ${host}`,
  refusing: (addresses: string) => `Answers, but refuses every credential: ${addresses}`,
  counts: (fresh: number, known: number, gone: number) => `${fresh} new, ${known} known, ${gone} gone`,
  toAdd: (file: string) => `To watch what is new, add to ${file}:`,
};

export type DiscoverWords = typeof discoverEn;
