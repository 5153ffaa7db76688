import type { ViralEmotion } from '@brandkit/core/brand-tasks'
import { chooseEmotions, EMOTIONS } from '../ideas/emotions.ts'
import { stemsOf } from '../ideas/idea-source.ts'
import { ideaWords } from '../ideas/idea-words.ts'
import { pickDiverse } from '../ideas/pick-diverse.ts'
import { scoreIdeas } from '../ideas/score-ideas.ts'
import { listViralCandidates, relevanceOf, shareabilityOf } from '../ideas/viral-candidates.ts'
import { capitalise, fillTemplate, withArticle } from '../words.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepIdeas } from './keep-written.ts'
import { paced, pacedMap } from './paced-map.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * Viral ideas: feelings by topic and by how much they make people share (Berger and Milkman); ideas by combining ways to build a
 * post with subjects and channels, picked by merit and difference (maximal marginal relevance); scores by a stated formula. With
 * a model, it writes angles and ideas; the scores stay computed.
 */
export function createViralIdeasGenerator(options: GeneratorOptions = {}): BrandGenerator<'GENERATE_VIRAL_IDEAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, usage } = createStepRunner('GENERATE_VIRAL_IDEAS', context, options)
    const emotions: readonly ViralEmotion[] = payload.emotions ?? chooseEmotions(`${payload.topic} ${payload.audience}`)
    const words = ideaWords(payload)

    const angles = await run('angles', {
      compute: (pace) =>
        pacedMap(emotions, (emotion) => ({ emotion, angle: fillTemplate(EMOTIONS[emotion].angle, words) }), pace),
      write: {
        task: 'For each feeling of the draft find a point of view on the topic that wakes it in this audience.',
        keep: (draft, written) =>
          draft.map((angle) => written.find(({ emotion }) => emotion === angle.emotion) ?? angle),
      },
      show: (soFar) => ({ angles: soFar }),
    })

    const drafts = await run('drafts', {
      compute: (pace) =>
        pacedMap(pickDiverse(listViralCandidates(payload, emotions), payload.count), ({ draft }) => draft, pace),
      write: {
        task: 'Draft ideas that this audience would pass on, no two alike, as many as the draft has. Use only channels and feelings of the draft, and touch nothing that is to be avoided.',
        keep: (draft, written) =>
          keepIdeas(draft, written, {
            isAllowed: ({ channel, emotion }) => payload.channels.includes(channel) && emotions.includes(emotion),
          }),
      },
      show: (soFar) => ({ ideas: soFar }),
    })

    const scores = await run('scores', {
      compute: (pace) =>
        paced(
          () =>
            scoreIdeas(
              drafts.map((draft) => {
                const stems = stemsOf(draft)
                const { format, effort, emotion, channel, ideaKey } = draft
                return {
                  ideaKey,
                  source: { mechanic: draft.title, format, effort, facets: [emotion, channel], stems },
                  shareability: shareabilityOf(draft),
                  relevance: relevanceOf(draft, { stems }, payload),
                  because: `${capitalise(withArticle(format.replace('-', ' ')))} on ${channel} that wakes ${emotion}`,
                }
              }),
            ),
          pace,
        ),
    })

    return {
      ideaSetId: `ideas-${taskId}`,
      topic: payload.topic,
      angles,
      ideas: scores.flatMap((score) => {
        const draft = drafts.find(({ ideaKey }) => ideaKey === score.ideaKey)
        return draft ? [{ ...draft, ...score }] : []
      }),
      ...usage(),
    }
  }
}
