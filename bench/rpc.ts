import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';

/** Methods that another process can call over IPC: arguments and results are plain data. */
export type Methods<Server> = { [Name in keyof Server]: (...args: never[]) => Promise<unknown> };

/** A child process that serves methods over IPC. */
export interface RpcChild<Server extends Methods<Server>> extends AsyncDisposable {
  pid: number;
  process: ChildProcess;
  call<Name extends keyof Server & string>(
    name: Name,
    ...args: Parameters<Server[Name]>
  ): Promise<Awaited<ReturnType<Server[Name]>>>;
}

interface Request {
  name: string;
  args: never[];
}
type Response = { value: unknown } | { error: string };

/** Start a program that calls `serveRpc`. It takes one call at a time. */
export function startRpcChild<Server extends Methods<Server>>(
  file: string,
  { args = [], ...options }: Pick<ForkOptions, 'cwd' | 'execArgv' | 'env'> & { args?: string[] } = {},
): RpcChild<Server> {
  const child = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...options });
  const exited = once(child, 'exit').then(([code]) => ({ error: `${file} exited with ${code}` }));
  return {
    pid: child.pid!,
    process: child,
    async call(name, ...args) {
      const responded = once(child, 'message').then(([response]) => response as Response);
      child.send({ name, args } satisfies Request);
      const response = await Promise.race([responded, exited]);
      if ('error' in response) throw new Error(`${file}, ${name}: ${response.error}`);
      return response.value as never;
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** Serve the methods to the parent process until it disconnects. */
export function serveRpc<Server extends Methods<Server>>(server: Server): void {
  process.on('message', ({ name, args }: Request) => {
    server[name as keyof Server](...args).then(
      (value) => process.send?.({ value } satisfies Response),
      (error: Error) => process.send?.({ error: error.stack ?? error.message } satisfies Response),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
