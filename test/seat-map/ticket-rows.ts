import type { Platform } from '../../src/platform/index.ts';
import type { SeededEvent } from '../support/seed.ts';

/** Change tickets in one transaction and increment their versions, as the stores do. */
export async function changeTickets(
  { sql }: Pick<Platform, 'sql'>,
  event: SeededEvent,
  places: readonly number[],
  status: 'AVAILABLE' | 'BLOCKED',
): Promise<void> {
  await sql`
    update tickets set status = ${status}, reservation_id = null, held_until = null, version = version + 1
    where event_id = ${event.id} and place = any(${[...places]}::int[])`;
}
