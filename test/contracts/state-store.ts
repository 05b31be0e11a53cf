import { describe } from 'vitest';
import { accessContract } from './state-store/access.ts';
import { admissionContract } from './state-store/admission.ts';
import { agentConfigContract } from './state-store/agent-configs.ts';
import { availabilityContract } from './state-store/availability.ts';
import { commandContract } from './state-store/commands.ts';
import { commitContract } from './state-store/commit.ts';
import { discoveryContract } from './state-store/discovery.ts';
import { eventsContract } from './state-store/events.ts';
import { factsContract } from './state-store/facts.ts';
import type { OpenStateStore } from './state-store/fixtures.ts';
import { incidentContract } from './state-store/incidents.ts';
import { inventoryContract } from './state-store/inventory.ts';
import { judgedContract } from './state-store/judged.ts';
import { maintenanceContract } from './state-store/maintenance.ts';
import { majorContract } from './state-store/majors.ts';
import { onCallContract } from './state-store/on-call.ts';
import { outsideAlertContract } from './state-store/outside-alerts.ts';
import { releaseContract } from './state-store/releases.ts';
import { reportLogContract } from './state-store/report-log.ts';
import { reviewContract } from './state-store/reviews.ts';
import { ruleRevisionContract } from './state-store/rule-revisions.ts';
import { storePageContract } from './state-store/store-pages.ts';
import { ticketBadDaysContract } from './state-store/ticket-bad-days.ts';
import { ticketOrderContract } from './state-store/ticket-order.ts';
import { ticketContract } from './state-store/tickets.ts';

/** All that the StateStore port promises. Every adapter passes this very suite. */
export function stateStoreContract(name: string, open: OpenStateStore): void {
  describe(`state store: ${name}`, () => {
    commitContract(open);
    reportLogContract(open);
    incidentContract(open);
    majorContract(open);
    ticketContract(open);
    ticketOrderContract(open);
    ticketBadDaysContract(open);
    inventoryContract(open);
    accessContract(open);
    agentConfigContract(open);
    admissionContract(open);
    availabilityContract(open);
    discoveryContract(open);
    eventsContract(open);
    factsContract(open);
    judgedContract(open);
    maintenanceContract(open);
    releaseContract(open);
    reviewContract(open);
    onCallContract(open);
    outsideAlertContract(open);
    storePageContract(open);
    ruleRevisionContract(open);
    commandContract(open);
  });
}
