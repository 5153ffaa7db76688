import type { TaskPayload, TaskResult } from '@brandkit/core'
import { FUNNEL_ASSETS, FUNNEL_STAGES, type FunnelGoal, type FunnelStage } from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { readGroups, readOffer } from '../brief.ts'
import { forecastFunnel, splitBudget } from '../numbers/funnel-forecast.ts'
import { note, say, readTable } from '../words.ts'
import { type BrandGenerator, type GeneratorOptions, keepEntries } from './generator.ts'
import { createStepRunner } from './step-runner.ts'

type Payload = TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>
type Result = TaskResult<'GENERATE_FUNNEL_CAMPAIGN'>

/**
 * A funnel campaign: the budget over the stages by the goal's weights (largest remainder method), assets as briefings, mails
 * as outlines in which square brackets say what to write. In the forecast, each stage receives the people whom the stage
 * before passed on. A model writes messages, assets and mails; money, days and the forecast stay computed.
 */
export function createFunnelCampaignGenerator(
  options: GeneratorOptions = {},
): BrandGenerator<'GENERATE_FUNNEL_CAMPAIGN'> {
  return async (context) => {
    const { taskId, payload } = context
    const { campaignName, goal, currency, startDate, budget: totalBudget } = payload
    const { run, provenance } = createStepRunner('GENERATE_FUNNEL_CAMPAIGN', context, options)

    const stages = await run('stages', {
      compute: () => draftStages(payload),
      write: {
        task: 'Write objective and message of every stage for this offer and this audience.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'stage', take: ['objective', 'message'] }),
      },
      show: (soFar) => ({ stages: soFar }),
    })

    const assets = await run('assets', {
      compute: () => stages.flatMap(({ stage }) => draftAssets(stage, goal)),
      write: {
        task: 'Plan the assets: title, brief and call to action, so that a designer can begin. Keep their number, order, stages and kinds.',
        keep: (draft, written) =>
          draft.map((asset, index) => {
            const match = written[index]
            return match?.stage === asset.stage && match.kind === asset.kind ? match : asset
          }),
      },
      show: (soFar) => ({ assets: soFar }),
    })

    const mails = await run('mails', {
      compute: () =>
        draftMails(
          stages.map(({ stage }) => stage),
          payload,
        ),
      write: {
        task: 'Write subject and text of every mail. Keep their number, order, stages and days; promise nothing that the offer does not say.',
        keep: (draft, written) =>
          draft.map((mail, index) => {
            const match = written[index]
            return match?.stage === mail.stage ? { ...match, day: mail.day } : mail
          }),
      },
      show: (soFar) => ({ mails: soFar }),
      say: ({ subject, text }) => [subject, text].filter(Boolean).join('\n'),
    })

    const forecast = await run('forecast', {
      compute: () => forecastFunnel(stages, payload),
    })

    return {
      funnelCampaignId: `funnel-campaign-${taskId}`,
      campaignName,
      goal,
      currency,
      totalBudget,
      startDate,
      stages,
      assets,
      mails,
      forecast,
      ...provenance({ loss: forecast.revenue < totalBudget }),
    }
  }
}

/** The stages with their budgets. Each phrase of offer and audience stands in one stage. */
function draftStages(payload: Payload): Result['stages'] {
  const { offer, audience } = payload
  const [what, ...features] = readOffer(offer)
  const groups = readGroups(audience)
  const reasons = [what, ...features]
  const facts = groups.flatMap((group) => group.facts)
  return splitBudget(payload).map((part, index) => {
    const { objective, message } = wordsOf(part.stage)
    return Object.assign({}, part, {
      objective: say(
        objective,
        index === 0
          ? note(
              'Audience',
              groups.map(({ name }) => name),
            )
          : '',
      ),
      message: say(
        message,
        note('To say', reasons.slice(index, index + 1)),
        note('In the brief', facts.slice(index, index + 1)),
      ),
    })
  })
}

function wordsOf(wanted: FunnelStage) {
  return STAGES.find(({ stage: known }) => known === wanted) ?? STAGES[0]
}

function draftAssets(wanted: FunnelStage, goal: FunnelGoal): Result['assets'] {
  return ASSETS.filter((asset) => asset.stage === wanted).map((asset) =>
    Object.assign({}, asset, { callToAction: asset.callToAction || VERBS[goal] }),
  )
}

