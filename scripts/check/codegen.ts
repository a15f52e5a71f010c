import { runScript, type Finding } from './part.ts';
import { textsOf } from './tree.ts';

/** Run codegen and compare its output with the files before, committed or not. The new files stay. */
export async function codegenIsFresh(): Promise<Finding> {
  const before = textsOf('src/generated/*');
  const generated = await runScript('codegen');
  if (generated.problems !== null) return generated;
  const after = textsOf('src/generated/*');
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  if (stale.length === 0) return { problems: null };
  return { problems: `Stale and regenerated; review the diff and commit it:\n${stale.join('\n')}` };
}
