import type { Section } from './section.ts'

/** A section, and the position of the one whose result its task waits for. */
interface Turn {
  section: Section
  after?: [position: number]
}

/** The sections in an order in which each comes behind the one that it follows, for a batch of one task each. */
export function inWorkingOrder(sections: readonly Section[]): Turn[] {
  const stepsBefore = ({ follows }: Section): number => {
    const earlier = sections.find(({ type }) => type === follows)
    return earlier ? 1 + stepsBefore(earlier) : 0
  }
  const inOrder = sections.toSorted((one, other) => stepsBefore(one) - stepsBefore(other))
  return inOrder.map((section) => {
    const position = inOrder.findIndex(({ type }) => type === section.follows)
    return position < 0 ? { section } : { section, after: [position] }
  })
}
