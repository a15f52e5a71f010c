import { changesBetween, recordAudit } from '../../catalog/index.ts';
import type { BlockTicketsInput } from '../../generated/graphql.ts';
import type { Viewer } from '../../platform/auth/viewer.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Platform } from '../../platform/index.ts';
import { countOutcome } from '../../platform/outcomes.ts';
import { ticketsBlocked, ticketsUnavailable } from '../outcomes.ts';
import { expireOverdue } from '../store/overdue.ts';
import { blockFreeTickets } from '../store/ticket-moves.ts';
import { lockTickets } from '../store/tickets.ts';
import { describePlaces } from './describe-places.ts';
import { findOwnSale, type OwnSaleRefusal } from './find-own-sale.ts';

type BlockTicketsOutcome =
  ReturnType<typeof ticketsBlocked> | ReturnType<typeof ticketsUnavailable> | OwnSaleRefusal;

/** Withhold tickets from sale: all of them, or none if one is held or sold. Idempotent. */
export async function blockTickets(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: BlockTicketsInput,
): Promise<BlockTicketsOutcome> {
  return countOutcome(platform, 'blockTickets', await block(platform, viewer, input));
}

async function block(
  platform: Pick<Platform, 'db' | 'metrics'>,
  viewer: Viewer,
  input: BlockTicketsInput,
): Promise<BlockTicketsOutcome> {
  const own = await findOwnSale(platform.db, viewer, input);
  if ('refusal' in own) return own.refusal;
  const { event, places } = own;
  return inTransaction(platform, 'booking.blockTickets', async (tx, abort) => {
    const found = await lockTickets(tx, event.id, places);
    const taken = found.filter(({ status }) => status === 'RESERVED' || status === 'SOLD');
    if (taken.length > 0)
      return abort(
        ticketsUnavailable(
          event.id,
          taken.map(({ place }) => place),
        ),
      );
    await blockFreeTickets(tx, event.id, places);
    const expiredIds = found.flatMap(({ reservationId }) => reservationId ?? []);
    if (expiredIds.length > 0) await expireOverdue(tx, { eventId: event.id, ids: [...new Set(expiredIds)] });
    const blocked = found.filter(({ status }) => status !== 'BLOCKED').map(({ place }) => place);
    if (blocked.length > 0)
      await recordAudit(
        tx,
        viewer,
        event,
        'blockTickets',
        changesBetween({}, { places: describePlaces(blocked) }),
      );
    return ticketsBlocked(event, places);
  });
}
