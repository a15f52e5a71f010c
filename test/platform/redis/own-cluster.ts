import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';

import { startChild, type Child } from '../../../src/local-stack/child.ts';
import { stableFreePort } from '../../../src/local-stack/index.ts';
import { prepareDirectory } from '../../../src/local-stack/prepare-directory.ts';
import { findRedis } from '../../../src/local-stack/redis-programs.ts';
import { chooseRunAs } from '../../../src/local-stack/run-as.ts';
import { slotOf, SLOTS } from '../../../src/platform/redis/slots.ts';
import { temporaryDirectory } from '../../local-stack/directories.ts';
import { eventually } from '../../support/wait-until.ts';

/** One server of a cluster. */
export interface ClusterNode extends AsyncDisposable {
  readonly port: number;
  /** Kill it as a power cut does. */
  kill(): Promise<void>;
  /** Start it again at the same address; it is empty then, but knows the others. */
  start(): Promise<void>;
  /** Stop it in its tracks, its connections still open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Run a command on it. */
  run(command: string, ...args: (string | number)[]): Promise<unknown>;
}

/** A Redis Cluster of one test's own, to be hurt and to heal. */
export interface OwnCluster extends AsyncDisposable {
  /** As REDIS_URL has them: the masters at the start. */
  urls: string[];
  nodes: ClusterNode[];
  /** A key, or another, that lies with the master of this number for as long as no slot is moved. */
  keyOn(master: number, nth?: number): string;
  /** The number of the master that a key lies with, as long as no slot was moved. */
  masterOf(key: string): number;
  /** The node that has the slot of this key now. */
  ownerOf(key: string): Promise<ClusterNode>;
  /** Move the slot of a key to another node with all that is in it, by the steps of `redis-cli --cluster reshard`. */
  moveSlot(key: string, to: ClusterNode): Promise<void>;
}

/** Tests shall see failovers; Redis waits 15 seconds by default. */
const NODE_TIMEOUT_MS = 1_000;

/** Whether a cluster can be had here: one in containers would tell us addresses that lead nowhere. */
export const clusterIsHere = (await findRedis())?.kind === 'installed';

/** What a cluster is to be like. */
export interface ClusterOptions {
  /** They share out the slots evenly. */
  masters?: number;
  /** So many for each master. */
  replicas?: number;
  /** Whether all of it stops when a part is missing, as Redis has it by default. */
  fullCoverage?: boolean;
}

