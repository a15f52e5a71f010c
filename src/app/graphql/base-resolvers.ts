import type { Resolvers } from '../../generated/graphql.ts';
import { badInput } from '../../platform/errors.ts';
import { formatMoney } from '../../platform/money.ts';
import { fetchNode } from './nodes.ts';

/** A page of things at once; more is a crawl. */
const MOST_NODES = 100;

/** GraphQL in and out of what belongs to no capability: money, the viewer, global ids, type names. */
export const resolvers: Resolvers = {
  Query: {
    node: (_root, { id }, context) => fetchNode(id, context) as never,
    nodes: (_root, { ids }, context) => {
      if (ids.length > MOST_NODES) throw badInput('ids', `at most ${MOST_NODES} at once`);
      return Promise.all(ids.map((id) => fetchNode(id, context))) as never;
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
