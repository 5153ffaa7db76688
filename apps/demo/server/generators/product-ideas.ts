import type { TaskPayload, TaskResult } from '@brandkit/core'
import { IDEA_EFFORTS, IDEA_FORMATS, PRODUCT_IDEA_KINDS } from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import { readGroups } from '../brief.ts'
import {
  type Candidate,
  coverageOf,
  FORMAT_SHAREABILITY,
  pickDiverse,
  type ScoredIdea,
  scoreIdeas,
  stemsOf,
} from '../numbers/score-ideas.ts'
import { note, overlapOf, quote, say, shorten, toKey, toStems, readTable } from '../words.ts'
import { type BrandGenerator, type GeneratorOptions, keepEntries, keepIdeas } from './generator.ts'
import { createStepRunner } from './step-runner.ts'

type Payload = TaskPayload<'GENERATE_IDEAS_FROM_PRODUCT'>
type Result = TaskResult<'GENERATE_IDEAS_FROM_PRODUCT'>
type Draft = Omit<Result['ideas'][number], 'score' | 'novelty' | 'relevance' | 'shareability' | 'reason'>

/**
 * Ideas from a product. A draft asks of each feature another question that leads to its benefit (laddering: Reynolds and
 * Gutman, 1988), because the answers are not in the brief. Kind × mechanic × feature become ideas, picked by merit and
 * difference (maximal marginal relevance) and scored by a stated formula. A model writes benefits, occasions and ideas; the
 * scores stay computed.
 */
export function createIdeasFromProductGenerator(
  options: GeneratorOptions = {},
): BrandGenerator<'GENERATE_IDEAS_FROM_PRODUCT'> {
  return async (context) => {
    const { taskId, payload } = context
    const { features, kinds, productName } = payload
    const { run, provenance } = createStepRunner('GENERATE_IDEAS_FROM_PRODUCT', context, options)

    const benefits = await run('benefits', {
      compute: () => draftBenefits(payload),
      write: {
        task: 'Say for each feature what it does for this audience, and what would make them believe it. Invent no facts about the product.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'feature', take: ['benefit', 'proof'] }),
      },
      show: (soFar) => ({ benefits: soFar }),
    })

    const occasions = await run('occasions', {
      compute: () => draftOccasions(payload),
      write: {
        task: 'Find moments in which this audience would want the product. Use features as they are written in the payload.',
        keep: (draft, written) => {
          const known = written.filter(({ feature }) => features.includes(feature))
          return known.length > 0 ? known : draft
        },
      },
      show: (soFar) => ({ occasions: soFar }),
    })

    const drafts = await run('drafts', {
      compute: () => draftIdeas(payload),
      write: {
        task: 'Draft ideas that grow out of the features, no two alike, as many as the draft has. Use only kinds of the draft, and features as they are written in the payload.',
        keep: (draft, written) =>
          keepIdeas(draft, written, {
            isAllowed: ({ feature, kind }) => features.includes(feature) && kinds.includes(kind),
          }),
      },
      show: (soFar) => ({ ideas: soFar }),
      say: ({ title, hook, outline }) => [title, hook, outline].filter(Boolean).join('\n'),
    })

    const scores = await run('scores', {
      compute: () => scoreIdeas(drafts.map((draft) => weigh(draft, payload))),
    })

    return {
      ideaSetId: `ideas-${taskId}`,
      productName,
      benefits,
      occasions,
      ideas: scores.flatMap((score) => {
        const draft = drafts.find(({ ideaKey }) => ideaKey === score.ideaKey)
        return draft ? [{ ...draft, ...score }] : []
      }),
      ...provenance(),
    }
  }
}

/** "40 hours", "3.5 kg", "12". */
const NUMBER = /\d[\d.,]*(?:[\s-]?(?!and\b|or\b|to\b)\p{L}+)?/u
const MOST_OCCASIONS = 8
const LONGEST_FEATURE = 70

/** A question for each feature whose answer is its benefit, with what could prove it. A number of the feature is named. */
function draftBenefits({ features }: Payload): Result['benefits'] {
  return features.map((feature, index) => {
    const { benefit, proof } = lensOf(index)
    return { feature, benefit, proof: say(`${proof}.`, note('Number to show', [NUMBER.exec(feature)?.[0]])) }
  })
}

