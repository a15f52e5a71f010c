const BITS = 32;
/** Places of a node of the tree: eight words are counted for each read. */
const BLOCK_PLACES = 256;
const WORDS_PER_BLOCK = BLOCK_PLACES / BITS;
const ALL_BITS = 0xffff_ffff;
const MIN_BLOCKS = 16;
/** Beyond so many places after the head none is kept: the bits of as many take 8 MB. */
export const MAX_SPAN_PLACES = 2 ** 26;

/**
 * The places beyond the head of a line that were given up: a bit each, with a Fenwick tree of counts by block, so that adding
 * and counting take logarithmic time. Memory follows the span of the places that are kept, not the length of the line.
 */
export class GivenUpPlaces {
  /** First place of the first block. */
  #base = 0;
  #blocks = MIN_BLOCKS;
  #bits = new Uint32Array(MIN_BLOCKS * WORDS_PER_BLOCK);
  /** Node `i` counts the blocks `i - (i & -i)` to `i - 1`. */
  #tree = new Uint32Array(MIN_BLOCKS + 1);
  #head = 0;
  #count = 0;

  /** The head: places up to it are forgotten. */
  get head(): number {
    return this.#head;
  }

  /** Number of places beyond the head that were given up. */
  get count(): number {
    return this.#count;
  }

  has(place: number): boolean {
    const offset = place - this.#base;
    if (place <= this.#head || offset >= this.#blocks * BLOCK_PLACES) return false;
    return (this.#bits[offset >>> 5]! & bitOf(offset)) !== 0;
  }

  /** Add a place; `false`: it is known, or not beyond the head. */
  add(place: number): boolean {
    if (place <= this.#head || place - this.#base >= MAX_SPAN_PLACES || this.has(place)) return false;
    this.#reserve(place);
    this.#toggle(place, 1);
    return true;
  }

  /** Add the places from `from` to `to`; returns how many of them are new. */
  addRange(from: number, to: number): number {
    const first = Math.max(from, this.#head + 1);
    const last = Math.min(to, this.#base + MAX_SPAN_PLACES - 1);
    if (first > last) return 0;
    this.#reserve(last);
    const before = this.#count;
    for (let place = first; place <= last;) {
      const offset = place - this.#base;
      const shift = offset & (BITS - 1);
      const count = Math.min(BITS - shift, last - place + 1);
      const added = ((ALL_BITS >>> (BITS - count)) << shift) & ~this.#bits[offset >>> 5]!;
      this.#bits[offset >>> 5]! |= added;
      this.#add(offset, popCount(added));
      place += count;
    }
    return this.#count - before;
  }

  /** Remove a place that was restored after all; `false`: it is not among them. */
  delete(place: number): boolean {
    if (!this.has(place)) return false;
    this.#toggle(place, -1);
    return true;
  }

  /** Number of places given up between the head and a place, without it. */
  countBelow(place: number): number {
    if (this.#count === 0 || place <= this.#head + 1) return 0;
    return this.#prefix(Math.min(place - this.#base, this.#blocks * BLOCK_PLACES)) - this.#prefixOfHead();
  }

  /** Move the head forward, and forget what lies behind it. */
  advance(head: number): void {
    if (head <= this.#head) return;
    if (this.#count > 0) this.#count -= this.countBelow(head + 1);
    this.#head = head;
    if (this.#count === 0) this.#rebase(MIN_BLOCKS);
    else if (head - this.#base >= (this.#blocks * BLOCK_PLACES) / 2) this.#rebase(this.#blocks);
  }

  #toggle(place: number, by: 1 | -1): void {
    const offset = place - this.#base;
    this.#bits[offset >>> 5]! ^= bitOf(offset);
    this.#add(offset, by);
  }

  /** Count places in the block of an offset. */
  #add(offset: number, places: number): void {
    for (let node = Math.floor(offset / BLOCK_PLACES) + 1; node <= this.#blocks; node += node & -node)
      this.#tree[node]! += places;
    this.#count += places;
  }

  /** Places up to the head count as well, until the next rebase. */
  #prefixOfHead(): number {
    return this.#prefix(this.#head + 1 - this.#base);
  }

  /** Bits set at offsets below this one. */
  #prefix(offset: number): number {
    const block = Math.floor(offset / BLOCK_PLACES);
    let count = 0;
    for (let node = block; node > 0; node -= node & -node) count += this.#tree[node]!;
    const last = offset >>> 5;
    for (let word = block * WORDS_PER_BLOCK; word < last; word++) count += popCount(this.#bits[word]!);
    const rest = offset & (BITS - 1);
    return rest === 0 ? count : count + popCount(this.#bits[last]! & (bitOf(rest) - 1));
  }

  #reserve(place: number): void {
    let blocks = this.#blocks;
    while (place - this.#base >= blocks * BLOCK_PLACES) blocks *= 2;
    if (blocks !== this.#blocks) this.#rebase(blocks);
  }

  /** Copy what lies beyond the head into arrays of this many blocks, and count it anew. */
  #rebase(blocks: number): void {
    const base = this.#head - (this.#head % BLOCK_PLACES);
    const bits = new Uint32Array(blocks * WORDS_PER_BLOCK);
    if (this.#count > 0) {
      const from = (base - this.#base) / BITS;
      bits.set(this.#bits.subarray(from, from + bits.length));
    }
    const tree = new Uint32Array(blocks + 1);
    for (let word = 0; word < bits.length; word++)
      tree[Math.floor(word / WORDS_PER_BLOCK) + 1]! += popCount(bits[word]!);
    for (let node = 1; node <= blocks; node++) {
      const parent = node + (node & -node);
      if (parent <= blocks) tree[parent]! += tree[node]!;
    }
    [this.#base, this.#blocks, this.#bits, this.#tree] = [base, blocks, bits, tree];
  }
}

const bitOf = (offset: number): number => (1 << (offset & (BITS - 1))) >>> 0;

function popCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
