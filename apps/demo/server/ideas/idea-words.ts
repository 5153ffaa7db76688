import { lowerFirst } from '../words.ts'
import { readPeople } from '../words/read-people.ts'

/** What the templates of ideas are filled with. */
export function ideaWords({ topic, audience }: { topic: string; audience: string }): Record<string, string> {
  const people = readPeople(audience, 'people like you')
  const [group] = people.groups
  const trouble = people.pains[0] ?? 'put up with too much'
  const wish = people.goals[0] ?? 'want it to be simple'
  return {
    topic: lowerFirst(topic),
    group,
    trouble: `${group} ${trouble}`,
    wish: `${group} ${wish}`,
    habit: people.habits[0] ? `${group} ${people.habits[0]}` : `${group} have their own way`,
  }
}
