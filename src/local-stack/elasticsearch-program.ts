import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { javaHome } from '../platform/config/settings.ts';
import { LocalStackError } from './errors.ts';

/** Also of the image in docker-compose.yml. */
export const ELASTICSEARCH_VERSION = '9.5.2';
/** What Elasticsearch 9 needs; Debian 12 has 17. */
const MIN_JAVA_MAJOR = 21;

/** Where `npm run setup:elasticsearch` unpacks it: a folder that git, linters and containers ignore. */
export const ELASTICSEARCH_HOME = fileURLToPath(
  new URL(`../../node_modules/.cache/elasticsearch-${ELASTICSEARCH_VERSION}`, import.meta.url),
);

/** Folders of Java installations: Debian and Fedora; macOS. */
const JAVA_HOMES = ['/usr/lib/jvm/*', '/Library/Java/JavaVirtualMachines/*/Contents/Home'];

/** An unpacked Elasticsearch, and a Java that it runs on. */
export interface ElasticsearchProgram {
  home: string;
  javaHome: string;
}

/** Find both; throws a LocalStackError that says what is missing. */
export async function findElasticsearch(home = ELASTICSEARCH_HOME): Promise<ElasticsearchProgram> {
  if (!existsSync(join(home, 'bin', 'elasticsearch'))) {
    throw new LocalStackError(
      `Elasticsearch ${ELASTICSEARCH_VERSION} is not installed in this checkout.`,
      `Run "npm run setup:elasticsearch", or ${OTHER_SERVER}`,
    );
  }
  return { home, javaHome: await findJava() };
}

const OTHER_SERVER =
  'set ELASTICSEARCH_URL to a server of your own; with Docker: "docker compose up elasticsearch".';

/** The folder of a Java that is new enough: JAVA_HOME, an installed one, or that of the PATH. Throws a LocalStackError. */
export async function findJava(): Promise<string> {
  const candidates = [javaHome() ?? '', ...(await Array.fromAsync(glob(JAVA_HOMES))).toSorted()];
  for (const home of candidates) {
    if (home !== '' && existsSync(join(home, 'bin', 'java')) && isNewEnough(await releaseOf(home)))
      return home;
  }
  const ofPath = await javaOfPath();
  if (ofPath !== null) return ofPath;
  throw new LocalStackError(
    `Java ${MIN_JAVA_MAJOR} or newer not found, in JAVA_HOME, ${JAVA_HOMES[0]} and the PATH; Elasticsearch needs it.`,
    `Install one, such as Temurin (https://adoptium.net), or ${OTHER_SERVER}`,
  );
}

const isNewEnough = (version: string): boolean => parseInt(version) >= MIN_JAVA_MAJOR;

/** From the file `release`, as starting a Java to ask it takes 0.2 s. */
async function releaseOf(home: string): Promise<string> {
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  return /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1] ?? '';
}

async function javaOfPath(): Promise<string | null> {
  const found = await promisify(execFile)('java', ['-XshowSettings:properties', '-version']).catch(
    () => null,
  );
  const property = (name: string) =>
    new RegExp(`^\\s*${name} = (.+)$`, 'm').exec(found?.stderr ?? '')?.[1]?.trim() ?? '';
  return isNewEnough(property('java\\.specification\\.version')) ? property('java\\.home') : null;
}
