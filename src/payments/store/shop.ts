import { named } from '../../platform/db/named.ts';
import type { Db } from '../../platform/db/pool.ts';
import { shops } from '../tables.ts';

/** Read the id of this database at Stripe; the first call generates it. */
export async function readShopId(db: Db): Promise<string> {
  await named(db, 'payments.insertShop').insert(shops).values({}).onConflictDoNothing();
  const [shop] = await named(db, 'payments.readShopId').select({ id: shops.id }).from(shops);
  if (shop === undefined) throw new Error('shop row missing');
  return shop.id;
}
