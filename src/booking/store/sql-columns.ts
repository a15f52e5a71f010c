import type { SQLWrapper } from 'drizzle-orm';

/** Columns of a table or of its alias, for SQL conditions. */
export type Columns<Name extends string> = Readonly<Record<Name, SQLWrapper>>;
