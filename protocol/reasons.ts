/**
 * Why something was decided. Every decision carries one; the log, the wall and the ticket show it. The sentences stand
 * in `words/`, one per language.
 */
export const REASON_CODES = [
  // what is known of a device
  'presence.back', // it speaks again
  'presence.lost', // its connection broke
  'presence.silent', // {seconds} connected, but no report for so long
  'presence.stopped', // its agent said goodbye
  'presence.unreachable', // {watcher} the agent that watches it gets no answer
  'presence.agent-died', // {gateway} its machine answers on the store's network, its agent has gone
  'presence.off-lan', // {gateway} {asked} nobody in the store reaches it
  'presence.off-gateway', // {gateway} {asked} {reached} its neighbours reach it, the gateway does not
  'presence.refused', // {gateway} its certificate was revoked, the gateway lets it in no more
  'presence.was-off-lan', // {reports} {seconds} reports it kept prove that it ran all the time
  'presence.no-return', // not heard again since the collector started
  'presence.unseen', // never heard of yet
  'presence.flapping', // {percent} it comes and goes
  'presence.watcher-lost', // {watcher} the agent that watches it is itself not heard
  // what a rule saw
  'threshold.above', // {reading} {value} {limit} {unit}
  'threshold.below', // {reading} {value} {limit} {unit}
  'threshold.flapping', // {reading} {value} {limit} {unit} {percent} it comes and goes
  'threshold.cleared', // {reading} {value} {limit} {unit}
  'forecast.rising', // {reading} {value} {limit} {unit} {perDay} {expectedAt} {earliestAt} {latestAt} {zone}
  'forecast.falling', // the same; no {latestAt} where it may never be
  'forecast.cleared', // {reading} {value} {limit} {unit} its limit is no longer near
  'baseline.above', // {reading} {value} {expected} {limit} {unit} far above what is usual at this hour of the week
  'baseline.below', // the same
  'baseline.cleared', // the same
  'sales.silent', // {expected} {odds} {seconds} nothing sold where so many were expected, one chance in so many
  'sales.store-silent', // the same of all tills of the store; {of} {bad} {total}
  'sales.resumed', // {device} it sells
  'sales.unstaffed', // nobody is at it any more
  'sales.given-up', // no sale for days: it is a lane that is not used
  'status.warning', // {check} {text}
  'status.critical', // {check} {text}
  'status.unknown', // {check} {text}
  'status.flapping', // {check} {text} {percent} it comes and goes
  'status.cleared', // {check}
  'group.down', // {of} {bad} {total} {kinds} {limit} so many of the lanes, or of the devices of these kinds
  'group.degraded', // the same
  'group.firing', // the same
  'group.cleared', // the same
  'no-data.reading', // {reading} {seconds} the device is heard, this reading has stayed away for so long
  'no-data.check', // {check} {seconds} the same of a check
  'no-data.back', // {reading} or {check} it is told again
  'alert.steady', // it flapped, is clear, and nothing has changed for long
  'no-longer-watched', // the rule or the device is gone
  'rule.gone', // the rules were changed: none of them judges this any more
  // how alerts became one cause
  'fold.store-silent', // {devices} every device of the store fell silent together
  'fold.fell-together', // some devices of the store fell silent together, others are heard
  'fold.off-lan-together', // several devices left the store's network together, the gateway hears others
  'fold.group', // {of} {bad} {total} {kinds} several members of a group are at fault: theirs is one cause
  'fold.power', // {ups} {minutes} {devices} these devices fell while the UPS was on battery
  'fold.power-group', // {source} {devices} all that this UPS or PDU feeds fell together
  'fold.wan', // {devices} {link} every link of the store is gone
  'fold.switch', // {parent} {devices} {uplink} {port} what hangs on this switch fell with it
  'fold.parent', // {parent} {devices} {uplink} {port} what hangs on this device fell with it
  'fold.behind', // {parent} {devices} all that hangs on it fell together, it is not watched itself
  'fold.alone', // nothing else in the store shares it
  // before a store opens
  'opening.not-ready', // {device} {ready} {total} {minutes} the opening check found it
  // planned work
  'maintenance.planned', // {id} {title} {number} {who} {until} its wall time
  'maintenance.over', // {id} {title} {number}
  'change.suspect', // {id} {title} {number} {who} it was under way, or had just ended
  // what became of an incident
  'incident.opened',
  'incident.cause-changed', // {from}
  'incident.joined', // {alert}
  'incident.alert-cleared', // {alert}
  'incident.flapping', // {alert}
  'incident.steady', // {alert} it flaps no more
  'incident.alert-moved', // {alert} it turned out to have another cause
  'incident.priority-changed', // {from} {to}
  'incident.escalated', // {level} {clock} {share} {unit} so much of a clock is burnt
  'incident.deadlines-moved', // {respond} {restore} seconds agreed for its new priority
  'incident.acknowledged', // {by}
  'incident.started', // {by} work on it has begun
  'incident.assigned', // {by} {owner} {level} no {owner}: it is nobody's
  'incident.graver', // it was acknowledged for something smaller
  'incident.on-hold', // {by} {why} {until} its wall time
  'incident.resumed', // {by}
  'incident.hold-over', // its time has come
  'incident.hold-graver', // it is graver than what was put on hold
  'incident.commented', // {by} {text}
  'action.asked', // {by} {action} {device} {why} {id}
  'action.done', // {action} {device} {before} {after} {output} {id}
  'action.failed', // {action} {device} {error} {before} {after} {output} {id}
  'action.refused', // {action} {device} {refusal} {error} {id}
  'incident.merged', // {into} {by} no {by}: it turned out to be the same cause
  'incident.merged-in', // {by} {from} people made another one part of it
  'incident.split', // {by} {from} people took it out of another one
  'incident.split-off', // {by} {alerts} people made these alerts an incident of their own
  'incident.reopened', // {by} {why} {seconds} by somebody, or because its cause came back so soon
  'incident.closed', // it is not opened again
  'incident.resolved', // {quietS} quiet for so long
  'incident.beneath', // {number} it is part of this major incident
  'incident.on-its-own', // {number} it is no longer part of it
  // what several stores have in common
  'major.common', // {attribute} {value} {symptom}
  'major.storm',
  'major.evidence', // {attribute} {value} {failed} {of} {others} {ofOthers} {p} {tried} of those that have it, of the others
  'major.rate', // {incidents} {seconds} {stores} so many began at once
  'major.grew', // {added} {stores}
  'major.renamed', // {attribute} {value} {symptom} it is better told by this
  'major.resolved', // {quietS} all its stores are back for so long
  'major.strays', // {stores} all but so many are back, theirs is another fault
  'ticket.opened', // {desk} {ticket}
  'ticket.updated', // {desk}
  'ticket.commented', // {desk}
  'ticket.reopened', // {desk}
  'ticket.resolved', // {desk}
  'ticket.ended-early', // {by} {desk} while the fault lasts; it is opened again
  'ticket.left-ended', // {by} {desk} while the fault lasts; it stays so
  'ticket.failed', // {desk} {error}
  'ticket.not-needed', // {desk}: all was over before the desk could be told
  'ticket.passed-on', // {desk} {to}: another desk is told in its place
  'ticket.discarded', // {desk} {by} {why}
  // why a store shows as it does
  'store.up',
  'store.lanes-down', // {down} {total}
  'store.lanes-blind', // {blind} {total}
  'store.device-down', // {device}
  'store.device-blind', // {device}
  'store.alerts', // {count}
  'store.selling-offline', // {lanes} {total} what these lanes sell does not reach the centre
  'store.silent', // nothing is heard from it
  'store.cut-off', // {gateway} nothing comes through its gateway any more
  'store.was-cut-off', // {reports} {seconds} reports kept inside prove that it went on
  'store.power-cut', // {source} its mains are cut, by what its UPS says or by what fell
  'store.wan-cut', // {device} its main link was lost before, now the backup is
  'store.on-battery', // {device} this UPS feeds it
  'store.on-backup', // {device} it goes through its backup link
  'store.closed',
  'store.opening', // {ready} {total} about to open, so many lanes are ready
  'store.empty', // nothing to watch yet
  'store.proven', // reports that came later prove it
  'store.unwatched', // no collector was at work
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface Reason {
  code: ReasonCode;
  params?: Record<string, string | number>;
}
