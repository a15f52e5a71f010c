/** A fault that the operator can fix: `message` names the cause, `remedy` the fix. */
export class LocalStackError extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
  }
}

/** The requested port is in use by another program. */
export class PortTaken extends LocalStackError {
  readonly port: number;
  constructor(
    service: string,
    port: number,
    remedy = 'Stop that program, choose another port, or leave the port unset to use a free one.',
  ) {
    super(`${service} cannot listen on port ${port}: another program is using it.`, remedy);
    this.port = port;
  }
}

/** The directory is in use by a live process. */
export class AlreadyRunning extends LocalStackError {
  /** Process that holds the directory, if known. */
  readonly pid: number | null;
  constructor(service: string, directory: string, pid: number | null) {
    super(
      `${service} is already running on ${directory}${pid === null ? '' : ` (process ${pid})`}.`,
      `Stop it with Ctrl-C in its terminal${pid === null ? '' : ` or with "kill ${pid}"`}. ` +
        `To run a second instance beside it, set DATA_DIRECTORY to another directory and PORT to another port.`,
    );
    this.pid = pid;
  }
}

/** A program did not become ready; the message ends with the last lines of its log. */
export class ChildFailed extends LocalStackError {
  readonly lastLines: string;
  constructor(name: string, reason: string, logFile: string, lastLines: string) {
    super(
      `${name} ${reason}. Last lines of its log:\n${lastLines.replaceAll(/^/gm, '  ')}`,
      `Full log: ${logFile}`,
    );
    this.lastLines = lastLines;
  }
}
