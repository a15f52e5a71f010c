import { GraphQLError, GraphQLScalarType, Kind, print } from 'graphql';

/** A string is refused even if it is a number: not every client would read it as one. */
const EXPECTED = 'Amount must be a JSON number without a fraction, from -(2^53 - 1) to 2^53 - 1';

/** `Amount`: GraphQL's Int has 32 bits, which is 21 million rupiahs. */
export const AmountScalar = new GraphQLScalarType<number, number>({
  name: 'Amount',
  serialize(value) {
    if (!isAmount(value)) throw new TypeError(`${String(value)} is not an amount`);
    return value;
  },
  parseValue(value) {
    if (!isAmount(value)) throw new GraphQLError(EXPECTED); // graphql-js adds the value and its path
    return value + 0; // -0 becomes 0
  },
  parseLiteral(node) {
    const value = node.kind === Kind.INT ? Number(node.value) : null;
    if (!isAmount(value)) throw new GraphQLError(`${EXPECTED}, not ${print(node)}`, { nodes: node });
    return value + 0;
  },
});

const isAmount = (value: unknown): value is number => Number.isSafeInteger(value);
