/**
 * Ideas as a model wrote them: those that are allowed, each key once, no more than were asked for. Where it wrote too few, computed
 * ones fill up.
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
