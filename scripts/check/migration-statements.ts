/** One statement of a migration; `alter table` with several actions is one for each of them. */
export interface MigrationStatement {
  /** Lower case, white space collapsed, literals and bodies of functions emptied. */
  text: string;
  /** Comment lines above it. */
  comments: string;
}

/** A comment, a literal, a quoted body, the end of a statement, or one other character. */
const TOKEN =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|'(?:[^']|'')*'|(?<tag>\$\w*\$)[\s\S]*?\k<tag>|(?<end>;)|[\s\S]/g;

/** Split the text of a migration into its statements. */
export function statementsOf(migration: string): MigrationStatement[] {
  const statements: MigrationStatement[] = [];
  let comments = '';
  let text = '';
  const finish = () => {
    const clean = text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
    if (clean === '') return;
    statements.push(...actionsOf(clean).map((action) => ({ text: action, comments })));
    comments = text = '';
  };
  for (const { 0: token, groups } of migration.matchAll(TOKEN)) {
    if (groups?.['comment'] !== undefined) {
      if (token.startsWith('--> statement-breakpoint')) finish();
      else comments += `${token}\n`;
    } else if (groups?.['end'] !== undefined) finish();
    else if (token.length > 1) text += "''";
    else text += token;
  }
  finish();
  return statements;
}

/** `alter table t add column a int, drop column b` is two statements to the rules. */
function actionsOf(statement: string): string[] {
  const head = /^alter table (?:if exists )?(?:only )?\S+ /.exec(statement)?.[0];
  if (head === undefined) return [statement];
  const actions = [''];
  let depth = 0;
  for (const character of statement.slice(head.length)) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) actions.push('');
    else actions.push(actions.pop()! + character);
  }
  return actions.map((action) => head + action.trim());
}
