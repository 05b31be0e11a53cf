import { expect, test } from 'vitest';
import { parsePing } from '../../../agent/parsers/ping-output.ts';
import { recording } from '../recording.ts';

const IPUTILS = `PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.871 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.040 ms
64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=0.048 ms

--- 127.0.0.1 ping statistics ---
3 packets transmitted, 3 received, 0% packet loss, time 408ms
rtt min/avg/max/mdev = 0.040/0.319/0.871/0.389 ms`;

const IPUTILS_UNREACHABLE = `PING 10.255.255.1 (10.255.255.1) 56(84) bytes of data.
From 10.4.10.119 icmp_seq=1 Destination Port Unreachable
From 10.4.10.119 icmp_seq=2 Destination Port Unreachable

--- 10.255.255.1 ping statistics ---
2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 201ms`;

const BUSYBOX = `PING 10.0.2.2 (10.0.2.2): 56 data bytes
64 bytes from 10.0.2.2: seq=0 ttl=255 time=0.520 ms
64 bytes from 10.0.2.2: seq=2 ttl=255 time=1.401 ms

--- 10.0.2.2 ping statistics ---
3 packets transmitted, 2 packets received, 33% packet loss
round-trip min/avg/max = 0.520/0.960/1.401 ms`;

const MACOS = `PING 192.168.1.1 (192.168.1.1): 56 data bytes
64 bytes from 192.168.1.1: icmp_seq=0 ttl=64 time=3.105 ms
64 bytes from 192.168.1.1: icmp_seq=0 ttl=64 time=3.190 ms (DUP!)
Request timeout for icmp_seq 1

--- 192.168.1.1 ping statistics ---
2 packets transmitted, 1 packets received, +1 duplicates, 50.0% packet loss
round-trip min/avg/max/stddev = 3.105/3.148/3.190/0.042 ms`;

const WINDOWS_FR = `
Envoi d’une requête 'ping' sur b2.hello.vous [1.1.1.1] avec 32 octets de données\u00a0:
Réponse de 1.1.1.1\u00a0: octets=32 temps=12 ms TTL=57
Réponse de 1.1.1.1\u00a0: octets=32 temps=11 ms TTL=57

Statistiques Ping pour 1.1.1.1:
    Paquets\u00a0: envoyés = 2, reçus = 2, perdus = 0 (perte 0%),
Durée approximative des boucles en millisecondes :
    Minimum = 11ms, Maximum = 12ms, Moyenne = 11ms`;

const WINDOWS_FR_LOST = `
Envoi d’une requête 'Ping'  10.33.79.254 avec 32 octets de données :
Délai d’attente de la demande dépassé.
Délai d’attente de la demande dépassé.

Statistiques Ping pour 10.33.79.254:
    Paquets : envoyés = 2, reçus = 0, perdus = 2 (perte 100%),`;

const WINDOWS_FAST = `
Pinging ::1 with 32 bytes of data:
Reply from ::1: time<1ms
Reply from ::1: time<1ms

Ping statistics for ::1:
    Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),
Approximate round trip times in milli-seconds:
    Minimum = 0ms, Maximum = 0ms, Average = 0ms`;

const WINDOWS_ROUTER_ANSWERS = `
Pinging 192.168.1.77 with 32 bytes of data:
Reply from 192.168.1.5: Destination host unreachable.
Reply from 192.168.1.5: Destination host unreachable.

Ping statistics for 192.168.1.77:
    Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),`;

test.each([
  ['iputils', IPUTILS, { sent: 3, roundTrips: [0.871, 0.04, 0.048], ttl: 64 }],
  ['iputils, unreachable', IPUTILS_UNREACHABLE, { sent: 2, roundTrips: [] }],
  ['busybox, one lost', BUSYBOX, { sent: 3, roundTrips: [0.52, 1.401], ttl: 255 }],
  ['macOS, one lost and one doubled', MACOS, { sent: 2, roundTrips: [3.105], ttl: 64 }],
  ['Windows in French', WINDOWS_FR, { sent: 2, roundTrips: [12, 11], ttl: 57 }],
  ['Windows in French, all lost', WINDOWS_FR_LOST, { sent: 2, roundTrips: [] }],
  ['Windows, IPv6, under a millisecond', WINDOWS_FAST, { sent: 2, roundTrips: [0, 0] }],
  ['Windows, where what a router answers counts as received', WINDOWS_ROUTER_ANSWERS, { sent: 2, roundTrips: [] }],
])('%s', (_, text, expected) => {
  expect(parsePing(text)).toEqual({ ...expected, isUnknownHost: false });
  expect(parsePing(text.replaceAll('\n', '\r\n'))).toEqual({ ...expected, isUnknownHost: false });
});

test.each([
  ['iputils', 'ping: no-such-host.invalid: Name or service not known'],
  ['busybox', "ping: bad address 'no-such-host.invalid'"],
  ['macOS', 'ping: cannot resolve no-such-host.invalid: Unknown host'],
  ['Windows', 'Ping request could not find host no-such-host.invalid. Please check the name and try again.'],
  [
    'Windows in French',
    'La requ\ufffdte Ping n\ufffda pas pu trouver l\ufffdh\ufffdte no-such-host.invalid. V\ufffdrifiez le nom',
  ],
])('a name without address, %s', (_, text) => {
  expect(parsePing(text)).toEqual({ sent: 0, roundTrips: [], isUnknownHost: true });
});

test.each([
  ['fr', { sent: 4, roundTrips: [16, 14, 14], ttl: 243 }],
  ['fr-partly', { sent: 4, roundTrips: [] }],
  ['de', { sent: 1, roundTrips: [20], ttl: 128 }],
  ['es', { sent: 4, roundTrips: [0, 1, 1, 1], ttl: 64 }],
  ['en-failure', { sent: 4, roundTrips: [] }],
  ['en-ttl', { sent: 4, roundTrips: [] }],
  ['en-v6', { sent: 4, roundTrips: [37, 3, 4] }],
  ['de-unknown', { sent: 0, roundTrips: [], isUnknownHost: true }],
  ['es-unknown', { sent: 0, roundTrips: [], isUnknownHost: true }],
])('as Windows printed it: %s', (name, expected) => {
  expect(parsePing(recording(`windows/ping-${name}.txt`))).toEqual({ isUnknownHost: false, ...expected });
});
