import type { PartialResult } from '../../sections/section.ts'
import { ResultCard } from '../result-card.tsx'
import { CHANNEL_NAMES } from '../social-channel-names.ts'
import { IdeaCard } from './idea-card.tsx'
import { EMOTION_NAMES } from './idea-names.ts'

/** Feelings first, then the ideas that wake them: one by one while they are made, best first once they are judged. */
export function ViralIdeasView({ result }: { result: PartialResult<'GENERATE_VIRAL_IDEAS'> }) {
  const { angles = [], ideas = [] } = result
  return (
    <>
      {angles.length > 0 && (
        <ResultCard title="Feelings">
          <dl className="angles">
            {angles.map(({ emotion, angle }) => (
              <div key={emotion}>
                <dt>{EMOTION_NAMES[emotion]}</dt>
                <dd className="soft">{angle}</dd>
              </div>
            ))}
          </dl>
        </ResultCard>
      )}
      {ideas.length > 0 && (
        <ol className="ideas" aria-label="Ideas">
          {ideas.map((idea, index) => (
            <IdeaCard
              key={idea.ideaKey}
              idea={idea}
              rank={index + 1}
              tags={[CHANNEL_NAMES[idea.channel], EMOTION_NAMES[idea.emotion]]}
            />
          ))}
        </ol>
      )}
    </>
  )
}
