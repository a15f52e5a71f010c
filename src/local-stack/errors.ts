/** Something the person at the keyboard can put right: the message says what is in the way, `remedy` how to get past it. */
export class LocalStackError extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
  }
}

/** The port that was asked for belongs to another program. */
export class PortTaken extends LocalStackError {
  readonly port: number;
  constructor(
    service: string,
    port: number,
    remedy = 'Stop that program, choose another port, or name none to be given a free one.',
  ) {
    super(`${service} cannot listen on port ${port}: another program has it.`, remedy);
    this.port = port;
  }
}

/** The directory is in use by a process that is alive. */
export class AlreadyRunning extends LocalStackError {
  /** The process in the way, where it is known. */
  readonly pid: number | null;
  constructor(what: string, directory: string, pid: number | null) {
    super(
      `${what} is already running on ${directory}${pid === null ? '' : ` (process ${pid})`}.`,
      `Stop it with Ctrl-C in its terminal${pid === null ? '' : ` or with "kill ${pid}"`}. ` +
        `To run a second one beside it, set DATA_DIRECTORY to another folder and PORT to another port.`,
    );
    this.pid = pid;
  }
}

/** A program did not become ready; the message ends with the last lines it wrote. */
export class ChildFailed extends LocalStackError {
  readonly lastLines: string;
  constructor(name: string, reason: string, logFile: string, lastLines: string) {
    super(
      `${name} ${reason}. It last wrote:\n${lastLines.replaceAll(/^/gm, '  ')}`,
      `The whole of it is in ${logFile}.`,
    );
    this.lastLines = lastLines;
  }
}
