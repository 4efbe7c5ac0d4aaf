/**
 * How many partitions one of the members is to have: as even as it goes, the first of them one more where it does not divide. All
 * come to the same, because all have the members in the same order.
 */
export function shareOf(members: readonly string[], name: string, partitions: number): number {
  const rank = members.indexOf(name)
  if (rank < 0) return 0
  const even = Math.floor(partitions / members.length)
  return rank < partitions % members.length ? even + 1 : even
}