function lensOf(index: number): z.output<typeof lens> {
  return LENSES[index % LENSES.length] ?? LENSES[0]
}

/** What the brief says about people, then moments that every product has, each once. */
function draftOccasions({ features, audience }: Payload): Result['occasions'] {
  const fromBrief = readGroups(audience)
    .flatMap(({ facts }) => facts)
    .slice(0, NEEDS.length)
    .map((fact, index) => ({
      occasion: quote(fact),
      need: NEEDS[index] ?? '',
      feature: closestOf(features, fact) ?? features[index % features.length] ?? '',
    }))
  const fromFeatures = features.map((feature, index) => {
    const { occasion, need } = lensOf(index)
    return { occasion, need, feature }
  })
  return [...fromBrief, ...fromFeatures].slice(0, MOST_OCCASIONS)
}

/** The feature that shares the most words with the text, if any. */
function closestOf(features: readonly string[], text: string): string | undefined {
  const [best] = features
    .map((feature) => ({ feature, overlap: overlapOf(feature, text) }))
    .toSorted((one, other) => other.overlap - one.overlap)
  return best && best.overlap > 0 ? best.feature : undefined
}

/** Kind × mechanic × feature, picked by merit and difference, each kind in turn. No two ideas begin alike. */
function draftIdeas(payload: Payload): Draft[] {
  const { kinds, features, count } = payload
  const candidates = MECHANICS.filter(({ kind }) => kinds.includes(kind)).flatMap((mechanic) =>
    features.map((_feature, index) => toCandidate(payload, mechanic, index)),
  )
  const ranked = pickDiverse(candidates, candidates.length)
  const turnOf = (draft: Draft) => ranked.filter(({ kind }) => kind === draft.kind).indexOf(draft)
  const begun = new Set<string>()
  return ranked
    .toSorted((one, other) => turnOf(one) - turnOf(other))
    .slice(0, count)
    .map((draft) => {
      const { occasion } = lensOf(features.indexOf(draft.feature))
      const hook = begun.has(draft.hook) ? `${occasion}: ${draft.hook}` : draft.hook
      begun.add(draft.hook)
      return Object.assign(draft, { hook })
    })
}

function toCandidate(payload: Payload, mechanic: Mechanic, index: number): Candidate<Draft> {
  const { kind, name, format, effort, hook, outline } = mechanic
  const feature = payload.features[index] ?? ''
  const draft: Draft = {
    ideaKey: `${toKey(name)}-${index + 1}`,
    title: `${name}: ${quote(shorten(feature, LONGEST_FEATURE))}`,
    hook,
    format,
    outline: say(outline, note('To show', [shorten(feature, LONGEST_FEATURE)])),
    effort,
    feature,
    kind,
  }
  const { source, shareability, relevance } = weigh(draft, payload)
  // Briefs name important features first.
  const rank = 0.1 * (index / payload.features.length)
  return { draft, source: { ...source, mechanic: name }, merit: (shareability + relevance) / 2 - rank }
}

/**
 * Shareability: 0.6 × the shareability of the mechanic + 0.4 × that of the format. Relevance: the part of the words of
 * feature, product and audience that the idea uses, most important first.
 */
function weigh(draft: Draft, { productName, audience }: Payload): ScoredIdea {
  const { ideaKey, kind, format, effort, feature, title, hook, outline } = draft
  const own = MECHANICS.find((mechanic) => mechanic.kind === kind && title.startsWith(`${mechanic.name}:`))
  const wanted = [...toStems(`${feature} ${productName} ${audience}`)].slice(0, 12)
  return {
    ideaKey,
    source: { mechanic: title, format, effort, facets: [feature, kind], stems: stemsOf(draft) },
    shareability: 0.6 * (own?.shareability ?? 0.5) + 0.4 * FORMAT_SHAREABILITY[format],
    relevance: coverageOf(toStems(`${title} ${hook} ${outline} ${feature}`), wanted),
  }
}

/** Questions about what the brief says, which tells what people do and not what they need. */
const NEEDS: readonly string[] = [
  'To find out: what would help here?',
  'To find out: what gets in the way?',
  'To find out: what do they do about it today?',
  'To find out: what is it worth to them?',
]

