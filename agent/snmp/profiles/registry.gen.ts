// Generated from this folder by "npm run generate". Do not edit.
import type { SnmpProfile } from '../profile.ts';
import { profile as mib3com } from './3com.ts';
import { profile as advantech } from './advantech.ts';
import { profile as advantechRouter } from './advantech-router.ts';
import { profile as aerohive } from './aerohive.ts';
import { profile as airfiber } from './airfiber.ts';
import { profile as airfiber60 } from './airfiber-60.ts';
import { profile as airfiberLtu } from './airfiber-ltu.ts';
import { profile as airos } from './airos.ts';
import { profile as akcp } from './akcp.ts';
import { profile as alliedTelesis } from './allied-telesis.ts';
import { profile as apc } from './apc.ts';
import { profile as apcCooling } from './apc-cooling.ts';
import { profile as apcPdu } from './apc-pdu.ts';
import { profile as arista } from './arista.ts';
import { profile as arubaInstant } from './aruba-instant.ts';
import { profile as arubaInstantOnSwitch } from './aruba-instant-on-switch.ts';
import { profile as arubaos } from './arubaos.ts';
import { profile as arubaosCx } from './arubaos-cx.ts';
import { profile as atenPdu } from './aten-pdu.ts';
import { profile as avigilon } from './avigilon.ts';
import { profile as avtech } from './avtech.ts';
import { profile as axis } from './axis.ts';
import { profile as barracudaFirewall } from './barracuda-firewall.ts';
import { profile as bdcom } from './bdcom.ts';
import { profile as bintec } from './bintec.ts';
import { profile as boschCamera } from './bosch-camera.ts';
import { profile as brother } from './brother.ts';
import { profile as buffalo } from './buffalo.ts';
import { profile as cambiumCnpilot } from './cambium-cnpilot.ts';
import { profile as cambiumEpmp } from './cambium-epmp.ts';
import { profile as cambiumPmp } from './cambium-pmp.ts';
import { profile as camera } from './camera.ts';
import { profile as canon } from './canon.ts';
import { profile as checkpoint } from './checkpoint.ts';
import { profile as cisco } from './cisco.ts';
import { profile as ciscoCellular } from './cisco-cellular.ts';
import { profile as ciscoCimc } from './cisco-cimc.ts';
import { profile as ciscoEnvironment } from './cisco-environment.ts';
import { profile as ciscoFirewall } from './cisco-firewall.ts';
import { profile as ciscoRedundancy } from './cisco-redundancy.ts';
import { profile as ciscoSmallBusiness } from './cisco-small-business.ts';
import { profile as ciscoStack } from './cisco-stack.ts';
import { profile as ciscoWireless } from './cisco-wireless.ts';
import { profile as clavister } from './clavister.ts';
import { profile as comware } from './comware.ts';
import { profile as cradlepoint } from './cradlepoint.ts';
import { profile as cyberpower } from './cyberpower.ts';
import { profile as dahua } from './dahua.ts';
import { profile as dellForce10 } from './dell-force10.ts';
import { profile as dellIdrac } from './dell-idrac.ts';
import { profile as dellOpenmanage } from './dell-openmanage.ts';
import { profile as dellOs10 } from './dell-os10.ts';
import { profile as dellPowerconnect } from './dell-powerconnect.ts';
import { profile as dellPrinter } from './dell-printer.ts';
import { profile as deltaUps } from './delta-ups.ts';
import { profile as didactum } from './didactum.ts';
import { profile as digi } from './digi.ts';
import { profile as dlink } from './dlink.ts';
import { profile as draytek } from './draytek.ts';
import { profile as eatonAts } from './eaton-ats.ts';
import { profile as eatonPdu } from './eaton-pdu.ts';
import { profile as eatonUps } from './eaton-ups.ts';
import { profile as edgecore } from './edgecore.ts';
import { profile as edgeos } from './edgeos.ts';
import { profile as edgeswitch } from './edgeswitch.ts';
import { profile as engenius } from './engenius.ts';
import { profile as entityMib } from './entity-mib.ts';
import { profile as entitySensor } from './entity-sensor.ts';
import { profile as epson } from './epson.ts';
import { profile as extremeErs } from './extreme-ers.ts';
import { profile as extremeVoss } from './extreme-voss.ts';
import { profile as extremeXos } from './extreme-xos.ts';
import { profile as f5 } from './f5.ts';
import { profile as fortiap } from './fortiap.ts';
import { profile as fortigate } from './fortigate.ts';
import { profile as fortimail } from './fortimail.ts';
import { profile as fortimanager } from './fortimanager.ts';
import { profile as fortiswitch } from './fortiswitch.ts';
import { profile as fortiweb } from './fortiweb.ts';
import { profile as freebsd } from './freebsd.ts';
import { profile as fs } from './fs.ts';
import { profile as fujitsuIrmc } from './fujitsu-irmc.ts';
import { profile as geist } from './geist.ts';
import { profile as generex } from './generex.ts';
import { profile as gude } from './gude.ts';
import { profile as hanwha } from './hanwha.ts';
import { profile as hikvision } from './hikvision.ts';
import { profile as hirschmann } from './hirschmann.ts';
import { profile as hostResources } from './host-resources.ts';
import { profile as hpPrinter } from './hp-printer.ts';
import { profile as hpeIlo } from './hpe-ilo.ts';
import { profile as hpeProliant } from './hpe-proliant.ts';
import { profile as hpeUps } from './hpe-ups.ts';
import { profile as huawei } from './huawei.ts';
import { profile as huaweiUps } from './huawei-ups.ts';
import { profile as huaweiUpsMib } from './huawei-ups-mib.ts';
import { profile as hwGroup } from './hw-group.ts';
import { profile as ironware } from './ironware.ts';
import { profile as juniper } from './juniper.ts';
import { profile as juniperScreenos } from './juniper-screenos.ts';
import { profile as kentix } from './kentix.ts';
import { profile as konicaMinolta } from './konica-minolta.ts';
import { profile as kyocera } from './kyocera.ts';
import { profile as labelPrinter } from './label-printer.ts';
import { profile as lancom } from './lancom.ts';
import { profile as lancomSwitch } from './lancom-switch.ts';
import { profile as lantronix } from './lantronix.ts';
import { profile as lenovoXcc } from './lenovo-xcc.ts';
import { profile as lexmark } from './lexmark.ts';
import { profile as liebert } from './liebert.ts';
import { profile as linksys } from './linksys.ts';
import { profile as linux } from './linux.ts';
import { profile as lmSensors } from './lm-sensors.ts';
import { profile as megatec } from './megatec.ts';
import { profile as meraki } from './meraki.ts';
import { profile as meru } from './meru.ts';
import { profile as mgeUps } from './mge-ups.ts';
import { profile as mikrotik } from './mikrotik.ts';
import { profile as mikrotikSwos } from './mikrotik-swos.ts';
import { profile as mimosa } from './mimosa.ts';
import { profile as mobotix } from './mobotix.ts';
import { profile as moxa } from './moxa.ts';
import { profile as netapp } from './netapp.ts';
import { profile as netbotz } from './netbotz.ts';
import { profile as netgear } from './netgear.ts';
import { profile as netonix } from './netonix.ts';
import { profile as netscaler } from './netscaler.ts';
import { profile as oki } from './oki.ts';
import { profile as omniswitchAos6 } from './omniswitch-aos6.ts';
import { profile as omniswitchAos7 } from './omniswitch-aos7.ts';
import { profile as openwrt } from './openwrt.ts';
import { profile as opnsense } from './opnsense.ts';
import { profile as paloalto } from './paloalto.ts';
import { profile as papouch } from './papouch.ts';
import { profile as peplink } from './peplink.ts';
import { profile as perle } from './perle.ts';
import { profile as pfsense } from './pfsense.ts';
import { profile as phoenixContact } from './phoenix-contact.ts';
import { profile as planet } from './planet.ts';
import { profile as powerEthernet } from './power-ethernet.ts';
import { profile as printerMib } from './printer-mib.ts';
import { profile as procurve } from './procurve.ts';
import { profile as proxmox } from './proxmox.ts';
import { profile as qnap } from './qnap.ts';
import { profile as raisecom } from './raisecom.ts';
import { profile as raritan } from './raritan.ts';
import { profile as readynas } from './readynas.ts';
import { profile as ricoh } from './ricoh.ts';
import { profile as riello } from './riello.ts';
import { profile as rittal } from './rittal.ts';
import { profile as ruckusAp } from './ruckus-ap.ts';
import { profile as ruckusSmartzone } from './ruckus-smartzone.ts';
import { profile as ruckusUnleashed } from './ruckus-unleashed.ts';
import { profile as ruckusZonedirector } from './ruckus-zonedirector.ts';
import { profile as ruijie } from './ruijie.ts';
import { profile as samsungPrinter } from './samsung-printer.ts';
import { profile as schleifenbauer } from './schleifenbauer.ts';
import { profile as selfDescribed } from './self-described.ts';
import { profile as servertech } from './servertech.ts';
import { profile as sharp } from './sharp.ts';
import { profile as siemensScalance } from './siemens-scalance.ts';
import { profile as sierraAirlink } from './sierra-airlink.ts';
import { profile as socomec } from './socomec.ts';
import { profile as socomecNetvision } from './socomec-netvision.ts';
import { profile as sonicwall } from './sonicwall.ts';
import { profile as sophosXg } from './sophos-xg.ts';
import { profile as standardTraps } from './standard-traps.ts';
import { profile as stormshield } from './stormshield.ts';
import { profile as supermicroBmc } from './supermicro-bmc.ts';
import { profile as supermicroSuperdoctor } from './supermicro-superdoctor.ts';
import { profile as synology } from './synology.ts';
import { profile as teltonika } from './teltonika.ts';
import { profile as teltonikaLegacy } from './teltonika-legacy.ts';
import { profile as teracom } from './teracom.ts';
import { profile as toshibaPrinter } from './toshiba-printer.ts';
import { profile as tplink } from './tplink.ts';
import { profile as tplinkEap } from './tplink-eap.ts';
import { profile as trendnet } from './trendnet.ts';
import { profile as trippLite } from './tripp-lite.ts';
import { profile as trippLite1204 } from './tripp-lite-12-04.ts';
import { profile as truenas } from './truenas.ts';
import { profile as ucdSnmp } from './ucd-snmp.ts';
import { profile as unifi } from './unifi.ts';
import { profile as upsMib } from './ups-mib.ts';
import { profile as vmwareEsxi } from './vmware-esxi.ts';
import { profile as vyos } from './vyos.ts';
import { profile as watchguard } from './watchguard.ts';
import { profile as wdMycloud } from './wd-mycloud.ts';
import { profile as windows } from './windows.ts';
import { profile as windowsDhcp } from './windows-dhcp.ts';
import { profile as xerox } from './xerox.ts';
import { profile as zebra } from './zebra.ts';
import { profile as zebraPrintServer } from './zebra-print-server.ts';
import { profile as zywall } from './zywall.ts';
import { profile as zyxelSwitch } from './zyxel-switch.ts';

