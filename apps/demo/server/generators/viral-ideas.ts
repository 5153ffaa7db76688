import { FatalTaskError, type TaskPayload, type TaskResult } from '@brandkit/core'
import {
  IDEA_EFFORTS,
  IDEA_FORMATS,
  type SocialChannel,
  VIRAL_EMOTIONS,
  type ViralEmotion,
} from '@brandkit/core/brand-tasks'
import * as z from 'zod'
import {
  type Candidate,
  coverageOf,
  fitFormat,
  FORMAT_SHAREABILITY,
  pickDiverse,
  type ScoredIdea,
  scoreIdeas,
  stemsOf,
} from '../numbers/score-ideas.ts'
import { capitalise, shorten, toStems, readTable } from '../words.ts'
import { type BrandGenerator, type GeneratorOptions, keepIdeas } from './generator.ts'
import { createStepRunner } from './step-runner.ts'

type Payload = TaskPayload<'GENERATE_VIRAL_IDEAS'>
type Draft = Omit<
  TaskResult<'GENERATE_VIRAL_IDEAS'>['ideas'][number],
  'score' | 'novelty' | 'relevance' | 'shareability' | 'reason'
>

/**
 * Viral ideas: feelings by their effect on sharing (Berger and Milkman). Ideas are mechanics × channels, picked by merit and
 * difference (maximal marginal relevance) and scored by a stated formula. A model writes angles and ideas; the scores stay
 * computed.
 */
