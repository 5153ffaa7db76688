import type { TaskPayload } from '@brandkit/core'
import { lowerFirst } from '../words.ts'
import { readOffer } from '../words/read-offer.ts'
import { readPeople } from '../words/read-people.ts'
import { GOAL_WORDS } from './stage-profiles.ts'

/** What the texts of a funnel are filled with, from offer, audience and goal. */
export function funnelWords({ campaignName, offer, audience, goal }: FunnelWordsOptions): Record<string, string> {
  const { what, features, reassurance } = readOffer(offer)
  const people = readPeople(audience, 'people like you')
  const [group] = people.groups
  const trouble = people.pains[0] ?? people.goals[0]
  return {
    campaign: campaignName,
    what,
    feature: features[0],
    other: features[1] ?? features[0],
    group,
    trouble: trouble ? `${group} ${trouble}` : `${group} do without it`,
    reassurance: lowerFirst(reassurance ?? 'say what happens when it does not fit'),
    action: GOAL_WORDS[goal].action,
    verb: GOAL_WORDS[goal].verb,
  }
}

type FunnelWordsOptions = Pick<TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>, 'campaignName' | 'offer' | 'audience' | 'goal'>
