import { GraphQLError, GraphQLScalarType, Kind, print } from 'graphql';

const EXPECTED = 'Currency must be a string, like "EUR"';

/**
 * `Currency`: any string, of which each field tells whether it takes it. JSON of another kind is refused: an object can have a
 * `toString` that is no function, and lists can be nested until their text exhausts the stack.
 */
export const CurrencyScalar = new GraphQLScalarType<string, string>({
  name: 'Currency',
  serialize: (value) => String(value),
  parseValue(value) {
    if (typeof value !== 'string') throw new GraphQLError(EXPECTED);
    return value;
  },
  parseLiteral(node) {
    if (node.kind === Kind.STRING || node.kind === Kind.ENUM) return node.value;
    throw new GraphQLError(`${EXPECTED}, not ${print(node)}`, { nodes: node });
  },
});
