import type { Client } from './client.ts';

const PROGRESS =
  'cancellation { cancelledAt bookings pending refunded failed refundedAmount { amount currency } settledAt }';

/** Call `cancelEvent`; returns any outcome. */
export const cancelEvent = (organiser: Client, event: string) =>
  organiser.mutate(
    'cancelEvent',
    { event },
    `... on EventCancelled { event { id status ${PROGRESS} } } ... on EventNotChangeable { message status }`,
  );

/** Read how far the refunds of an Event are. */
export async function cancellationOf(client: Client, event: string) {
  const { event: found } = await client.ask(
    `query ($event: ID!) { event(id: $event) { status ${PROGRESS} } }`,
    {
      event,
    },
  );
  return found.cancellation;
}
