import type { Box, Ring } from './geometry.ts'

/**
 * Edges in a leaf, and children of a node. Distance in the bench with 4, 8 and 16: 0.49, 0.26 and 0.45 µs at 64 vertices,
 * 0.88, 0.86 and 1.61 µs at 10,000.
 */
export const FANOUT = 8

/** Numbers in a leaf: its edges are a chain, so one vertex more than edges. */
export const LEAF_SIZE = (FANOUT + 1) * 2

/**
 * The edges of a zone as a packed tree of boxes in one typed array.
 *
 * Neighbours on a ring are neighbours on the ground, so eight consecutive edges make a leaf and eight consecutive nodes
 * a parent, with no sorting and no ids. A leaf repeats the vertex it shares with the next one, and a ring is filled up
 * to whole leaves with its closing vertex (edges of no length), so no leaf spans two rings and every leaf is one chain.
 *
 * `data`: the boxes (west, south, east, north) of all nodes, leaves first, then level by level; from `verticesAt` on the
 * vertices of the leaves (longitude, latitude). All in degrees, unrounded: the numbers Turf would see.
 */
export interface EdgeTree {
  readonly data: Float64Array
  /** First node of each level, leaves first, and the number of all nodes as last entry. The top level has at most FANOUT. */
  readonly levels: readonly number[]
  readonly verticesAt: number
  /** For each polygon the leaf after each of its rings. */
  readonly ringEnds: readonly (readonly number[])[]
}

export function createEdgeTree(polygons: readonly (readonly Ring[])[]): EdgeTree {
  const ringEnds = leavesOf(polygons)
  const levels = levelsOver(lastOf(ringEnds[ringEnds.length - 1]))
  const nodes = lastOf(levels)
  const verticesAt = nodes * 4
  const tree = { data: new Float64Array(verticesAt + levels[1] * LEAF_SIZE), levels, verticesAt, ringEnds }
  let leaf = 0
  for (const [p, rings] of polygons.entries()) {
    for (const [r, ring] of rings.entries()) {
      fillLeaves(tree, ring, leaf)
      leaf = ringEnds[p][r]
    }
  }
  for (let level = 1; level < levels.length - 1; level++) fillParents(tree, level)
  return tree
}

/** The last of a list that is never empty: of `levels`, or of one polygon's `ringEnds`. */
export function lastOf(numbers: readonly number[]): number {
  return numbers[numbers.length - 1]
}

/** Calls `test` with the offset in `data` of the vertices of each leaf whose box meets `box`, until it says true. */
export function someLeaf(tree: EdgeTree, box: Box, test: (verticesAt: number) => boolean): boolean {
  const someIn = (level: number, first: number, end: number): boolean => {
    for (let node = first; node < end; node++) {
      if (!meets(tree.data, node * 4, box)) continue
      if (level === 0) {
        if (test(tree.verticesAt + node * LEAF_SIZE)) return true
      } else {
        const child = tree.levels[level - 1] + (node - tree.levels[level]) * FANOUT
        if (someIn(level - 1, child, Math.min(child + FANOUT, tree.levels[level]))) return true
      }
    }
    return false
  }
  const top = tree.levels.length - 2
  return someIn(top, tree.levels[top], tree.levels[top + 1])
}

function meets(data: Float64Array, at: number, [west, south, east, north]: Box): boolean {
  return data[at] <= east && data[at + 2] >= west && data[at + 1] <= north && data[at + 3] >= south
}

function leavesOf(polygons: readonly (readonly Ring[])[]): number[][] {
  let leaf = 0
  return polygons.map(rings =>
    rings.map(ring => {
      leaf += Math.ceil((ring.length - 1) / FANOUT)
      return leaf
    }),
  )
}

function levelsOver(leaves: number): number[] {
  const levels = [0, leaves]
  for (let count = leaves; count > FANOUT; ) {
    count = Math.ceil(count / FANOUT)
    levels.push(lastOf(levels) + count)
  }
  return levels
}

function fillLeaves({ data, verticesAt }: EdgeTree, ring: Ring, firstLeaf: number): void {
  const last = ring.length - 1
  for (let edge = 0, leaf = firstLeaf; edge < last; edge += FANOUT, leaf++) {
    data.set([Infinity, Infinity, -Infinity, -Infinity], leaf * 4)
    for (let k = 0; k <= FANOUT; k++) {
      const [lon, lat] = ring[Math.min(edge + k, last)]
      data[verticesAt + leaf * LEAF_SIZE + k * 2] = lon
      data[verticesAt + leaf * LEAF_SIZE + k * 2 + 1] = lat
      grow(data, leaf * 4, [lon, lat, lon, lat])
    }
  }
}

function fillParents({ data, levels }: EdgeTree, level: number): void {
  for (let node = levels[level], child = levels[level - 1]; node < levels[level + 1]; node++) {
    data.set([Infinity, Infinity, -Infinity, -Infinity], node * 4)
    for (const end = Math.min(child + FANOUT, levels[level]); child < end; child++) {
      grow(data, node * 4, [data[child * 4], data[child * 4 + 1], data[child * 4 + 2], data[child * 4 + 3]])
    }
  }
}

function grow(data: Float64Array, at: number, [west, south, east, north]: Box): void {
  data[at] = Math.min(data[at], west)
  data[at + 1] = Math.min(data[at + 1], south)
  data[at + 2] = Math.max(data[at + 2], east)
  data[at + 3] = Math.max(data[at + 3], north)
}
