/** A document in use. */
interface SharedDocument {
  cost: number;
  /** Address that it is charged to: one of its users. */
  owner: string;
  /** Number of subscriptions by address. */
  users: Map<string, number>;
}

/** An address that documents are charged to. */
interface Owner {
  load: number;
  documents: Set<string>;
}

/**
 * Capacity that addresses share, by document. A document is charged to one of the addresses that use it. Once the capacity is
 * used up, an address displaces a document of the one that is charged most, if it stays below that. So a first document of
 * cost 1 is refused only when as many addresses as the capacity are charged 1 each.
 */
export class FairShare {
  readonly capacity: number;
  readonly #documents = new Map<string, SharedDocument>();
  readonly #owners = new Map<string, Owner>();
  #used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get isFull(): boolean {
    return this.#used >= this.capacity;
  }

  /** Number of documents. */
  get size(): number {
    return this.#documents.size;
  }

  has(document: string): boolean {
    return this.#documents.has(document);
  }

  /** Count a subscription. */
  add(document: string, cost: number, address: string): void {
    const known = this.#documents.get(document);
    if (known === undefined) {
      this.#used += cost;
      this.#documents.set(document, { cost, owner: address, users: new Map([[address, 1]]) });
      this.#charge(document, cost, address);
      return;
    }
    known.users.set(address, (known.users.get(address) ?? 0) + 1);
    if (this.#wouldRelieve(known, address)) this.#transfer(document, known, address);
  }

  remove(document: string, address: string): void {
    const known = this.#documents.get(document);
    if (known === undefined) return;
    const left = (known.users.get(address) ?? 0) - 1;
    if (left > 0) {
      known.users.set(address, left);
      return;
    }
    known.users.delete(address);
    const [next] = known.users.keys();
    if (next === undefined) {
      this.#used -= known.cost;
      this.#documents.delete(document);
      this.#discharge(document, known);
    } else if (known.owner === address) this.#transfer(document, known, next);
  }

  /** All documents that have to give way to one of this cost, or null if the address may not displace as many. */
  roomFor(address: string, cost: number): string[] | null {
    const plan = new Plan();
    while (this.#used - plan.freed >= this.capacity) {
      const document = this.#nextDisplaceable(address, cost, plan);
      if (document === null) return null;
      const shared = this.#documents.get(document)!;
      plan.displace(document, shared.cost, shared.owner);
    }
    return [...plan.documents];
  }

  /** The next document that an address may displace with one of this cost, or null. */
  #nextDisplaceable(address: string, cost: number, plan: Plan): string | null {
    for (;;) {
      const heaviest = this.#heaviestOwner(plan);
      if (heaviest === null || this.#loadOf(address, plan) + cost >= this.#loadOf(heaviest, plan))
        return null;
      if (this.#spread(heaviest, plan)) continue;
      return [...this.#owners.get(heaviest)!.documents].findLast(
        (document) => !plan.documents.has(document),
      )!; // the newest
    }
  }

  /** Charge documents to users that are charged less: who shares one with an attacker must not lose it. */
  #spread(address: string, plan: Plan): boolean {
    let changed = false;
    for (const document of [...this.#owners.get(address)!.documents]) {
      if (plan.documents.has(document)) continue;
      const shared = this.#documents.get(document)!;
      const lighter = shared.users.keys().find((user) => this.#wouldRelieve(shared, user, plan));
      if (lighter === undefined) continue;
      this.#transfer(document, shared, lighter);
      changed = true;
    }
    return changed;
  }

  #wouldRelieve({ cost, owner }: SharedDocument, user: string, plan = new Plan()): boolean {
    return this.#loadOf(user, plan) + cost < this.#loadOf(owner, plan);
  }

  #transfer(document: string, shared: SharedDocument, to: string): void {
    this.#discharge(document, shared);
    shared.owner = to;
    this.#charge(document, shared.cost, to);
  }

  #charge(document: string, cost: number, address: string): void {
    let owner = this.#owners.get(address);
    if (owner === undefined) this.#owners.set(address, (owner = { load: 0, documents: new Set<string>() }));
    owner.load += cost;
    owner.documents.add(document);
  }

  #discharge(document: string, { cost, owner: address }: SharedDocument): void {
    const owner = this.#owners.get(address)!;
    owner.load -= cost;
    owner.documents.delete(document);
    if (owner.documents.size === 0) this.#owners.delete(address);
  }

  #loadOf(address: string, plan: Plan): number {
    return (this.#owners.get(address)?.load ?? 0) - plan.freedOf(address);
  }

  #heaviestOwner(plan: Plan): string | null {
    let heaviest: string | null = null;
    let most = 0;
    for (const address of this.#owners.keys()) {
      const load = this.#loadOf(address, plan);
      if (load > most) [heaviest, most] = [address, load];
    }
    return heaviest;
  }
}

/** Documents that are to be displaced, and what that takes from their owners. */
class Plan {
  readonly documents = new Set<string>();
  readonly #freedByOwner = new Map<string, number>();
  freed = 0;

  displace(document: string, cost: number, owner: string): void {
    this.documents.add(document);
    this.#freedByOwner.set(owner, this.freedOf(owner) + cost);
    this.freed += cost;
  }

  freedOf(owner: string): number {
    return this.#freedByOwner.get(owner) ?? 0;
  }
}
