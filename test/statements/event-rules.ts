import {
  columnOf,
  isConstant,
  nodesOf,
  operatorOf,
  parseStatement,
  queriesOf,
  type Query,
  type SqlNode,
} from './sql-tree.ts';

/** Tables whose rows belong to an Event, and lie where the Event does. A new one is added here with its first statement. */
export const EVENT_TABLES: ReadonlySet<string> = new Set([
  'tickets',
  'reservations',
  'bookings',
  'booking_tickets',
  'idempotent_calls',
  'event_locks',
  'event_audit',
  'event_cancellations',
  'archived_tickets',
  'archived_reservations',
  'archived_waiting_room_admissions',
  'waiting_rooms',
  'waiting_room_abandoned_places',
  'waiting_room_lists',
  'waiting_room_admissions',
  'ledger_entries',
  'refunds',
  'disputes',
  'refund_requests',
]);

/** Which Events a query reads of one of its tables. */
type Scope = 'one' | 'listed' | 'any';

/**
 * Tables of a statement that it reads or writes without saying of which Event: each needs `event_id = …`, equal to a value or
 * to the `event_id` of a table that has it; lists say `event_id = any (…)` as well as the pairs.
 */
export async function tablesOfAnyEvent(text: string): Promise<string[]> {
  return eventTables(await parseStatement(text)).flatMap(({ table, alias, scope }) =>
    scope === 'any' ? [alias === table ? table : `${table} ${alias}`] : [],
  );
}

function eventTables(tree: SqlNode) {
  const queries = queriesOf(tree);
  const scopes = new Map<string, Scope>(); // by alias: a correlated subquery names the tables around it
  for (let round = 0; round < queries.length; round++) {
    for (const query of queries) {
      for (const { alias, table } of query.tables) {
        const known = scopes.get(alias);
        if (known !== undefined && known !== 'any') continue;
        if (EVENT_TABLES.has(table) || table === 'events')
          scopes.set(alias, scopeOf(query, alias, table, scopes));
      }
    }
  }
  return queries.flatMap((query) =>
    query.tables
      .filter(({ table }) => EVENT_TABLES.has(table))
      .map(({ table, alias }) => ({ query, table, alias, scope: scopeOf(query, alias, table, scopes) })),
  );
}

function scopeOf(query: Query, alias: string, table: string, scopes: ReadonlyMap<string, Scope>): Scope {
  const key = table === 'events' ? 'id' : 'event_id';
  if (query.kind === 'InsertStmt') {
    const columns = (query.node['cols'] as SqlNode[] | undefined)?.map((column) => column['ResTarget'].name);
    return columns === undefined || columns.includes(key) ? 'one' : 'any';
  }
  const isKey = (node: SqlNode | undefined) => {
    const found = columnOf(node);
    if (found?.column !== key) return false;
    return found.alias === alias || (found.alias === null && query.tables.length === 1);
  };
  const found = query.conditions.map((condition): Scope => {
    const expression = condition['A_Expr'] as SqlNode | undefined;
    if (operatorOf(expression) !== '=') return 'any';
    const { kind, lexpr, rexpr } = expression!;
    if (!isKey(lexpr) && !isKey(rexpr)) return 'any';
    const other = isKey(lexpr) ? rexpr : lexpr;
    if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_IN') return isConstant(other) ? 'listed' : 'any';
    if (isConstant(other)) return 'one';
    const joined = columnOf(other);
    return joined?.alias && ['event_id', 'id'].includes(joined.column)
      ? (scopes.get(joined.alias) ?? 'any')
      : 'any';
  });
  return found.find((scope) => scope === 'one') ?? found.find((scope) => scope === 'listed') ?? 'any';
}

/** Shapes that Postgres takes and Citus does not, each with what to write instead. */
export async function foreignShapes(text: string): Promise<string[]> {
  const tree = await parseStatement(text);
  const queries = queriesOf(tree);
  const found = new Set<string>();
  for (const query of queries) {
    const { kind, node } = query;
    const returning = (node['returningClause']?.exprs ?? node['returningList'] ?? []) as SqlNode[];
    if (
      changesEventRows(query) &&
      [...nodesOf(returning, 'FuncCall'), ...nodesOf(returning, 'SubLink')].length > 0
    )
      found.add('`returning` has more than columns: read the row again');
    if (kind === 'SelectStmt' && node['fromClause'] && !node['targetList'])
      found.add('empty select list: `select 1 from`');
    if (kind === 'UpdateStmt' && nodesOf(node, 'A_Expr').some(isColumnAndInterval))
      found.add('column ± interval in an update: compare with now() ± interval');
    if (kind === 'InsertStmt' && returning.length > 0 && insertsFromChange(tree, node))
      found.add('a data-modifying CTE feeds `insert … select … returning`: two statements');
  }
  for (const { query, alias, scope } of eventTables(tree)) {
    if (query.node['lockingClause'] && scope !== 'one') found.add(`\`for update\` of ${alias} at several Events: find first, then lock per Event`); // prettier-ignore
  }
  for (const { lateral, subquery } of nodesOf(tree, 'RangeSubselect')) {
    const { limitCount, fromClause } = (subquery?.SelectStmt ?? {}) as SqlNode;
    if (lateral && limitCount && nodesOf(fromClause, 'RangeFunction').length > 0)
      found.add('`lateral … limit` over a function');
  }
  return [...found];
}

const changesEventRows = ({ tables }: Query): boolean =>
  tables.some(({ table, isTarget }) => isTarget && (table === 'events' || EVENT_TABLES.has(table)));

function isColumnAndInterval(expression: SqlNode): boolean {
  if (!['+', '-'].includes(operatorOf(expression) ?? '')) return false;
  const sides = [expression['lexpr'], expression['rexpr']] as SqlNode[];
  return sides.some((side) => columnOf(side) !== null) && sides.some(isInterval);
}

function isInterval(node: SqlNode | undefined): boolean {
  const typeNames = (node?.['TypeCast']?.typeName?.names ?? []) as SqlNode[];
  const functionNames = (node?.['FuncCall']?.funcname ?? []) as SqlNode[];
  return [...typeNames, ...functionNames].some((name) => /interval/.test(name['String']?.sval ?? ''));
}

/** Whether the rows of an insert come from a CTE that changes rows. */
function insertsFromChange(tree: SqlNode, insert: SqlNode): boolean {
  const changing = nodesOf(tree, 'CommonTableExpr')
    .filter(({ ctequery }) => !ctequery['SelectStmt'])
    .map(({ ctename }) => ctename as string);
  return nodesOf(insert['selectStmt'], 'RangeVar').some(({ relname }) => changing.includes(relname));
}

/** Whether a statement changes rows, locks them or enqueues a job, so that a deadlock may end it. */
export async function isWrite(text: string): Promise<boolean> {
  const tree = await parseStatement(text);
  return (
    queriesOf(tree).some(({ kind, node }) => kind !== 'SelectStmt' || node['lockingClause']) ||
    nodesOf(tree, 'FuncCall').some(({ funcname }) =>
      /^(add_jobs?|pg_\w*advisory_xact_lock\w*)$/.test(funcname.at(-1)?.String?.sval ?? ''),
    )
  );
}
