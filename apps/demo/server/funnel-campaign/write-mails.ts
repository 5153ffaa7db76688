import type { TaskPayload } from '@brandkit/core'
import type { FunnelStage } from '@brandkit/core/brand-tasks'
import { fillTemplate } from '../words.ts'
import { funnelWords } from './funnel-words.ts'

export interface Mail {
  stage: FunnelStage
  /** Days after the first contact. */
  day: number
  subject: string
  text: string
}

/** Mails of each stage, in the order in which they are sent. */
const MAILS: Readonly<Record<FunnelStage, readonly { subject: string; text: string }[]>> = {
  awareness: [
    {
      subject: '{Trouble}',
      text: 'Hello,\n\nyou are not alone with it: {trouble}. We wrote down what we learned about it, in three minutes of reading, and nothing is sold in there.\n\nIf it helps, there is more where it came from.\n\n{Campaign}',
    },
  ],
  consideration: [
    {
      subject: 'The short answer on {what}',
      text: 'Hello,\n\nyou looked at {what}. The short answer to why people take it: {feature}.\n\nThe long one is a table that sets it beside the usual choice. Have a look, and write back when a row is missing.\n\n{Campaign}',
    },
    {
      subject: 'The question that {group} ask most',
      text: 'Hello,\n\n“Does it work for somebody like me?” We hear that a lot from {group}. What it comes down to: {other}.\n\nReply to this mail with your case, and a person will answer.\n\n{Campaign}',
    },
  ],
  conversion: [
    {
      subject: 'One step is left',
      text: 'Hello,\n\nyou know what {what} is, and what makes it different: {feature}.\n\n{Verb}: it takes a minute. {Reassurance}.\n\n{Campaign}',
    },
    {
      subject: 'Should we stop writing about {what}?',
      text: 'Hello,\n\nthis is the last mail about it. If it is not for you, do nothing, and we will be quiet.\n\nIf it is only the right moment that was missing: here is the link again. {Other}.\n\n{Campaign}',
    },
  ],
  loyalty: [
    {
      subject: 'Your first week: one thing to try',
      text: 'Hello,\n\ngood to have you here. What you can count on from today: {feature}.\n\nSomething is unclear? Reply, a person reads it.\n\n{Campaign}',
    },
    {
      subject: 'Two questions, one minute',
      text: 'Hello,\n\nwhat did {what} change for you, and what is missing? Two lines are enough. We answer every one, and we will tell you what we made of it.\n\n{Campaign}',
    },
  ],
  advocacy: [
    {
      subject: 'For you and the one you bring',
      text: 'Hello,\n\nyou know somebody among {group} who would like this too. Pass on this link with a line of your own. It does the same for both of you.\n\n{Campaign}',
    },
  ],
}

/** How the stages lie in time: the days of the first mail of each stage, as parts of the campaign. */
const STARTS: Readonly<Record<FunnelStage, number>> = {
  awareness: 0,
  consideration: 0.15,
  conversion: 0.4,
  loyalty: 0.65,
  advocacy: 0.9,
}

/** Mails of the chosen stages, spread over the weeks of the campaign; days never go back. */
export function writeMails(stages: readonly { stage: FunnelStage }[], payload: WriteMailsOptions): Mail[] {
  const days = payload.weeks * 7 - 1
  const words = funnelWords(payload)
  return stages.flatMap(({ stage }, position) => {
    const next = stages[position + 1]
    const from = position === 0 ? 0 : STARTS[stage]
    const to = next ? STARTS[next.stage] : 1
    return MAILS[stage].map(({ subject, text }, index, { length }) => ({
      stage,
      day: Math.floor(days * (from + ((to - from) * index) / length)),
      subject: fillTemplate(subject, words),
      text: fillTemplate(text, words),
    }))
  })
}

type WriteMailsOptions = Pick<
  TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>,
  'campaignName' | 'offer' | 'audience' | 'goal' | 'weeks'
>
