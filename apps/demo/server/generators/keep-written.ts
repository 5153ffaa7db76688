/**
 * Entries as they were computed, with only some of their fields as a model wrote them. Entries are matched by a field that
 * tells them apart; one that the model left out stays as it was, one that it made up is dropped.
 */
export function keepEntries<Entry extends object>(
  draft: readonly Entry[],
  written: readonly Entry[],
  { by, take }: { by: keyof Entry; take: readonly (keyof Entry)[] },
): Entry[] {
  return draft.map((entry) => {
    const match = written.find((other) => other[by] === entry[by])
    if (!match) return entry
    return Object.assign({}, entry, Object.fromEntries(take.map((field) => [field, match[field]])))
  })
}

/**
 * Ideas as a model wrote them: those that are allowed, each key once, no more than were asked for. Computed ones fill up
 * where it wrote too few.
 */
export function keepIdeas<Idea extends { ideaKey: string }>(
  draft: readonly Idea[],
  written: readonly Idea[],
  { isAllowed }: { isAllowed: (idea: Idea) => boolean },
): Idea[] {
  const kept = new Map<string, Idea>()
  for (const idea of [...written.filter(isAllowed), ...draft]) {
    if (kept.size < draft.length && !kept.has(idea.ideaKey)) kept.set(idea.ideaKey, idea)
  }
  return [...kept.values()]
}
