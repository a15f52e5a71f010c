import { openReconciling } from '../app/cli/open-reconciling.ts';
import { readReconcileOptions, runReconcile } from '../app/cli/reconcile.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';

/** `npm run reconcile -- --from 2026-01-30 --to 2026-01-31`: compare the ledger, the Bookings and Stripe. */
process.exitCode = await exitWithMessage(async () => {
  const { problems, ...options } = readReconcileOptions(process.argv.slice(2));
  await using parts = await openReconciling(problems);
  return (await runReconcile(parts, options, (line) => void process.stdout.write(`${line}\n`))) ? 0 : 1;
});
