import type { Point } from './geometry.ts';

/** Straight segments per Bézier curve. */
const SEGMENTS_PER_CURVE = 8;
const ARGUMENT_COUNTS: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, Z: 0 };

/** Parse the outline of a closed SVG path: M, L, H, V, C and Z, absolute or relative. Throws on other commands. */
export function outlineOfPath(path: string): Point[] {
  const tokens = path.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g) ?? [];
  const outline: Point[] = [];
  let position: Point = { x: 0, y: 0 };
  let command = '';
  for (let index = 0; index < tokens.length;) {
    if (/[a-zA-Z]/.test(tokens[index] ?? '')) command = tokens[index++] ?? '';
    const count = ARGUMENT_COUNTS[command.toUpperCase()];
    if (count === undefined) throw new Error(`unsupported command “${command}” in an SVG path`);
    if (count === 0) continue;
    const values = tokens.slice(index, index + count).map(Number);
    if (values.length < count || values.some(Number.isNaN))
      throw new Error(`missing arguments of “${command}” in an SVG path`);
    index += count;
    const points = pointsOf(command, values, position);
    outline.push(...points);
    position = points.at(-1) ?? position;
  }
  return outline;
}

function pointsOf(command: string, values: readonly number[], position: Point): Point[] {
  const origin = command === command.toLowerCase() ? position : { x: 0, y: 0 };
  const point = (index: number): Point => ({
    x: origin.x + (values[index] ?? 0),
    y: origin.y + (values[index + 1] ?? 0),
  });
  switch (command.toUpperCase()) {
    case 'H':
      return [{ x: origin.x + (values[0] ?? 0), y: position.y }];
    case 'V':
      return [{ x: position.x, y: origin.y + (values[0] ?? 0) }];
    case 'C':
      return curve(position, point(0), point(2), point(4));
    default:
      return [point(0)];
  }
}

function curve(from: Point, first: Point, second: Point, to: Point): Point[] {
  return Array.from({ length: SEGMENTS_PER_CURVE }, (_, segment) => {
    const t = (segment + 1) / SEGMENTS_PER_CURVE;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: a * from.x + b * first.x + c * second.x + d * to.x,
      y: a * from.y + b * first.y + c * second.y + d * to.y,
    };
  });
}
