import { readVerifyOptions, verifyQueue } from '../app/cli/verify-queue.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';

/** `npm run verify-queue -- --url … --event …`: recompute the order of a waiting room from what the server published. */
process.exitCode = await exitWithMessage(async () => {
  const options = readVerifyOptions(process.argv.slice(2));
  return (await verifyQueue(options, (line) => process.stdout.write(`${line}\n`))) ? 0 : 1;
});
