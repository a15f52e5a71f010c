import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { LocalStackError } from './errors.ts';

export interface Owner {
  uid: number;
  gid: number;
}

/** User that runs the programs of the local stack. */
export interface RunAs {
  /** Owner of the data; `null`: the current user, no change of ownership. */
  owner: Owner | null;
  /** Wrap a command so that it runs as that user and receives `deathSignal` when its parent dies. */
  wrapCommand(command: string, args: readonly string[], deathSignal: NodeJS.Signals): WrappedCommand;
}

/** PATH of the system's own programs, independent of the operator's. */
export const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
const SYSTEM_OPTIONS = { env: { PATH: SYSTEM_PATH } };

/** Arguments and options of `spawn`. */
export interface WrappedCommand {
  command: string;
  args: string[];
  uid?: number;
  gid?: number;
}

/**
 * Choose the user that runs the programs of the local stack on a data directory.
 *
 * Postgres and Elasticsearch refuse to run as root, often the only account of a container. As root they run as the directory's
 * owner, else as the account 'nobody'. That user cannot enter a checkout below /root (mode 0700), so `setpriv` (util-linux, on
 * every Debian) grants one capability: to search and read directories or, where containers withhold that, to ignore modes.
 */
export function chooseRunAs(dataDirectory: string, ...programs: string[]): RunAs {
  const directory = resolve(dataDirectory);
  const setpriv = isSetprivUsable();
  const withDeathSignal = (deathSignal: NodeJS.Signals) => ['--pdeathsig', deathSignal.replace(/^SIG/, '')];
  if (process.getuid?.() !== 0) {
    return {
      owner: null,
      wrapCommand: (command, args, deathSignal) =>
        setpriv
          ? { command: 'setpriv', args: [...withDeathSignal(deathSignal), command, ...args] }
          : { command, args: [...args] },
    };
  }

  const owner = ownerOf(directory) ?? unprivilegedUser();
  const unreachable = [directory, ...programs].find((path) => !isReachable(path, owner));
  if (!setpriv) {
    if (unreachable) throw unreachableError(unreachable, owner);
    return { owner, wrapCommand: (command, args) => ({ command, args: [...args], ...owner }) };
  }
  const flags = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    '--no-new-privs',
    ...(unreachable ? capabilityFlags(unreachable, programs, owner) : []),
  ];
  return {
    owner,
    wrapCommand: (command, args, deathSignal) => ({
      command: 'setpriv',
      args: [...flags, ...withDeathSignal(deathSignal), command, ...args],
    }),
  };
}

let setprivUsable: boolean | undefined;
/** Tested by a run, as the `setpriv` of BusyBox lacks these options. */
function isSetprivUsable(): boolean {
  setprivUsable ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], SYSTEM_OPTIONS).status === 0;
  return setprivUsable;
}

/**
 * Owner of the directory or, if it does not exist yet, of its nearest existing parent; `null` for root. A parent mounted into
 * a container may belong to a uid without an account, as which `initdb` refuses to run.
 */
function ownerOf(directory: string): Owner | null {
  const found = statSync(directory, { throwIfNoEntry: false });
  const { uid, gid } = found ?? nearestExisting(dirname(directory));
  if (uid === 0) return null;
  return found || spawnSync('id', [String(uid)], SYSTEM_OPTIONS).status === 0 ? { uid, gid } : null;
}

function nearestExisting(directory: string): Owner {
  return statSync(directory, { throwIfNoEntry: false }) ?? nearestExisting(dirname(directory));
}

function unprivilegedUser(): Owner {
  const idOf = (flag: '-u' | '-g') =>
    Number(execFileSync('id', [flag, 'nobody'], { ...SYSTEM_OPTIONS, encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Whether the user may execute the file or search the directory; true if it does not exist yet. */
function isAccessible(path: string, { uid, gid }: Owner): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  const execute = found?.uid === uid ? 0o100 : found?.gid === gid ? 0o010 : 0o001;
  return !found || (found.mode & execute) !== 0;
}

/** Whether the path and all its parents are accessible. */
function isReachable(path: string, owner: Owner): boolean {
  const parent = dirname(path);
  return isAccessible(path, owner) && (parent === path || isReachable(parent, owner));
}

/** Capabilities by bit in `/proc/self/status`, least privilege first; Docker grants its root only the second. */
const CAPABILITIES = [
  ['dac_read_search', 2n],
  ['dac_override', 1n],
] as const;

function capabilityFlags(unreachable: string, programs: readonly string[], owner: Owner): string[] {
  // With umask 077 npm installs programs that only root may execute, for which the first capability is not enough.
  const sufficient = programs.every((program) => isAccessible(program, owner))
    ? CAPABILITIES
    : CAPABILITIES.slice(1);
  const effective = BigInt(
    `0x${/^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0}`,
  );
  const name = sufficient.find(([, bit]) => effective & (1n << bit))?.[0];
  if (!name) throw unreachableError(unreachable, owner);
  return [
    `--inh-caps=-all,+${name}`,
    `--ambient-caps=-all,+${name}`,
    '--securebits=+no_setuid_fixup', // otherwise access(2), which Postgres uses on its own files, ignores the capability
  ];
}

function unreachableError(path: string, owner: Owner): LocalStackError {
  return new LocalStackError(
    `Postgres and Elasticsearch refuse to run as root, and the unprivileged user (uid ${owner.uid}) cannot access ${path}.`,
    'Run as an ordinary user, or move the checkout to a directory that other users may enter, such as /srv.',
  );
}
