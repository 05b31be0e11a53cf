import type { RuleOrigin, RuleView } from '../../protocol/rule-views.ts';

const pack: RuleOrigin = { level: 'pack' };
const south: RuleOrigin = {
  ...{ level: 'group', name: 'small-disks', title: { fr: 'Petits disques', en: 'Small disks' }, override: 0 },
};

/** What judges a device: one rule adapted to its store, one switched off for it, the rest as they are. */
export const makeRules = (device: string): RuleView[] => [
  {
    ...{ id: 'disk-filling', type: 'threshold', about: 'disk used_percent', unit: 'percent' },
    ...{ title: { fr: 'Disque presque plein', en: 'Disk nearly full' }, enabled: true, enabledFrom: pack },
    settings: [
      {
        ...{ name: 'raise', value: 70 },
        from: { level: 'store', name: device.slice(0, device.lastIndexOf('/')), override: 1, why: 'disques de 32 Go' },
      },
      { name: 'clear', value: 65, from: south },
      { name: 'severity', value: 'warning', from: pack },
      { name: 'urgency', value: 3, from: pack },
      { name: 'hours', value: 'open', from: pack },
      { name: 'for', value: '1 d', from: { level: 'kind', name: 'till', within: 'acme', override: 2 } },
      { name: 'clearFor', value: '1 min', from: pack },
    ],
    passedOver: [{ level: 'device', name: device, override: 3 }],
  },
  {
    ...{ id: 'lane-silent', type: 'silence', about: '', title: { fr: 'Caisse muette', en: 'Till silent' } },
    ...{ enabled: false, enabledFrom: { level: 'device', name: device, override: 4, why: 'caisse de formation' } },
    settings: [{ name: 'intervals', value: 3, from: pack }],
    passedOver: [],
  },
  {
    ...{ id: 'wifi-down', type: 'composite', about: 'access-point' },
    ...{ title: { fr: 'Wi-Fi du magasin hors service', en: 'Wi-Fi of the store down' } },
    ...{ enabled: true, enabledFrom: pack, passedOver: [] },
    settings: [{ name: 'raise', value: 50, from: pack }],
  },
  {
    ...{
      id: 'check-critical',
      type: 'status',
      about: 'net_response:*, printer:*, a-check-with-a-very-long-name:10.0.0.73',
    },
    ...{ title: { fr: 'Contrôle en défaut', en: 'Check failing' }, enabled: true, enabledFrom: pack, passedOver: [] },
    settings: [{ name: 'raise', value: ['critical', 'unknown'], from: pack }],
  },
];