export function createViralIdeasGenerator(options: GeneratorOptions = {}): BrandGenerator<'GENERATE_VIRAL_IDEAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, provenance } = createStepRunner('GENERATE_VIRAL_IDEAS', context, options)
    const emotions = payload.emotions ?? mostShared()
    const label = shorten(payload.topic, LONGEST_TOPIC)

    const angles = await run('angles', {
      compute: () => emotions.map((emotion) => ({ emotion, angle: `${label}: ${EMOTIONS[emotion].angle}` })),
      write: {
        task: 'For each feeling of the draft find a point of view on the topic that wakes it in this audience.',
        keep: (draft, written) =>
          draft.map((angle) => written.find(({ emotion }) => emotion === angle.emotion) ?? angle),
      },
      show: (soFar) => ({ angles: soFar }),
    })

    const drafts = await run('drafts', {
      compute: () => draftIdeas(payload, emotions),
      write: {
        task: 'Draft ideas that this audience would pass on, no two alike, as many as the draft has. Use only channels and feelings of the draft, and touch nothing that is to be avoided.',
        keep: (draft, written) =>
          keepIdeas(draft, written, {
            isAllowed: ({ channel, emotion }) => payload.channels.includes(channel) && emotions.includes(emotion),
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
      topic: payload.topic,
      angles,
      ideas: scores.flatMap((score) => {
        const draft = drafts.find(({ ideaKey }) => ideaKey === score.ideaKey)
        return draft ? [{ ...draft, ...score }] : []
      }),
      ...provenance(),
    }
  }
}

const CHOSEN_EMOTIONS = 3
/** A longer topic is cut, because it serves as a label. */
const LONGEST_TOPIC = 80

/** Without a wish: the feelings that make people share most. */
function mostShared(): readonly ViralEmotion[] {
  return VIRAL_EMOTIONS.toSorted((one, other) => EMOTIONS[other].lift - EMOTIONS[one].lift).slice(0, CHOSEN_EMOTIONS)
}

/**
 * Ideas as mechanic × channel, each with the best of the wanted feelings, picked by merit and difference. Ideas that touch a
 * subject to avoid are dropped.
 *
 * @throws FatalTaskError when no idea is left
 */
function draftIdeas(payload: Payload, emotions: readonly ViralEmotion[]): Draft[] {
  const avoided = (payload.avoid ?? []).map(toWordPattern)
  const touches = ({ name, hook, outline, why }: Mechanic) =>
    avoided.some((pattern) => pattern.test(`${name} ${payload.topic} ${hook} ${outline} ${why}`))
  const candidates = MECHANICS.filter((mechanic) => !touches(mechanic)).flatMap((mechanic) =>
    payload.channels.map((channel) => toCandidate(payload, { mechanic, channel, emotions })),
  )
  if (candidates.length > 0) return pickDiverse(candidates, payload.count)
  throw new FatalTaskError(
    `Every idea about "${payload.topic}" touches what is to be avoided (${(payload.avoid ?? []).join(', ')}). Remove a word from that list, or choose another topic.`,
  )
}

interface CandidateOptions {
  mechanic: Mechanic
  channel: SocialChannel
  emotions: readonly ViralEmotion[]
}

function toCandidate(payload: Payload, { mechanic, channel, emotions }: CandidateOptions): Candidate<Draft> {
  const { name, format, effort, emotions: fitting, hook, outline } = mechanic
  const emotion = fitting.find((wanted) => emotions.includes(wanted)) ?? emotions[0] ?? fitting[0]
  const title = `${name}: ${shorten(payload.topic, LONGEST_TOPIC)}`
  const draft: Draft = { ideaKey: keyOf(name, channel), title, hook, format, outline, effort, channel, emotion }
  const { source, shareability, relevance } = weigh(draft, payload)
  const misfit = fitting.includes(emotion) ? 0 : 0.2
  return { draft, source: { ...source, mechanic: name }, merit: (shareability + relevance) / 2 - misfit }
}

const HIGHEST_LIFT = 0.34

/**
 * Shareability: 0.5 × the arousal of the feeling + 0.3 × the shareability of the format + 0.2 × the channel's fit.
 * Relevance: 0.7 × the part of topic and audience that the idea uses + 0.3 × the format's fit to the channel.
 */
function weigh(draft: Draft, { topic, audience }: Payload): ScoredIdea {
  const { ideaKey, title, format, effort, emotion, channel } = draft
  const stems = stemsOf(draft)
  const wanted = [...toStems(`${topic} ${audience}`)].slice(0, 10)
  const fit = fitFormat(channel, format)
  const arousal = EMOTIONS[emotion].lift / HIGHEST_LIFT
  // Ideas of a model have no mechanic of ours.
  const why = MECHANICS.find(({ name }) => keyOf(name, channel) === ideaKey)?.why
  return {
    ideaKey,
    source: { mechanic: title, format, effort, facets: [emotion, channel], stems },
    shareability: 0.5 * arousal + 0.3 * FORMAT_SHAREABILITY[format] + 0.2 * fit,
    relevance: 0.7 * coverageOf(stems, wanted) + 0.3 * fit,
    ...(why && { because: capitalise(why) }),
  }
}

function keyOf(name: string, channel: SocialChannel): string {
  return `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${channel}`
}

/** Matches whole words only: avoiding "war" must not exclude "warm". */
function toWordPattern(phrase: string): RegExp {
  const literal = phrase.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'iu')
}

/**
 * `lift` is the rise in the likelihood of sharing for one standard deviation more of a feeling. Anger, awe, anxiety and
 * surprise follow Berger and Milkman, "What Makes Online Content Viral?" (2012), figure 2. Amusement, pride and nostalgia
 * were not measured separately there; they are our guesses between surprise and awe.
 */
const EMOTIONS: Readonly<Record<ViralEmotion, { lift: number; angle: string }>> = {
  awe: { lift: 0.3, angle: 'how much work is behind it' },
  amusement: { lift: 0.24, angle: 'what everybody does and nobody admits' },
  surprise: { lift: 0.14, angle: 'what most people believe, and what is true' },
  anger: { lift: 0.34, angle: 'what should not be normal' },
  anxiety: { lift: 0.21, angle: 'what can go wrong, and how to prevent it' },
  pride: { lift: 0.2, angle: 'what people who do it can be proud of' },
  nostalgia: { lift: 0.16, angle: 'how it used to be' },
}

const mechanic = z.strictObject({
  name: z.string(),
  format: z.enum(IDEA_FORMATS),
  effort: z.enum(IDEA_EFFORTS),
  /** The feelings that it can cause, strongest first. */
  emotions: z
    .string()
    .transform((names) => z.tuple([z.enum(VIRAL_EMOTIONS)], z.enum(VIRAL_EMOTIONS)).parse(names.split(' '))),
  hook: z.string(),
  outline: z.string(),
  /** The reason to pass it on. */
  why: z.string(),
})
type Mechanic = z.output<typeof mechanic>

/** Structures of posts that people pass on: as many as a set may have ideas, so that none is used twice. */
const MECHANICS = readTable(
  `
name | format | effort | emotions | hook | outline | why
Blind test | short-video | day | surprise amusement | Three versions, no names: which one is which? | Three people try three versions without knowing which is which. First what they notice, then the guess, then the answer. | everybody guesses along
In reverse | short-video | day | awe surprise | You know how it ends. Watch how it began. | Starts with the end and runs backwards, one cut for each step that led to it. No words. | people stay to see how it began
An hour in a minute | short-video | day | awe pride | One camera, one hour, no cut. | A fixed camera films an hour of work, played in a minute. The only text is the clock in the corner. | work without a cut holds the eye
What it costs, on six cards | carousel | day | anger surprise | Guess the biggest part before you swipe. | One card for each part of the cost, drawn to scale, the largest last. The last card says what you do about it. | people pass on what they did not know about a price
Said and meant | meme | hour | amusement pride | It is fine. It is not fine. | On the left what people say, on the right what they mean. Four lines. | people recognise themselves
Starter pack | meme | hour | amusement nostalgia | Be honest: do you own number four? | Six things that give somebody away. Ask which one is missing. | people send it to the friend it describes
Then and now | carousel | day | nostalgia amusement | It was done like this once. Was it better? | Pairs of pictures. Each has one line on what got better and one on what was lost. | old and young see it differently, and say so
The worst advice, tried out | short-video | hour | amusement anger | The internet says that this works. | Follow one popular piece of advice to the letter and show honestly what happens. Ask for the next one to try. | people want to see whether it fails
Seven days, one change | challenge | week | pride awe | Day 1. I give it until Thursday. | Seven people change one thing and post one honest sentence a day. Those who stop say why. | a promise in public brings people back each day
Show yours, name three | challenge | day | pride amusement | Mine is not tidy. Yours? | Show it as it is this minute, without tidying, and name three people who come next. You start. | each post names the next three
As seen in films | short-video | day | surprise anxiety | No. No. That one is right. | Somebody who does it for a living judges five scenes from films: green or red, and one sentence why. | people like to know better than a film
Four things to check tonight | carousel | hour | anxiety surprise | Have you looked at number three? | One thing on each card, with what to do if it is not right. The last card is the fix. | people warn those they care about
Two ways, one vote | poll | hour | amusement pride | Pick a side. Say why. | Two ways that both have their followers. The team argues in the comments, by name; the winner is carried out. | people take a side
Guess the number | poll | hour | surprise awe | Say a number before you look. | One number that can be checked, and four answers. The solution comes a day later, with a picture that makes it visible. | people want to know how close they came
An open letter | article | day | anger pride | We have to talk about what we all put up with. | Addressed to those who could change it: what it costs in a year, and three things that would help. Signed by a person. | people share what they think themselves
To my younger self | article | day | nostalgia pride | You are about to make it harder than it is. | A letter to oneself of ten years ago: two mistakes, one thing that was right, and what it means today. | people compare it with their own ten years
No words | story | hour | awe nostalgia | Watch. That is all. | Five close-ups without a word, ten seconds in all. The viewer says what the last one was. | it is unlike the noise around it
Bring your case | live-stream | day | pride anxiety | Worst one first. | An hour live: people send in their case, and it is solved on camera. What cannot be solved is looked up by next week. | people with the same problem stay until it is solved
A map by those who know | carousel | week | pride surprise | Name yours. The famous one does not count. | Ask people for one favourite place each, with a reason. Draw the map by hand and add what comes in. | people show their own favourite
A week without the worst of it | challenge | week | anger pride | We stop on Monday. Who joins in? | Name the one thing that should not be normal, and do without it for a week, in public. Count who joins. | a week is short enough to join in
The first time | short-video | day | surprise amusement | Watch the face. | Three people try it for the first time on camera. Keep the second in which they make up their minds. | a first reaction cannot be acted
Ranked, worst to best | carousel | hour | amusement anger | You will disagree with number two. | Seven ways to do it, ranked in public, with one reason each. Ask readers for their own order. | a ranking asks to be contradicted
One rule | article | day | pride surprise | If you keep only one rule, keep this one. | The rule in the headline, three cases below, and the one exception. | a single rule is easy to repeat
An unpopular opinion | poll | hour | anger amusement | Somebody has to say it. | One opinion that the team really holds, with one reason. Agree or disagree, and why. | people answer an opinion with their own
While others sleep | story | day | awe pride | This happens at four in the morning. | One night in five stills, each with the time on it. | it shows work that is usually hidden
Two generations | short-video | day | nostalgia amusement | One question, two ages. | Somebody over sixty and somebody under twenty answer the same five questions, cut side by side. | people show it to their parents and children
Solved in a minute | short-video | day | pride surprise | Do not give up on it yet. | One thing that looks hopeless, and the one step that solves it. No cut. | people save it for the day they need it
The small print, translated | carousel | hour | anger anxiety | We read it so that you need not. | One clause on each card: on top as it is written, below what it means. | people feel less alone with it
Three questions | story | hour | surprise pride | Three questions. How many do you know? | Three questions with two answers each, from easy to hard. The last card says what a good score is. | people send their score to friends
One old picture | carousel | hour | nostalgia awe | What has changed since? | One picture from the archive, enlarged card by card. Ask what people notice. | people add what they remember
`,
  mechanic,
)
