import { changesBetween, recordAudit } from '../../catalog/index.ts';
import type { UnblockTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { ticketsUnblocked } from '../outcomes.ts';
import { freeBlockedTickets } from '../store/ticket-moves.ts';
import { lockTickets } from '../store/tickets.ts';
import { describePlaces } from './describe-places.ts';
import { findOwnSale, type OwnSaleRefusal } from './find-own-sale.ts';

type UnblockTicketsOutcome = ReturnType<typeof ticketsUnblocked> | OwnSaleRefusal;

/** Return blocked tickets to sale. Tickets that are not blocked stay as they are. */
export async function unblockTickets(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: UnblockTicketsInput,
): Promise<UnblockTicketsOutcome> {
  return countOutcome(platform, 'unblockTickets', await unblock(platform, viewer, input));
}

async function unblock(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: UnblockTicketsInput,
): Promise<UnblockTicketsOutcome> {
  const own = await findOwnSale(platform.db, viewer, input);
  if ('refusal' in own) return own.refusal;
  const { event, places } = own;
  return inTransaction(platform, 'booking.unblockTickets', async (tx) => {
    await lockTickets(tx, event.id, places);
    const freed = await freeBlockedTickets(tx, event.id, places);
    freed.sort((a, b) => a - b);
    if (freed.length > 0)
      await recordAudit(
        tx,
        viewer,
        event,
        'unblockTickets',
        changesBetween({}, { places: describePlaces(freed) }),
      );
    return ticketsUnblocked(event, freed);
  });
}
