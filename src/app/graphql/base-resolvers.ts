import type { Resolvers } from '../../generated/graphql.ts';
import { badInput, CodedError } from '../../platform/errors.ts';
import { formatMoney } from '../../platform/money.ts';
import { fetchNode } from './nodes.ts';

const MAX_NODE_IDS = 100;

/** An error in a list of nullable items is that of its item: one refused id leaves the others their objects. */
function refusedAlone(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  throw error;
}

/** Resolvers that belong to no capability: Money, Viewer, global ids. */
export const resolvers: Resolvers = {
  Query: {
    node: (_root, { id }, context) => fetchNode(id, context) as never,
    nodes: (_root, { ids }, context) => {
      if (ids.length > MAX_NODE_IDS) throw badInput('ids', `at most ${MAX_NODE_IDS} at once`);
      return Promise.all(ids.map((id) => fetchNode(id, context).catch(refusedAlone))) as never;
    },
    viewer: (_root, _args, { viewer }) => viewer,
  },
  Viewer: {
    subject: ({ id }) => id,
    roles: ({ roles }) => [...roles],
  },
  Money: {
    formatted: (money) => formatMoney(money),
  },
};
