import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import {
  ELASTICSEARCH_HOME,
  ELASTICSEARCH_VERSION,
  findJava,
} from '../src/local-stack/elasticsearch-program.ts';
import { LocalStackError } from '../src/local-stack/errors.ts';
import { readOptions } from '../src/platform/cli/read-options.ts';
import { exitWithMessage } from '../src/platform/cli/run-command.ts';

/**
 * `npm run setup:elasticsearch`: unpack Elasticsearch into node_modules/.cache, for `npm start -- --search elasticsearch` and the
 * tests. Maven downloads it once (132 MB) into ~/.m2, which outlives `npm ci`. If nothing is missing it prints nothing.
 *
 * This distribution has the core alone, and no Java; that of elastic.co is three times as large, and in no package registry.
 */
const ARTIFACT = `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${ELASTICSEARCH_VERSION}:zip`;
/** Pinned: the one that an old Maven takes by default cannot be relied on. */
const UNPACK = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack';
/** A package that apt or the mirror of a company delivers slowly. */
const INSTALL_TIMEOUT_MS = 10 * 60_000;

const run = promisify(execFile);
const log = (line: string): void => void process.stdout.write(`setup: ${line}\n`);

async function unpack(): Promise<void> {
  log(`unpacking Elasticsearch ${ELASTICSEARCH_VERSION}, downloaded by Maven the first time (132 MB)`);
  await mkdir(dirname(ELASTICSEARCH_HOME), { recursive: true });
  const directory = await mkdtemp(`${ELASTICSEARCH_HOME}-`);
  try {
    const options = [
      `-Dartifact=${ARTIFACT}`,
      `-DoutputDirectory=${directory}`,
      '-Dmdep.useSubDirectoryPerType=false',
    ];
    // in a folder of its own, as it writes markers to target/
    await quietly('mvn', ['--batch-mode', '--quiet', UNPACK, ...options], directory);
    await rename(join(directory, basename(ELASTICSEARCH_HOME)), ELASTICSEARCH_HOME).catch(
      (error: unknown) => {
        if (!existsSync(ELASTICSEARCH_HOME)) throw error; // another run was faster
      },
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function ensureMaven(): Promise<void> {
  if (await isInstalled('mvn')) return;
  const root = process.getuid?.() === 0 ? ['env'] : ['sudo', '-n', 'env'];
  const mayInstall = (await isInstalled('apt-get')) && (await succeeds(root[0]!, [...root.slice(1), 'true']));
  if (!mayInstall) {
    throw new LocalStackError(
      'Maven (mvn) not found, which downloads Elasticsearch.',
      'Install it (Debian: apt-get install maven; macOS: brew install maven), or run Elasticsearch in Docker: "docker compose up elasticsearch", with ELASTICSEARCH_URL=http://127.0.0.1:9200.',
    );
  }
  log('installing maven (apt-get install maven)');
  const apt = [
    ...root.slice(1),
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-qq',
    '-o',
    'DPkg::Lock::Timeout=60',
  ];
  const install = [...apt, 'install', '-y', '--no-install-recommends', 'maven'];
  if (await succeeds(root[0]!, install)) return;
  await quietly(root[0]!, [...apt, 'update']);
  await quietly(root[0]!, install);
}

const isInstalled = (program: string): Promise<boolean> => succeeds('sh', ['-c', `command -v ${program}`]);

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args, { timeout: INSTALL_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}

/** Run a command without output; if it fails, its output is in the error. */
async function quietly(program: string, args: readonly string[], cwd?: string): Promise<void> {
  await run(program, args, { cwd, timeout: INSTALL_TIMEOUT_MS }).catch(
    ({ stdout = '', stderr = '', message }: { stdout?: string; stderr?: string; message: string }) => {
      const output = `${stdout}${stderr}`.trimEnd().split('\n').slice(-12).join('\n');
      throw new LocalStackError(
        `"${program}" failed:\n${output || message}`,
        'Fix the cause and try again, or run Elasticsearch in Docker: "docker compose up elasticsearch", with ELASTICSEARCH_URL=http://127.0.0.1:9200.',
      );
    },
  );
}

process.exitCode = await exitWithMessage(async () => {
  readOptions({
    call: 'npm run setup:elasticsearch --',
    about: `Install Elasticsearch ${ELASTICSEARCH_VERSION} for development and tests.`,
  });
  await findJava();
  if (existsSync(ELASTICSEARCH_HOME)) return 0;
  await ensureMaven();
  await unpack();
  return 0;
});
