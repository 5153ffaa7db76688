import { chooseEmotions, draftEmotionAngle, draftViralIdeas, weighViralIdea } from '../drafter/draft-viral-ideas.ts'
import { scoreIdeas } from '../numbers/score-ideas.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepIdeas } from './keep-written.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * Viral ideas: feelings by topic and by their effect on sharing (Berger and Milkman). Ideas combine mechanics with
 * subjects and channels, picked by merit and difference (maximal marginal relevance) and scored by a stated formula. A
 * model writes angles and ideas; the scores stay computed.
 */
export function createViralIdeasGenerator(options: GeneratorOptions = {}): BrandGenerator<'GENERATE_VIRAL_IDEAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, provenance } = createStepRunner('GENERATE_VIRAL_IDEAS', context, options)
    const emotions = chooseEmotions(payload)

    const angles = await run('angles', {
      compute: () => emotions.map((emotion) => draftEmotionAngle(emotion, payload)),
      write: {
        task: 'For each feeling of the draft find a point of view on the topic that wakes it in this audience.',
        keep: (draft, written) =>
          draft.map((angle) => written.find(({ emotion }) => emotion === angle.emotion) ?? angle),
      },
      show: (soFar) => ({ angles: soFar }),
    })

    const drafts = await run('drafts', {
      compute: () => draftViralIdeas(payload, emotions),
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
      compute: () => scoreIdeas(drafts.map((draft) => weighViralIdea(draft, payload))),
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
