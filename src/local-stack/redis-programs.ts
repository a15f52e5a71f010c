import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Program } from './child.ts';
import type { RunAs } from './run-as.ts';

/** The oldest Redis we are tested with. */
const MIN_REDIS_MAJOR = 7;
/** Valkey is the same server under another name, numbered onwards from Redis 7. */
const SERVERS = ['redis-server', 'valkey-server'] as const;
/** What `docker run` takes where no server is installed. */
const IMAGE = 'redis:8-alpine';
/** An engine that is there answers at once; a client without one may try for long. */
const DOCKER_TIMEOUT_MS = 5_000;

const run = promisify(execFile);

/** How Redis can be had on this machine. */
export type RedisProgram = { kind: 'installed'; command: string } | { kind: 'docker' };

/** Find a Redis: an installed server that is new enough, else Docker. `null`: neither is there. */
export async function findRedis(log?: (line: string) => void): Promise<RedisProgram | null> {
  for (const command of SERVERS) {
    const version = await run(command, ['--version']).catch(() => null);
    const major = Number(/v=(\d+)/.exec(version?.stdout ?? '')?.[1]);
    if (major >= MIN_REDIS_MAJOR) return { kind: 'installed', command };
    if (major) log?.(`${command} is version ${major}, and Onsale needs ${MIN_REDIS_MAJOR} or newer`);
  }
  const docker = await run('docker', ['info'], { timeout: DOCKER_TIMEOUT_MS }).catch(() => null);
  return docker ? { kind: 'docker' } : null;
}

/** Where the server listens and what it is told. */
export interface RedisLocation {
  directory: string;
  configurationFile: string;
  port: number;
  password: string;
}

/** The configuration file. In a file and not in arguments, because arguments show the password to everybody. */
export function configurationOf(program: RedisProgram, { directory, port, password }: RedisLocation): string {
  const inContainer = program.kind === 'docker';
  return [
    inContainer ? 'bind *' : 'bind 127.0.0.1', // a container's port is published on the loopback address alone
    `port ${inContainer ? 6379 : port}`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
    ...(inContainer ? [] : [`dir ${JSON.stringify(directory)}`, 'set-proc-title no']),
    '',
  ].join('\n');
}

/** The command that runs the server; the path of the configuration file is in it, and tells it from all others. */
export function commandFor(
  program: RedisProgram,
  runAs: RunAs,
  { configurationFile, port }: RedisLocation,
): Pick<Program, 'command' | 'args' | 'uid' | 'gid' | 'stdinFile' | 'readyWithinMs'> {
  switch (program.kind) {
    case 'installed':
      return { ...runAs.wrapCommand(program.command, [configurationFile], 'SIGTERM'), readyWithinMs: 15_000 };
    case 'docker':
      return {
        command: 'docker',
        args: [
          ...['run', '--rm', '--interactive', '--label', `onsale=${configurationFile}`],
          ...['--publish', `127.0.0.1:${port}:6379`, IMAGE, 'redis-server', '-'],
        ],
        stdinFile: configurationFile,
        readyWithinMs: 300_000, // the first run has to load the image
      };
  }
}