/** Every device family there is a profile of. */
export const profiles: readonly SnmpProfile[] = [
  mib3com,
  advantech,
  advantechRouter,
  aerohive,
  airfiber,
  airfiber60,
  airfiberLtu,
  airos,
  akcp,
  alliedTelesis,
  apc,
  apcCooling,
  apcPdu,
  arista,
  arubaInstant,
  arubaInstantOnSwitch,
  arubaos,
  arubaosCx,
  atenPdu,
  avigilon,
  avtech,
  axis,
  barracudaFirewall,
  bdcom,
  bintec,
  boschCamera,
  brother,
  buffalo,
  cambiumCnpilot,
  cambiumEpmp,
  cambiumPmp,
  camera,
  canon,
  checkpoint,
  cisco,
  ciscoCellular,
  ciscoCimc,
  ciscoEnvironment,
  ciscoFirewall,
  ciscoRedundancy,
  ciscoSmallBusiness,
  ciscoStack,
  ciscoWireless,
  clavister,
  comware,
  cradlepoint,
  cyberpower,
  dahua,
  dellForce10,
  dellIdrac,
  dellOpenmanage,
  dellOs10,
  dellPowerconnect,
  dellPrinter,
  deltaUps,
  didactum,
  digi,
  dlink,
  draytek,
  eatonAts,
  eatonPdu,
  eatonUps,
  edgecore,
  edgeos,
  edgeswitch,
  engenius,
  entityMib,
  entitySensor,
  epson,
  extremeErs,
  extremeVoss,
  extremeXos,
  f5,
  fortiap,
  fortigate,
  fortimail,
  fortimanager,
  fortiswitch,
  fortiweb,
  freebsd,
  fs,
  fujitsuIrmc,
  geist,
  generex,
  gude,
  hanwha,
  hikvision,
  hirschmann,
  hostResources,
  hpPrinter,
  hpeIlo,
  hpeProliant,
  hpeUps,
  huawei,
  huaweiUps,
  huaweiUpsMib,
  hwGroup,
  ironware,
  juniper,
  juniperScreenos,
  kentix,
  konicaMinolta,
  kyocera,
  labelPrinter,
  lancom,
  lancomSwitch,
  lantronix,
  lenovoXcc,
  lexmark,
  liebert,
  linksys,
  linux,
  lmSensors,
  megatec,
  meraki,
  meru,
  mgeUps,
  mikrotik,
  mikrotikSwos,
  mimosa,
  mobotix,
  moxa,
  netapp,
  netbotz,
  netgear,
  netonix,
  netscaler,
  oki,
  omniswitchAos6,
  omniswitchAos7,
  openwrt,
  opnsense,
  paloalto,
  papouch,
  peplink,
  perle,
  pfsense,
  phoenixContact,
  planet,
  powerEthernet,
  printerMib,
  procurve,
  proxmox,
  qnap,
  raisecom,
  raritan,
  readynas,
  ricoh,
  riello,
  rittal,
  ruckusAp,
  ruckusSmartzone,
  ruckusUnleashed,
  ruckusZonedirector,
  ruijie,
  samsungPrinter,
  schleifenbauer,
  selfDescribed,
  servertech,
  sharp,
  siemensScalance,
  sierraAirlink,
  socomec,
  socomecNetvision,
  sonicwall,
  sophosXg,
  standardTraps,
  stormshield,
  supermicroBmc,
  supermicroSuperdoctor,
  synology,
  teltonika,
  teltonikaLegacy,
  teracom,
  toshibaPrinter,
  tplink,
  tplinkEap,
  trendnet,
  trippLite,
  trippLite1204,
  truenas,
  ucdSnmp,
  unifi,
  upsMib,
  vmwareEsxi,
  vyos,
  watchguard,
  wdMycloud,
  windows,
  windowsDhcp,
  xerox,
  zebra,
  zebraPrintServer,
  zywall,
  zyxelSwitch,
];