const lens = z.strictObject({ benefit: z.string(), proof: z.string(), occasion: z.string(), need: z.string() })

/** Right for any feature in any language: as many as a product may have features. */
const LENSES = readTable(
  `
benefit | proof | occasion | need
What does it spare people? | A customer, in their own words | When the usual way fails | A way that works the first time
What becomes possible with it? | One example, from beginning to end | The first day with it | A good beginning
What would be missing without it? | A week without it, told honestly | When it is not there | Something to rely on
Who profits most from it? | One person from that group, by name | A talk among friends | An answer when somebody asks
When does it matter most? | A day in pictures, with that moment marked | An ordinary weekday | One thing less to think about
What does it replace? | The old way beside this one | When something old has to go | Something better in its place
How can people see that it is true? | A close-up, unedited | Just before paying | To be sure
What do people tell others about it? | Three sentences of real customers | When somebody asks what to choose | Something to recommend
What is different after a year? | The first day, and a day one year later | A year later | Something that lasts
What does it cost not to have it? | A calculation that anyone can check | The end of the month | To know what it costs
Why does it matter to this audience? | What they do today, beside what they could do | When little time is left | To have it done
What would a doubter ask about it? | The hardest question, answered in public | The first doubt | An honest answer
`,
  lens,
)

const mechanic = z.strictObject({
  kind: z.enum(PRODUCT_IDEA_KINDS),
  name: z.string(),
  format: z.enum(IDEA_FORMATS),
  effort: z.enum(IDEA_EFFORTS),
  /** The likelihood that people pass it on, an assumption of this demo. */
  shareability: z.coerce.number().min(0).max(1),
  hook: z.string(),
  outline: z.string(),
})
type Mechanic = z.output<typeof mechanic>

/** The forms that a feature can take. What people get is left open, because only the brief may make an offer. */
const MECHANICS = readTable(
  `
kind | name | format | effort | shareability | hook | outline
campaign | One claim | short-video | week | 0.7 | We say one thing. Here is the proof. | For four weeks every advert makes the same claim, each with a proof of its own.
campaign | A week without it | carousel | week | 0.75 | Day 1: we took it away. | Three people do without it for a week and tell what they missed.
campaign | Prove us wrong | challenge | week | 0.85 | Show us that it is not so. | A public challenge with its rules on one page. Whoever proves the opposite gets a public answer.
content | How it came about | article | day | 0.45 | This is not how it began. | The people who made it tell why it exists and what they threw away.
content | Shown, not told | short-video | day | 0.65 | No words in this one. | Only pictures: no voice, no music. One line at the end says what it was.
content | Five things that help | carousel | hour | 0.55 | Number three is not ours. | Five honest tips for one situation. This is one of them, and not the first.
promotion | Tied to a situation | story | day | 0.4 | For the day on which you need it. | A promotion that is tied to a situation instead of a date. What people get: to be decided.
promotion | Show the old way | poll | day | 0.5 | What has it cost you so far? | People show how they do it today and answer one question. What they get: to be decided.
promotion | The first hundred | story | hour | 0.45 | We would like to hear from you. | The first hundred buyers write one line about it. What they get: to be decided.
partnership | With a neighbour | article | week | 0.5 | Two offers for one moment. | Find somebody whose offer is needed at the same moment. Each explains the other, and both tell their customers.
partnership | In the hands of a sceptic | live-stream | week | 0.55 | They may say what they like. | Somebody who is trusted, and not paid for praise, uses it for a month. The verdict goes out live, with questions.
event | An evening to try it | live-stream | week | 0.4 | Come with your doubts. | Twenty people, one evening, one thing to try. Everybody writes down what they found.
event | Where it is needed | challenge | week | 0.6 | We come to the place where you need it. | Meet people where the need comes up, with enough for everybody to try.
bundle | The set for that moment | carousel | day | 0.45 | Everything for it, in one place. | Add two offers that people need at the same moment, and say what each is for. Price: to be decided.
bundle | One more for a friend | story | hour | 0.6 | You thought of somebody just now. | Whoever takes it names one other person who gets it, too, with a personal line. Price: to be decided.
`,
  mechanic,
)
