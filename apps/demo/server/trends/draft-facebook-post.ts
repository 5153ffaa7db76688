import type { FacebookPostKind } from '@brandkit/core/brand-tasks'
import { fillTemplate, lowerFirst, shorten } from '../words.ts'

/** How a post of each kind is begun. {name} is the trend, {topic} what the brand is about, {heard} a headline of others. */
const DRAFTS: Readonly<Record<FacebookPostKind, string>> = {
  text: '{Name}: we had an opinion, then we read this: “{heard}”. Now we have a question. What is your experience, in one sentence?',
  photo:
    '{Name}, as it looks here this morning, unposed. What we learned about it for {topic} is in the first comment. Show us yours.',
  reel: 'Second 1: {name}, without a word. Second 3: what most get wrong about it. Second 8: how we do it for {topic}. Last frame: “Who should see this?”',
  link: 'Everybody speaks of {name} today (“{heard}”). We wrote down what it means for {topic}: three minutes, no registration.',
  live: 'Tonight, live: {name} and {topic}. Half an hour, your questions first. Write yours below, and we begin with the one that gets the most hearts.',
  poll: '{Name}: here to stay, or gone by spring? Vote, and tell us why. We will do with {topic} what the majority says, and report.',
}

/** The first draft of a post about a trend. */
export function draftFacebookPost({
  kind,
  name,
  topic,
  heard,
}: {
  kind: FacebookPostKind
  name: string
  topic: string
  heard: string | undefined
}): string {
  return fillTemplate(DRAFTS[kind], {
    name: shorten(name, 60),
    topic: lowerFirst(shorten(topic, 60)),
    heard: shorten(heard ?? name, 100),
  })
}
