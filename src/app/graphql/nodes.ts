import { nodes as booking } from '../../booking/index.ts';
import { nodes as catalog } from '../../catalog/index.ts';
import { nodes as payments } from '../../payments/index.ts';
import { decodeId, type NodeType } from '../../platform/ids.ts';
import type { Context } from '../context.ts';

/** Fetchers by type; each capability checks visibility itself. */
const FETCHERS: Partial<Record<NodeType, (id: never, context: Context) => Promise<object | null>>> = {
  ...catalog,
  ...booking,
  ...payments,
};

/** Fetch a node by its global id. `null`: unknown, not a global id, or not visible to this viewer. */
export async function fetchNode(globalId: string, context: Context): Promise<object | null> {
  const id = decodeId(globalId);
  const fetcher = id && FETCHERS[id.type];
  if (!id || !fetcher) return null;
  const row = await fetcher(id as never, context);
  return row && { ...row, __typename: id.type };
}
