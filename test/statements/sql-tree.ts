import { parse } from 'libpg-query';

/** A node of Postgres' own parse tree: one key, the kind of node, or a bag of fields. */
export type SqlNode = Record<string, any>;

/** Parse one statement; returns the tree of Postgres' own parser. */
export async function parseStatement(text: string): Promise<SqlNode> {
  const { stmts } = (await parse(text)) as { stmts: { stmt: SqlNode }[] };
  if (stmts.length !== 1) throw new Error(`${stmts.length} statements: ${text}`);
  return stmts[0]!.stmt;
}

/** Every node of one kind below `tree`, in the order of the text. */
export function nodesOf(tree: unknown, kind: string): SqlNode[] {
  if (Array.isArray(tree)) return tree.flatMap((each) => nodesOf(each, kind));
  if (tree === null || typeof tree !== 'object') return [];
  return Object.entries(tree).flatMap(([key, value]) => [
    ...(key === kind ? [value as SqlNode] : []),
    ...nodesOf(value, kind),
  ]);
}

/** A statement or subquery that reads or writes tables, with its conditions. */
export interface Query {
  kind: 'SelectStmt' | 'InsertStmt' | 'UpdateStmt' | 'DeleteStmt';
  node: SqlNode;
  /** Tables of its own level, not of its subqueries. */
  tables: { table: string; alias: string; isTarget: boolean }[];
  /** Conditions that all hold: of `where`, and of inner joins and their `on`. */
  conditions: SqlNode[];
}

const KINDS = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'] as const;

/** Every query of a statement, subqueries and CTEs included. */
export const queriesOf = (tree: SqlNode): Query[] =>
  KINDS.flatMap((kind) => nodesOf(tree, kind).map((node) => queryOf(kind, node)));

function queryOf(kind: Query['kind'], node: SqlNode): Query {
  const from = readFrom([...(node['fromClause'] ?? []), ...(node['usingClause'] ?? [])]);
  const target = node['relation'] as SqlNode | undefined;
  const conflict = node['onConflictClause'] as SqlNode | undefined;
  return {
    kind,
    node,
    tables: [...(target === undefined ? [] : [{ ...nameOf(target), isTarget: true }]), ...from.tables],
    conditions: [node['whereClause'], conflict?.['whereClause'], ...from.conditions].flatMap(conjuncts),
  };
}

function readFrom(items: readonly SqlNode[]): Pick<Query, 'tables' | 'conditions'> {
  const parts = items.map((item) => {
    if (item['RangeVar'])
      return { tables: [{ ...nameOf(item['RangeVar']), isTarget: false }], conditions: [] };
    if (!item['JoinExpr']) return { tables: [], conditions: [] };
    const { larg, rarg, quals } = item['JoinExpr'] as SqlNode;
    const sides = readFrom([larg, rarg]);
    return { tables: sides.tables, conditions: [...sides.conditions, ...(quals ? [quals] : [])] };
  });
  return {
    tables: parts.flatMap(({ tables }) => tables),
    conditions: parts.flatMap(({ conditions }) => conditions),
  };
}

const nameOf = (range: SqlNode): { table: string; alias: string } => ({
  table: range['relname'],
  alias: range['alias']?.aliasname ?? range['relname'],
});

function conjuncts(condition: SqlNode | undefined): SqlNode[] {
  if (condition === undefined) return [];
  const { BoolExpr } = condition;
  return BoolExpr?.boolop === 'AND_EXPR' ? (BoolExpr.args as SqlNode[]).flatMap(conjuncts) : [condition];
}

/** `alias.column`, or `column`; null for what is no plain column. */
export function columnOf(node: SqlNode | undefined): { alias: string | null; column: string } | null {
  const fields = (node?.['ColumnRef']?.fields ?? []) as SqlNode[];
  const names = fields.map((field) => field['String']?.sval as string | undefined);
  if (names.length === 0 || names.includes(undefined)) return null;
  return { alias: names.at(-2) ?? null, column: names.at(-1)! };
}

/** Operator of an expression. */
export const operatorOf = (expression: SqlNode | undefined): string | undefined =>
  expression?.['name']?.[0]?.String?.sval;

/** Whether a value is the same for all rows: a parameter, a constant, a list of them, cast or not. */
export function isConstant(node: SqlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node['TypeCast']) return isConstant(node['TypeCast'].arg);
  if (node['List']) return (node['List'].items as SqlNode[]).every(isConstant);
  return node['ParamRef'] !== undefined || node['A_Const'] !== undefined;
}