/** Outlines of mails, spread over the weeks of the campaign in ascending days. */
function draftMails(stages: readonly FunnelStage[], { campaignName, goal, weeks }: Payload): Result['mails'] {
  const days = weeks * 7 - 1
  return stages.flatMap((wanted, position) => {
    const next = stages[position + 1]
    const from = position === 0 ? 0 : wordsOf(wanted).starts
    const to = next ? wordsOf(next).starts : 1
    return MAILS.filter((mail) => mail.stage === wanted).map(({ subject, first, second }, index, { length }) => ({
      stage: wanted,
      day: Math.floor(days * (from + ((to - from) * index) / length)),
      subject: `${campaignName}: [${subject}]`,
      text: [
        '[Greeting]',
        `[${first}]`,
        `[${second}]`,
        ...(wanted === 'conversion' ? [`${VERBS[goal]}: [link]`] : []),
        campaignName,
      ].join('\n\n'),
    }))
  })
}

/** The words on the button. */
const VERBS: Readonly<Record<FunnelGoal, string>> = {
  leads: 'Ask for an offer',
  sales: 'Order now',
  'sign-ups': 'Sign up',
  bookings: 'Book a date',
}

const stage = z.enum(FUNNEL_STAGES)
const text = z.string()

/** `starts`: the part of the campaign after which the first mail of the stage goes out. */
const STAGES = readTable(
  `
stage | starts | objective | message
awareness | 0 | Become known to people who have never heard of the offer. | Open with the problem.
consideration | 0.15 | Let people compare the offer with what they do today. | Show both sides of the comparison.
conversion | 0.4 | Make the last step short. | Name the one step that is left.
loyalty | 0.65 | Give customers a reason to come back. | Show more of what they chose.
advocacy | 0.9 | Make it easy for satisfied customers to recommend the offer. | Ask for a recommendation in their own words.
`,
  z.strictObject({ stage, starts: z.coerce.number(), objective: text, message: text }),
)

/** Without a call to action, the words of the goal stand on the button. */
const ASSETS = readTable(
  `
stage | kind | title | brief | callToAction
awareness | video | Film of 15 seconds | Opens on the problem and ends on the solution. Works without sound. | See how it works
awareness | advert | One picture, three headlines | Test the three, keep the one that holds people longest. | Find out more
awareness | article | The problem, and what helps | 800 words for a medium that the audience reads. Names the campaign once, at the end. | Read on
consideration | landing-page | Everything on one page | First what it is and for whom, then each reason with its proof. The price is visible without a form. | Compare
consideration | webinar | Half an hour of questions | Somebody from the team answers live. Recorded, with chapters. | Reserve a seat
consideration | email | The comparison in one table | The offer, the usual choice and doing nothing, side by side. | See the comparison
conversion | offer | The offer on one page | What people get, what it costs and what happens next, in this order. | 
conversion | landing-page | One page, one button | No menu and no second offer. As few fields as possible. | 
conversion | advert | A reminder for visitors of the page | For two weeks, at most twice a week. | Continue
loyalty | email | The first week in three mails | Each has one thing to try. | Try it
loyalty | survey | Two questions after a month | What has changed? What is missing? | Answer both
advocacy | survey | One question: would you recommend it? | With room for a reason. Those who say yes get a link to pass on. | Answer
advocacy | video | Three customers, one question | What is different now? Filmed where they use it; nobody reads from a page. | Tell your story
`,
  z.strictObject({ stage, kind: z.enum(FUNNEL_ASSETS), title: text, brief: text, callToAction: text }),
)

/** What to write into subject and text. */
const MAILS = readTable(
  `
stage | subject | first | second
awareness | the problem, in six words | The problem, in one sentence | What you have learned about it, in three sentences; nothing is sold here
consideration | the comparison, in six words | What is compared, and why | The table, or a link to it
consideration | the most frequent question | The question, word for word | The answer, signed by a person
conversion | the step that is left | What the reader has looked at | What the step costs in money and minutes
conversion | that this is the last mail | Why you write once more | That no answer is needed
loyalty | one thing to try in the first week | Thanks, in one sentence | The thing to try, and how, in two sentences
loyalty | two questions | What has changed for the reader? | What is missing?
advocacy | a request to recommend it | Whom the reader might tell | A link to pass on
`,
  z.strictObject({ stage, subject: text, first: text, second: text }),
)
