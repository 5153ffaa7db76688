import type { TaskResult } from '@brandkit/core'
import type { PartialResult } from '../../sections/section.ts'
import { PersonaCard } from './persona-card.tsx'
import { SegmentBar } from './segment-bar.tsx'

type Personas = TaskResult<'AUTO_GENERATE_PERSONAS'>
export type Segment = Personas['segments'][number]
/** While personas are being made, where to meet them and what to tell them are not there yet. */
export type Persona = Omit<Personas['personas'][number], 'touchpoints' | 'messages'> &
  Partial<Pick<Personas['personas'][number], 'touchpoints' | 'messages'>>

/** The parts of an audience, and a person for each. */
export function PersonasView({ result }: { result: PartialResult<'AUTO_GENERATE_PERSONAS'> }) {
  const { segments = [], personas = [] } = result
  return (
    <>
      {segments.length > 0 && <SegmentBar segments={segments} />}
      {personas.length > 0 && (
        <ul className="personas" aria-label="Personas">
          {personas.map((persona) => (
            <PersonaCard
              key={persona.personaKey}
              persona={persona}
              segment={segments.find(({ personaKey }) => personaKey === persona.personaKey)}
            />
          ))}
        </ul>
      )}
    </>
  )
}
