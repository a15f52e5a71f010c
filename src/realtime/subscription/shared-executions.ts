import { createHash } from 'node:crypto';
import { getOperationAST, parse, print } from 'graphql';

import type { RealtimeSettings } from '../../platform/config/realtime-settings.ts';
import { CodedError } from '../../platform/errors.ts';
import { addressKey } from '../../platform/rate-limit/address-key.ts';
import { DocumentCounts } from './document-counts.ts';
import type { LiveChannel } from './live-stream.ts';
import { shapeOf, type CheckedOperation, type OperationShape } from './operation-shape.ts';
import { SharedExecution, type ExecutionParts } from './shared-execution.ts';

/** All documents in use by a process: some 5,000 ordinary ones. */
const DEFAULT_DOCUMENT_BYTES = 64 * 2 ** 20;

export interface ExecutionLimits extends Pick<RealtimeSettings, 'documentsPerAddress' | 'documentsPerEvent'> {
  /** The document of the reference client, which no limit refuses; `null`: none. */
  referenceDocument: string | null;
  /** Memory of all documents; tests set less. */
  documentBytes?: number;
}

/**
 * All shared executions, reference-counted. A change of an Event costs one execution for each distinct document, so
 * documents are limited by address and by channel. Subscribers that share a document of the channel are never refused.
 */
export class SharedExecutions {
  readonly #parts: ExecutionParts;
  readonly #byKey = new Map<string, SharedExecution>();
  readonly #perAddress: DocumentCounts<string>;
  readonly #perChannel: DocumentCounts<LiveChannel>;
  readonly #referenceKey: string | null;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(parts: ExecutionParts, limits: ExecutionLimits) {
    this.#parts = parts;
    this.#perAddress = new DocumentCounts<string>(limits.documentsPerAddress);
    this.#perChannel = new DocumentCounts<LiveChannel>(limits.documentsPerEvent);
    this.#maxBytes = limits.documentBytes ?? DEFAULT_DOCUMENT_BYTES;
    this.#referenceKey =
      limits.referenceDocument === null ? null : this.#shapeOf(readDocument(limits.referenceDocument)).key;
  }

  /** Number of distinct documents in use. */
  get size(): number {
    return this.#byKey.size;
  }

  /**
   * Get the execution of an operation, shared with all subscribers that sent an equal one; `release` it once. Throws
   * TOO_MANY_DOCUMENTS.
   */
  acquire(checked: CheckedOperation, channel: LiveChannel, address: string): SharedExecution {
    const shape = this.#shapeOf(checked);
    const { key } = shape;
    if (key !== this.#referenceKey) this.#count(key, channel, addressKey(address));
    let execution = this.#byKey.get(key);
    if (execution === undefined) {
      execution = new SharedExecution(this.#parts, shape, checked);
      this.#byKey.set(key, execution);
      this.#bytes += execution.bytes;
    }
    execution.refCount++;
    return execution;
  }

  release(execution: SharedExecution, channel: LiveChannel, address: string): void {
    const { key } = execution;
    if (--execution.refCount === 0) {
      this.#byKey.delete(key);
      this.#bytes -= execution.bytes;
    }
    if (key === this.#referenceKey) return;
    this.#perAddress.remove(addressKey(address), key);
    this.#perChannel.remove(channel, key);
  }

  #count(key: string, channel: LiveChannel, address: string): void {
    if (!this.#perChannel.has(channel, key)) {
      if (!this.#perAddress.has(address, key) && this.#perAddress.isFull(address))
        throw tooManyDocuments('ADDRESS', this.#perAddress.maxPerOwner);
      if (this.#perChannel.isFull(channel)) throw tooManyDocuments('EVENT', this.#perChannel.maxPerOwner);
      if (!this.#byKey.has(key) && this.#bytes >= this.#maxBytes)
        throw tooManyDocuments('SERVER', this.#maxBytes);
    }
    this.#perAddress.add(address, key);
    this.#perChannel.add(channel, key);
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
  return { key: createHash('sha256').update(text).digest('base64url'), types: new Set(['']) };
}

function readDocument(text: string): CheckedOperation {
  const document = parse(text);
  return { document, bytes: 0, operation: getOperationAST(document)!, variables: {}, weight: 1 };
}
