import pg from 'pg';
import postgres from 'postgres';

import { MARKER } from './statement-names.ts';

/** A node of a plan as `explain (format json, analyze, buffers)` writes it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** The plan of one execution of a named statement, with what it did. */
export interface ExecutedPlan {
  name: string;
  text: string;
  plan: PlanNode;
}

/** How Postgres plans statements with parameters: once for all values, or by the values of each execution. */
export type PlanMode = 'force_generic_plan' | 'force_custom_plan';

/** Have every new session of a database send its plans as notices, planned in this mode. Needs a superuser. */
export async function explainEveryStatement(url: string, mode: PlanMode): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
    plan_cache_mode: mode,
  };
  try {
    for (const [setting, value] of Object.entries(settings))
      await sql.unsafe(`alter database ${name} set ${setting} = '${value}'`);
  } finally {
    await sql.end();
  }
}

/** Record the plans that sessions of this process send, until disposed of. */
export function recordPlans(): Disposable & { readonly executed: readonly ExecutedPlan[] } {
  const executed: ExecutedPlan[] = [];
  const { connect } = pg.Client.prototype;
  pg.Client.prototype.connect = function listen(this: pg.Client, ...args: never[]) {
    this.on('notice', ({ message }) => {
      const json = message === undefined ? -1 : message.indexOf('{');
      if (json < 0 || !message!.startsWith('duration:')) return;
      const { 'Query Text': text, Plan: plan } = JSON.parse(message!.slice(json)) as {
        'Query Text': string;
        Plan: PlanNode;
      };
      const name = MARKER.exec(text)?.[1];
      if (name !== undefined) executed.push({ name, text, plan });
    });
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  return {
    executed,
    [Symbol.dispose]() {
      pg.Client.prototype.connect = connect;
    },
  };
}

/** What an execution did, in numbers that depend on no clock. */
export interface Work {
  /** Rows that its nodes returned or discarded. */
  rows: number;
  /** Pages read, from memory or from disk. */
  blocks: number;
  /** Tables that were read from end to end. */
  scanned: string[];
}

/** Add up a plan. */
export function workOf(plan: PlanNode): Work {
  const work: Work = {
    rows: 0,
    blocks: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0), // includes those of its children
    scanned: [],
  };
  const add = (node: PlanNode) => {
    const each =
      (node['Actual Rows'] ?? 0) +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Join Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0);
    work.rows += each * (node['Actual Loops'] ?? 0);
    if (node['Node Type'] === 'Seq Scan' && node['Actual Loops'] !== 0)
      work.scanned.push(node['Relation Name']!);
    node.Plans?.forEach(add);
  };
  add(plan);
  return work;
}
