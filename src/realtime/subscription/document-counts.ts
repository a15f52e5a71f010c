/** Distinct documents in use, by address. */
export class DocumentCounts {
  readonly #maxPerAddress: number;
  /** Number of subscriptions by address and document. */
  readonly #byAddress = new Map<string, Map<string, number>>();

  constructor(maxPerAddress: number) {
    this.#maxPerAddress = maxPerAddress;
  }

  get maxPerAddress(): number {
    return this.#maxPerAddress;
  }

  has(address: string, document: string): boolean {
    return this.#byAddress.get(address)?.has(document) ?? false;
  }

  /** Whether the address may not use another document. */
  isFull(address: string): boolean {
    return (this.#byAddress.get(address)?.size ?? 0) >= this.#maxPerAddress;
  }

  add(address: string, document: string): void {
    let documents = this.#byAddress.get(address);
    if (documents === undefined) this.#byAddress.set(address, (documents = new Map<string, number>()));
    documents.set(document, (documents.get(document) ?? 0) + 1);
  }

  remove(address: string, document: string): void {
    const documents = this.#byAddress.get(address);
    const left = (documents?.get(document) ?? 0) - 1;
    if (left > 0) documents!.set(document, left);
    else documents?.delete(document);
    if (documents?.size === 0) this.#byAddress.delete(address);
  }

  /** Number of addresses. */
  get size(): number {
    return this.#byAddress.size;
  }
}
