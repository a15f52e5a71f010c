import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';

import { resolvers as booking } from '../booking/index.ts';
import { resolvers as catalog } from '../catalog/index.ts';
import { resolvers as payments } from '../payments/index.ts';
import { resolvers as realtime } from '../realtime/index.ts';
import { resolvers as search } from '../search/index.ts';
import { resolvers as seatMap } from '../seat-map/index.ts';
import { resolvers as waitingRoom } from '../waiting-room/index.ts';
import { AmountScalar } from './graphql/amount-scalar.ts';
import { resolvers as base } from './graphql/base-resolvers.ts';
import { CurrencyScalar } from './graphql/currency-scalar.ts';
import { DateTimeScalar } from './graphql/date-time.ts';
import { enforceAccess } from './graphql/enforce-access.ts';
import { enforceRequires } from './graphql/enforce-requires.ts';
import { countFields } from './graphql/response-size.ts';
import { SCHEMA_FILES } from './graphql/schema-files.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Build the schema from `schema/` with the resolvers of every capability. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const files = (await Array.fromAsync(glob(SCHEMA_FILES, { cwd: ROOT }))).toSorted();
  const schema = makeExecutableSchema({
    typeDefs: files.map((file) => readFileSync(`${ROOT}/${file}`, 'utf8')),
    resolvers: [
      { DateTime: DateTimeScalar, Amount: AmountScalar, Currency: CurrencyScalar },
      base,
      catalog,
      waitingRoom,
      search,
      booking,
      payments,
      seatMap,
      realtime,
    ],
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' }, // outcomes carry their __typename
    inheritResolversFromInterfaces: false,
  });
  return countFields(enforceRequires(enforceAccess(schema)));
}