/** Start one. */
export async function ownCluster(options: ClusterOptions = {}): Promise<OwnCluster> {
  const { masters = 3, replicas = 0, fullCoverage = false } = options;
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(await temporaryDirectory());
  const password = randomBytes(9).toString('base64url');
  const nodes: ClusterNode[] = [];
  for (let index = 0; index < masters * (1 + replicas); index++)
    nodes.push(opening.use(await startNode(join(directory.path, String(index)), { password, fullCoverage })));
  await form(nodes, masters);
  const owned = opening.move();

  const ownerOf = (key: string) =>
    eventually('a node owns the slot', async () => {
      const answers = await Promise.allSettled(nodes.map((node) => node.run('EXISTS', key)));
      return nodes[answers.findIndex(({ status }) => status === 'fulfilled')];
    });
  return {
    urls: nodes.slice(0, masters).map(({ port }) => `redis://:${password}@127.0.0.1:${port}`),
    nodes,
    keyOn: (master, nth = 0) => keyOn(master, nth, masters),
    masterOf: (key) => nodes.findIndex((_, master) => slotOf(key) < firstSlot(master + 1, masters)),
    ownerOf,
    moveSlot: async (key, to) => moveSlot(slotOf(key), await ownerOf(key), to, { nodes, password }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function keyOn(master: number, nth: number, masters: number): string {
  for (let number = 0, found = 0; ; number++) {
    const slot = slotOf(`{${number}}`);
    if (firstSlot(master, masters) > slot || slot >= firstSlot(master + 1, masters)) continue;
    if (found++ === nth) return `{${number}}`;
  }
}

const firstSlot = (master: number, masters: number): number => Math.floor((master * SLOTS) / masters);

async function startNode(
  path: string,
  { password, fullCoverage }: { password: string; fullCoverage: boolean },
): Promise<ClusterNode> {
  const { command } = (await findRedis()) as { command: string };
  const runAs = chooseRunAs(path);
  const directory = await prepareDirectory(path, runAs.owner);
  const configurationFile = join(directory, 'redis.conf');
  const [port, busPort] = [await stableFreePort(), await stableFreePort()];
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `masterauth ${password}`,
    'save ""',
    'appendonly no',
    `dir ${JSON.stringify(directory)}`,
    'cluster-enabled yes',
    `cluster-port ${busPort}`,
    `cluster-node-timeout ${NODE_TIMEOUT_MS}`,
    `cluster-require-full-coverage ${fullCoverage ? 'yes' : 'no'}`,
    'repl-diskless-sync-delay 0',
  ];
  await writeFile(configurationFile, `${lines.join('\n')}\n`);

  const run = async (command: string, ...args: (string | number)[]) => {
    const redis = new Redis({ port, password, retryStrategy: () => null, commandTimeout: 2_000 });
    redis.on('error', () => {}); // the command says it, too
    try {
      return await redis.call(command, ...args);
    } finally {
      redis.disconnect();
    }
  };
  const launch = () =>
    startChild({
      ...runAs.wrapCommand(command, [configurationFile], 'SIGKILL'),
      name: 'Redis',
      logFile: join(directory, 'redis.log'),
      isReady: () =>
        run('PING').then(
          () => true,
          () => false,
        ),
      readyTimeoutMs: 15_000,
      stopSignals: [['SIGKILL', 5_000]], // nothing to save, and a frozen one hears nothing else
    });
  let child: Child = await launch();
  return {
    port,
    run,
    kill: async () => child[Symbol.asyncDispose](),
    async start() {
      child = await launch();
    },
    freeze: () => void process.kill(child.pid, 'SIGSTOP'),
    thaw: () => void process.kill(child.pid, 'SIGCONT'),
    [Symbol.asyncDispose]: async () => child[Symbol.asyncDispose](),
  };
}

/** Make one cluster of them, as `redis-cli --cluster create` does. */
async function form(nodes: readonly ClusterNode[], masters: number): Promise<void> {
  for (const [index, node] of nodes.entries()) {
    await node.run('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
    const slots = [firstSlot(index, masters), firstSlot(index + 1, masters) - 1] as const;
    if (index < masters) await node.run('CLUSTER', 'ADDSLOTSRANGE', ...slots);
    const busPort = ((await node.run('CONFIG', 'GET', 'cluster-port')) as string[])[1]!;
    await nodes[0]!.run('CLUSTER', 'MEET', '127.0.0.1', node.port, busPort);
  }
  await everywhere(nodes, `cluster_known_nodes:${nodes.length}`);
  for (const [index, node] of nodes.entries())
    if (index >= masters) await node.run('CLUSTER', 'REPLICATE', await idOf(nodes[index % masters]!));
  await everywhere(nodes, 'cluster_state:ok');
  await eventually('all replicas are in step', async () => {
    const infos = await Promise.all(nodes.slice(masters).map((node) => node.run('INFO', 'replication')));
    return infos.every((info) => String(info).includes('master_link_status:up'));
  });
}

const everywhere = (nodes: readonly ClusterNode[], what: string) =>
  eventually(`${what} everywhere`, async () => {
    const infos = await Promise.all(nodes.map((node) => node.run('CLUSTER', 'INFO')));
    return infos.every((info) => String(info).includes(what));
  });

const idOf = async (node: ClusterNode): Promise<string> => String(await node.run('CLUSTER', 'MYID'));

async function moveSlot(
  slot: number,
  from: ClusterNode,
  to: ClusterNode,
  { nodes, password }: { nodes: readonly ClusterNode[]; password: string },
): Promise<void> {
  const [fromId, toId] = [await idOf(from), await idOf(to)];
  await to.run('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
  await from.run('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId);
  for (;;) {
    const keys = (await from.run('CLUSTER', 'GETKEYSINSLOT', slot, 100)) as string[];
    if (keys.length === 0) break;
    const migrate = ['127.0.0.1', to.port, '', 0, 5_000, 'REPLACE', 'AUTH', password, 'KEYS', ...keys];
    await from.run('MIGRATE', ...migrate);
  }
  const masters = await Promise.all(nodes.map((node) => node.run('ROLE').catch(() => [])));
  const others = nodes.filter((node, index) => {
    return node !== to && node !== from && (masters[index] as string[])[0] === 'master';
  });
  for (const node of [to, from, ...others]) await node.run('CLUSTER', 'SETSLOT', slot, 'NODE', toId);
}
