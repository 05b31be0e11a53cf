import { BlockList, isIPv6 } from 'node:net';
import type { DeviceKey } from '../../protocol/names.ts';
import type { Link, Passenger } from '../passenger.ts';
import { readMessage } from '../read-message.ts';
import { look, type Sight } from './look.ts';
import { answerTopic, type LookAnswer, LookQuestion, questionTopic } from './look-messages.ts';

/** A store's network: nobody is made to knock elsewhere. */
const INSIDE = new BlockList();
INSIDE.addSubnet('10.0.0.0', 8, 'ipv4');
INSIDE.addSubnet('172.16.0.0', 12, 'ipv4');
INSIDE.addSubnet('192.168.0.0', 16, 'ipv4');
INSIDE.addSubnet('169.254.0.0', 16, 'ipv4');
INSIDE.addSubnet('fc00::', 7, 'ipv6');
INSIDE.addSubnet('fe80::', 10, 'ipv6');

/**
 * A device behind a gateway: tells it, when it is asked, whether it sees another machine of the store. One look at a time,
 * and at private addresses only.
 */
export function createNeighbour(me: DeviceKey, lookAt: (host: string) => Promise<Sight> = look): Passenger {
  let link: Link | undefined;
  let isLooking = false;

  async function answer({ id, host }: LookQuestion): Promise<void> {
    isLooking = true;
    const sight = await lookAt(host).catch((): Sight => 'unsure');
    isLooking = false;
    link?.publish(answerTopic(me), JSON.stringify({ id, sight } satisfies LookAnswer), false, () => {});
  }

  return {
    board(next) {
      link = next;
      next.subscribe([questionTopic(me)]);
    },
    hear(topic, payload) {
      const question = topic === questionTopic(me) ? readMessage(LookQuestion, payload) : undefined;
      if (!question || isLooking || !isInside(question.host)) return;
      void answer(question);
    },
    collectors() {},
    leave() {
      link = undefined;
    },
  };
}

const isInside = (host: string): boolean => INSIDE.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
