import { checkSearch } from '../app/cli/check-search.ts';
import { openSearchIndex } from '../app/cli/open-search-index.ts';
import { readOptions } from '../platform/cli/read-options.ts';
import { exitWithMessage } from '../platform/cli/run-command.ts';

/** `npm run check-search`: compare the search index with the database, document by document. */
process.exitCode = await exitWithMessage(async () => {
  readOptions({
    call: 'npm run check-search --',
    about:
      'Compare the search index with the database at DATABASE_URL, document by document, and list the Events that differ, and those\nthat were set aside. What is being written now is compared again for 15 s.',
  });
  await using parts = await openSearchIndex('onsale-check-search');
  return (await checkSearch(parts, (line) => void process.stdout.write(`${line}\n`))) ? 0 : 1;
});
