import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import type { Program } from './child.ts';
import type { RunAs } from './run-as.ts';

/** Oldest version in the CI matrix. */
const MIN_REDIS_MAJOR = 7;
/** Valkey is a fork of Redis 7.2 and continues its version numbers. */
const SERVERS = ['redis-server', 'valkey-server'] as const;
const DOCKER_IMAGE = 'redis:8-alpine';
/** A running engine responds at once; a client without one can keep trying for minutes. */
const DOCKER_TIMEOUT_MS = 5_000;

const run = promisify(execFile);

export type RedisProgram = { kind: 'installed'; command: string } | { kind: 'docker' };

/** An installed server that is new enough, else Docker; `null` without either. */
export async function findRedis(log?: (line: string) => void): Promise<RedisProgram | null> {
  for (const command of SERVERS) {
    const version = await run(command, ['--version']).catch(() => null);
    const major = Number(/v=(\d+)/.exec(version?.stdout ?? '')?.[1]);
    if (major >= MIN_REDIS_MAJOR) return { kind: 'installed', command };
    if (major) log?.(`${command} ${major} ignored: Onsale needs version ${MIN_REDIS_MAJOR} or newer`);
  }
  const docker = await run('docker', ['info'], { timeout: DOCKER_TIMEOUT_MS }).catch(() => null);
  return docker ? { kind: 'docker' } : null;
}

export interface RedisLocation {
  directory: string;
  configurationFile: string;
  port: number;
  password: string;
}

/** Contents of the configuration file: as an argument, the password would be visible to every user of the machine. */
export function renderConfiguration(
  program: RedisProgram,
  { directory, port, password }: RedisLocation,
): string {
  const inContainer = program.kind === 'docker';
  return [
    inContainer ? 'bind *' : 'bind 127.0.0.1', // a container's port is published on 127.0.0.1 only
    `port ${inContainer ? 6379 : port}`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
    ...(inContainer ? [] : [`dir ${JSON.stringify(directory)}`, 'set-proc-title no']),
    '',
  ].join('\n');
}

/** Command that runs the server. Contains the path of the configuration file, which identifies a stale server. */
export function serverCommand(
  program: RedisProgram,
  runAs: RunAs,
  { configurationFile, port }: RedisLocation,
): Pick<Program, 'command' | 'args' | 'uid' | 'gid' | 'stdinFile' | 'readyTimeoutMs'> {
  switch (program.kind) {
    case 'installed':
      return {
        ...runAs.wrapCommand(program.command, [configurationFile], 'SIGTERM'),
        readyTimeoutMs: 15_000,
      };
    case 'docker':
      return {
        command: 'docker',
        args: [
          ...['run', '--rm', '--interactive', '--label', `onsale=${configurationFile}`],
          ...['--publish', `127.0.0.1:${port}:6379`, DOCKER_IMAGE, 'redis-server', '-'],
        ],
        stdinFile: configurationFile,
        readyTimeoutMs: 300_000, // the first run pulls the image
      };
  }
}
