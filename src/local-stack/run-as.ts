import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { LocalStackError } from './errors.ts';

/** A user and its group. */
export interface Owner {
  uid: number;
  gid: number;
}

/** How to start a program of the local stack. */
export interface RunAs {
  /** Whose the data must be; `null`: ours, nothing to change. */
  owner: Owner | null;
  /** Dress a command so that it runs as that user, and gets `deathSignal` when we are gone without a word. */
  wrapCommand(command: string, args: readonly string[], deathSignal: NodeJS.Signals): WrappedCommand;
}

/** Where the programs of the system itself lie, whatever the person's own PATH says. */
export const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
const SYSTEM = { env: { PATH: SYSTEM_PATH } };

/** A command as `spawn` wants it. */
export interface WrappedCommand {
  command: string;
  args: string[];
  uid?: number;
  gid?: number;
}

/**
 * Decide who runs the programs of the local stack on a data directory.
 *
 * Postgres refuses to run as root, and a bare Debian container has nobody but root. There it runs as whoever owns
 * the directory, or else as `nobody`. That user may be unable to reach a checkout below /root (mode 0700), so it is
 * given the one capability it lacks: to pass through and read directories (or, where containers withhold that, to
 * ignore modes). `setpriv` of util-linux does both, and it is part of every Debian; no user is created.
 */
export function chooseRunAs(dataDirectory: string, ...programs: string[]): RunAs {
  const directory = resolve(dataDirectory);
  const setpriv = hasSetpriv();
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
    if (unreachable) throw cannotReach(unreachable, owner);
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

let setprivWorks: boolean | undefined;
/** BusyBox has a `setpriv` too, which knows none of this; so it is tried rather than looked for. */
function hasSetpriv(): boolean {
  setprivWorks ??=
    process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], SYSTEM).status === 0;
  return setprivWorks;
}

/**
 * The owner of the directory, or, if it has yet to be made, of the nearest parent; `null` when that is root. A parent
 * mounted into a container may belong to a number without a name, and as such `initdb` refuses to run.
 */
function ownerOf(directory: string): Owner | null {
  const found = statSync(directory, { throwIfNoEntry: false });
  const { uid, gid } = found ?? nearest(dirname(directory));
  if (uid === 0) return null;
  return found || spawnSync('id', [String(uid)], SYSTEM).status === 0 ? { uid, gid } : null;
}

function nearest(directory: string): Owner {
  return statSync(directory, { throwIfNoEntry: false }) ?? nearest(dirname(directory));
}

function unprivilegedUser(): Owner {
  const idOf = (flag: '-u' | '-g') =>
    Number(execFileSync('id', [flag, 'nobody'], { ...SYSTEM, encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Tell whether the user may execute the file, or pass through the directory; what is not there yet we shall make. */
function isOpen(path: string, { uid, gid }: Owner): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  const execute = found?.uid === uid ? 0o100 : found?.gid === gid ? 0o010 : 0o001;
  return !found || (found.mode & execute) !== 0;
}

/** Tell whether that is so for everything on the way, too. */
function isReachable(path: string, owner: Owner): boolean {
  const parent = dirname(path);
  return isOpen(path, owner) && (parent === path || isReachable(parent, owner));
}

/** Capabilities by their number in `/proc/self/status`, the smaller power first; Docker gives its root only the second. */
const CAPABILITIES = [
  ['dac_read_search', 2n],
  ['dac_override', 1n],
] as const;

function capabilityFlags(unreachable: string, programs: readonly string[], owner: Owner): string[] {
  // With a umask of 077 npm leaves programs that root alone may execute, and the first does not help against that.
  const enough = programs.every((program) => isOpen(program, owner)) ? CAPABILITIES : CAPABILITIES.slice(1);
  const effective = BigInt(
    `0x${/^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0}`,
  );
  const name = enough.find(([, bit]) => effective & (1n << bit))?.[0];
  if (!name) throw cannotReach(unreachable, owner);
  return [
    `--inh-caps=-all,+${name}`,
    `--ambient-caps=-all,+${name}`,
    '--securebits=+no_setuid_fixup', // or access(2), with which Postgres checks its own files, forgets the capability
  ];
}

function cannotReach(path: string, owner: Owner): LocalStackError {
  return new LocalStackError(
    `Postgres refuses to run as root, and the user it would run as instead (uid ${owner.uid}) cannot reach ${path}.`,
    'Run as an ordinary user, or move the checkout to where others may enter, such as /srv.',
  );
}
