import { openSearchIndex } from '../app/cli/open-search-index.ts';
import { shutdownSignal } from '../app/cli/shutdown-signal.ts';
import { readOptions } from '../platform/cli/read-options.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';
import { rebuildIndex } from '../search/index.ts';

/** `npm run rebuild-search`: build a new search index while writes go on, and put it in the place of the old one. */
process.exitCode = await exitWithMessage(async () => {
  readOptions({
    call: 'npm run rebuild-search --',
    about:
      'Build a new search index from the database at DATABASE_URL while writes go on, and put it in the place of the old one. The\nworker that follows the catalogue does it; without one, this command does. Ctrl-C ends the waiting; the request stays.',
  });
  const stopped = shutdownSignal();
  const stopping = new AbortController();
  void stopped.signal.then(() => stopping.abort());
  await using parts = await openSearchIndex('onsale-rebuild-search');
  const report = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    report(`rebuilt: ${await rebuildIndex(parts, { report, signal: stopping.signal })} events`);
    return 0;
  } catch (error) {
    if (!stopped.isReceived()) throw error;
    report('stopped waiting; a worker rebuilds the index');
    return 1;
  }
});
