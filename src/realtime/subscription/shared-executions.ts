import { createHash } from 'node:crypto';
import { getOperationAST, parse, print } from 'graphql';

import type { RealtimeSettings } from '../../platform/config/realtime-settings.ts';
import { CodedError } from '../../platform/errors.ts';
import { siteKey } from '../../platform/rate-limit/address-key.ts';
import { DocumentCounts } from './document-counts.ts';
import { FairShare } from './fair-share.ts';
import { plainFieldsOf } from './leaf-writer.ts';
import type { LiveChannel } from './live-stream.ts';
import { shapeOf, type CheckedOperation, type OperationShape } from './operation-shape.ts';
import {
  bytesOfOperation,
  SharedExecution,
  type DocumentUser,
  type ExecutionParts,
  type SharedExecutionParts,
} from './shared-execution.ts';

/** All documents in use by a process: some 5,000 ordinary ones. */
const DEFAULT_DOCUMENT_BYTES = 64 * 2 ** 20;

export interface ExecutionLimits extends Pick<RealtimeSettings, 'documentsPerAddress' | 'documentsPerEvent'> {
  /** Documents that no limit refuses. */
  exemptDocuments: readonly string[];
  /** Memory of all documents; tests set less. */
  documentBytes?: number;
}

/**
 * All shared executions, reference-counted. A change of an Event costs one execution for each distinct document, so
 * documents are limited by address, by channel and in memory. The room of a channel and the memory are shared fairly among
 * addresses; who sends a document that the channel has is never refused.
 */
export class SharedExecutions {
  readonly #parts: SharedExecutionParts;
  readonly #byKey = new Map<string, SharedExecution>();
  readonly #perAddress: DocumentCounts;
  readonly #perChannel = new Map<LiveChannel, FairShare>();
  readonly #maxPerChannel: number;
  readonly #memory: FairShare;
  readonly #exemptKeys: ReadonlySet<string>;

  constructor(parts: ExecutionParts, limits: ExecutionLimits) {
    this.#parts = { ...parts, plainFields: plainFieldsOf(parts.schema) };
    this.#perAddress = new DocumentCounts(limits.documentsPerAddress);
    this.#maxPerChannel = limits.documentsPerEvent;
    this.#memory = new FairShare(limits.documentBytes ?? DEFAULT_DOCUMENT_BYTES);
    this.#exemptKeys = new Set(limits.exemptDocuments.map((text) => this.#shapeOf(readDocument(text)).key));
  }

  /** Number of distinct documents in use. */
  get size(): number {
    return this.#byKey.size;
  }

  /**
   * Get the execution of an operation, shared with all subscribers that sent an equal one; `release` it once. Throws
   * TOO_MANY_DOCUMENTS, or evicts the users of another address's document.
   */
  acquire(checked: CheckedOperation, channel: LiveChannel, user: DocumentUser): SharedExecution {
    const shape = this.#shapeOf(checked);
    const { key } = shape;
    const isLimited = !this.#exemptKeys.has(key);
    if (isLimited) this.#admit(key, bytesOfOperation(checked), channel, siteKey(user.address));
    let execution = this.#byKey.get(key);
    if (execution === undefined) {
      execution = new SharedExecution(this.#parts, shape, checked);
      this.#byKey.set(key, execution);
    }
    if (isLimited) execution.users.set(user, channel);
    execution.refCount++;
    return execution;
  }

  release(execution: SharedExecution, channel: LiveChannel, user: DocumentUser): void {
    const { key } = execution;
    if (--execution.refCount === 0) this.#byKey.delete(key);
    if (!execution.users.delete(user)) return; // no limit counts it
    const address = siteKey(user.address);
    this.#perAddress.remove(address, key);
    this.#memory.remove(key, address);
    const share = this.#perChannel.get(channel);
    share?.remove(key, address);
    if (share?.size === 0) this.#perChannel.delete(channel);
  }

  #admit(key: string, bytes: number, channel: LiveChannel, address: string): void {
    const share = this.#perChannel.get(channel);
    if (!share?.has(key)) {
      if (!this.#perAddress.has(address, key) && this.#perAddress.isFull(address))
        throw tooManyDocuments('ADDRESS', this.#perAddress.maxPerAddress);
      // planned before anything is evicted: a document that is refused displaces none
      const atEvent = share === undefined ? [] : share.roomFor(address, 1);
      if (atEvent === null) throw tooManyDocuments('EVENT', this.#maxPerChannel);
      const inMemory = this.#memory.has(key) ? [] : this.#memory.roomFor(address, bytes);
      if (inMemory === null) throw tooManyDocuments('SERVER', this.#memory.capacity);
      for (const document of inMemory) this.#evict(document, 'SERVER', this.#memory);
      for (const document of atEvent) if (share!.isFull) this.#evict(document, 'EVENT', share!, channel);
    }
    this.#perAddress.add(address, key);
    this.#memory.add(key, bytes, address);
    const open = this.#perChannel.get(channel) ?? new FairShare(this.#maxPerChannel);
    this.#perChannel.set(channel, open); // evicting may have removed the last document of the channel
    open.add(key, 1, address);
  }

  /** End the subscriptions with a document, everywhere or at one channel. */
  #evict(key: string, scope: 'EVENT' | 'SERVER', share: FairShare, at?: LiveChannel): void {
    const refusal = tooManyDocuments(scope, share.capacity);
    const users = this.#byKey.get(key)?.users ?? []; // it may have ended with another
    for (const [user, channel] of [...users]) {
      if (at === undefined || channel === at) user.evict(refusal);
    }
    if (share.has(key)) throw new Error('the evicted document is still in use');
  }

  #shapeOf(checked: CheckedOperation): OperationShape {
    return shapeOf(this.#parts.schema, checked) ?? shapeOfText(checked);
  }
}

const SCOPES = {
  ADDRESS: 'different subscription documents from one address',
  EVENT: 'different subscription documents at one Event',
  SERVER: 'bytes of different subscription documents on this server',
};

function tooManyDocuments(scope: keyof typeof SCOPES, limit: number): CodedError {
  const message = `At most ${limit} ${SCOPES[scope]}.`;
  return new CodedError('TOO_MANY_DOCUMENTS', message, { scope, limit });
}

/** Of an operation that cannot be compared: it may depend on anything, and is shared only with its own text. */
function shapeOfText({ document, operation, variables }: CheckedOperation): OperationShape {
  const text = JSON.stringify([print(document), operation.name?.value ?? null, variables]);
  return { key: createHash('sha256').update(text).digest('base64url'), types: new Set(['']), leaves: null };
}

function readDocument(text: string): CheckedOperation {
  const document = parse(text);
  return { document, bytes: 0, operation: getOperationAST(document)!, variables: {}, weight: 1 };
}
