import { differenceOf, skeletonOf, skeletonsOfSign } from '../platform/text/skeleton.ts';

/** Labels that have to be told apart: finds one that looks like an earlier one and is not the same. */
export class LookAlikes {
  readonly #skeletonsOf: (label: string) => readonly string[];
  readonly #known = new Set<string>();
  readonly #bySkeleton = new Map<string, string>();

  /** Signs in the building may differ by I from 1 and by O from 0 alone; other labels may not. */
  constructor(kind: 'labels' | 'signs') {
    this.#skeletonsOf = kind === 'signs' ? skeletonsOfSign : (label) => [skeletonOf(label)];
  }

  has(label: string): boolean {
    return this.#known.has(label);
  }

  /** Add a label. Returns what it looks like, if that is an earlier one, the first time that it is added. */
  add(label: string): string | null {
    if (this.#known.has(label)) return null;
    this.#known.add(label);
    let twin: string | null = null;
    for (const skeleton of this.#skeletonsOf(label)) {
      const earlier = this.#bySkeleton.get(skeleton);
      if (earlier === undefined) this.#bySkeleton.set(skeleton, label);
      else twin ??= earlier;
    }
    if (twin === null) return null;
    return `looks like “${twin}”: it has ${differenceOf(label, twin)}`;
  }
}
