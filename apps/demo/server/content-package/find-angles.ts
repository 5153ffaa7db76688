import type { TaskPayload } from '@brandkit/core'
import type { ContentTone } from '@brandkit/core/brand-tasks'
import { capitalise, fillTemplate, hashText, lowerFirst } from '../words.ts'
import { readPeople } from '../words/read-people.ts'
import { type AngleKind, ANGLES, TONES } from './angles.ts'

export interface Angle {
  kind: AngleKind
  angle: string
  promise: string
}

const FEWEST = 3
const MOST = 6

/**
 * Points of view on the topic: those that suit the tone first, then in an order that depends on the topic, as many as a channel
 * has posts (3 to 6). Each is filled with what the description says of the audience: troubles first, then wishes and habits.
 */
export function findAngles({ topic, audience, postsPerChannel, tone }: FindAnglesOptions): Angle[] {
  const words = wordsOf({ topic, audience })
  const suited = TONES[tone].angles
  const kinds = (Object.keys(ANGLES) as AngleKind[]).toSorted(
    (one, other) =>
      rankOf(suited, one) - rankOf(suited, other) || (hashText(topic + one) % 97) - (hashText(topic + other) % 97),
  )
  return kinds.slice(0, Math.min(MOST, Math.max(FEWEST, postsPerChannel))).map((kind) => ({
    kind,
    angle: fillTemplate(ANGLES[kind].angle, words),
    promise: fillTemplate(ANGLES[kind].promise, words),
  }))
}

type FindAnglesOptions = Pick<TaskPayload<'GENERATE_CONTENT_PACKAGE'>, 'topic' | 'audience' | 'postsPerChannel'> & {
  tone: ContentTone
}

/** What the templates of angles and posts are filled with. */
export function wordsOf({ topic, audience }: { topic: string; audience: string }): Record<string, string> {
  const people = readPeople(audience, 'people like you')
  const [group] = people.groups
  const trouble = people.pains[0]
  const wish = people.goals[0]
  return {
    topic: lowerFirst(topic),
    group,
    trouble: trouble ? `many ${group} ${trouble}` : `many ${group} put it off`,
    wish: wish ? `so many ${group} ${wish}` : `so many ${group} want it to be simple`,
    habit: people.habits[0] ? `${group} ${people.habits[0]}` : `${group} have their own way`,
    Topic: capitalise(topic),
  }
}

function rankOf(list: readonly AngleKind[], kind: AngleKind): number {
  const rank = list.indexOf(kind)
  return rank === -1 ? list.length : rank
}
