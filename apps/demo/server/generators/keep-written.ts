/**
 * Computed entries with only the fields of `take` from the model's text. Entries are matched by a field that identifies
 * them. An entry that the model left out stays as computed; an invented one is dropped.
 */
export function keepEntries<Entry extends object>(
  draft: readonly Entry[],
  written: readonly Entry[],
  { by, take }: { by: keyof Entry; take: readonly (keyof Entry)[] },
): Entry[] {
  return draft.map((entry) => {
    const match = written.find((other) => other[by] === entry[by])
    return match ? keepFields(entry, match, take) : entry
  })
}

/** A computed entry with only the fields of `take` from the model's text. */
export function keepFields<Entry extends object>(draft: Entry, written: Entry, take: readonly (keyof Entry)[]): Entry {
  return Object.assign({}, draft, Object.fromEntries(take.map((field) => [field, written[field]])))
}

/** The allowed ideas of a model, each key once, and no more than requested. Computed ideas fill the gaps. */
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
