/** Distinct documents in use, by owner: an address, or a channel. */
export class DocumentCounts<Owner> {
  readonly #maxPerOwner: number;
  /** Number of subscriptions by owner and document. */
  readonly #byOwner = new Map<Owner, Map<string, number>>();

  constructor(maxPerOwner: number) {
    this.#maxPerOwner = maxPerOwner;
  }

  get maxPerOwner(): number {
    return this.#maxPerOwner;
  }

  has(owner: Owner, document: string): boolean {
    return this.#byOwner.get(owner)?.has(document) ?? false;
  }

  /** Whether the owner may not use another document. */
  isFull(owner: Owner): boolean {
    return (this.#byOwner.get(owner)?.size ?? 0) >= this.#maxPerOwner;
  }

  add(owner: Owner, document: string): void {
    let documents = this.#byOwner.get(owner);
    if (documents === undefined) this.#byOwner.set(owner, (documents = new Map<string, number>()));
    documents.set(document, (documents.get(document) ?? 0) + 1);
  }

  remove(owner: Owner, document: string): void {
    const documents = this.#byOwner.get(owner);
    const left = (documents?.get(document) ?? 0) - 1;
    if (left > 0) documents!.set(document, left);
    else documents?.delete(document);
    if (documents?.size === 0) this.#byOwner.delete(owner);
  }

  /** Number of owners. */
  get size(): number {
    return this.#byOwner.size;
  }
}
