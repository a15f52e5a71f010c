import { setTimeout as pause } from 'node:timers/promises';

import { serveRpc } from '../rpc.ts';

/** Memory of the process after garbage collection. */
export interface MemoryUse {
  residentBytes: number;
  /** V8's heap and external memory. */
  v8Bytes: number;
}

/** Loaded with `--import` into a server of any revision, whose process it then measures; needs `--expose-gc`. */
export interface MemoryProbe {
  measure(): Promise<MemoryUse>;
}

export async function measureMemory(): Promise<MemoryUse> {
  for (let n = 0; n < 4; n++) {
    // as before out-of-memory: it returns free heap pages to the system, too
    void gc!({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await pause(100); // finalizers free memory for the next collection
  }
  const { rss, heapUsed, external } = process.memoryUsage(); // array buffers are in `external`
  return { residentBytes: rss, v8Bytes: heapUsed + external };
}

if (process.execArgv.includes(import.meta.filename)) serveRpc<MemoryProbe>({ measure: measureMemory });
