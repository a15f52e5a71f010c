/** Process for the tests: starts the stack on the given directory and stops it on SIGINT. */
import { once } from 'node:events';
import postgres from 'postgres';

import { startLocalStack } from '../../src/local-stack/index.ts';

const interrupted = once(process, 'SIGINT');
await using stack = await startLocalStack({ directory: process.argv[2]! });
process.stdout.write(`${JSON.stringify({ databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl })}\n`);

await interrupted;
const sql = postgres(stack.databaseUrl!, { max: 1 });
await sql`select 1`;
await sql.end();
process.stdout.write('Postgres still available after SIGINT\n');
