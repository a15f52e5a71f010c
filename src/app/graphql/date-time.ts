import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

import { isWithinInstants, parseInstant } from '../../platform/instants.ts';

/** The scalar `DateTime`: every instant of a client passes here, in variables and in literals. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize(value) {
    if (value instanceof Date && isWithinInstants(value)) return value.toISOString();
    throw new GraphQLError(`DateTime cannot represent ${String(value)}`);
  },
  parseValue: (value) => parse(value),
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});

function parse(value: unknown): Date {
  const { instant, problem } = parseInstant(typeof value === 'string' ? value : '');
  if (problem !== null) throw new GraphQLError(`DateTime ${problem}.`);
  return instant;
}
