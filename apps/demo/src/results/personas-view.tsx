import type { TaskResult } from '@brandkit/core'
import { RESULT_FORMATS } from '../parts/words.ts'
import { CopyText, Definitions, Meter, type PartialResult, ResultCard, Ticks } from '../parts/result-parts.tsx'

const { formatShare } = RESULT_FORMATS

type Personas = TaskResult<'AUTO_GENERATE_PERSONAS'>
type Segment = Personas['segments'][number]
/** Personas that are being made have no touchpoints and messages yet. */
type Persona = Omit<Personas['personas'][number], 'touchpoints' | 'messages'> &
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

/** The audience as one bar. */
function SegmentBar({ segments }: { segments: readonly Segment[] }) {
  return (
    <ResultCard title="Segments">
      <div className="whole" aria-hidden="true">
        {segments.map(({ personaKey, share }, index) => (
          <span key={personaKey} data-hue={index % 6} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul className="segments">
        {segments.map(({ personaKey, name, share, traits }, index) => (
          <li key={personaKey}>
            <span className="swatch" data-hue={index % 6} aria-hidden="true" />
            <strong>{name}</strong>
            <span className="segment-share">{formatShare(share)}</span>
            <span className="soft">{traits.join(', ')}</span>
          </li>
        ))}
      </ul>
    </ResultCard>
  )
}

/** Shows only the most promising places; the export has all. */
const SHOWN_TOUCHPOINTS = 4

/** The card of a persona. */
function PersonaCard({ persona, segment }: { persona: Persona; segment: Segment | undefined }) {
  const { name, age, occupation, quote, story, goals, frustrations, decisionStyle, touchpoints, messages } = persona
  return (
    <li className="card persona">
      <header>
        <Portrait seed={persona.personaKey + name} />
        <div>
          <h2>{name}</h2>
          <p className="soft">
            {age}, {occupation}
          </p>
          <p className="persona-facts">
            {segment && <span className="tag">{formatShare(segment.share)}</span>}
            <span className="tag">decides: {decisionStyle}</span>
          </p>
        </div>
      </header>
      <blockquote>{quote}</blockquote>
      <p>{story}</p>
      <p>
        <CopyText
          text={[`${name}, ${age}, ${occupation}`, quote, story, goals.join('\n'), frustrations.join('\n')].join(
            '\n\n',
          )}
          what={name}
        />
      </p>
      <div className="two-columns">
        <div>
          <h3>Wants</h3>
          <Ticks sign="yes" lines={goals} />
        </div>
        <div>
          <h3>Is tired of</h3>
          <Ticks sign="no" lines={frustrations} />
        </div>
      </div>
      {touchpoints && (
        <div>
          <h3>Where to meet</h3>
          {touchpoints.slice(0, SHOWN_TOUCHPOINTS).map(({ touchpoint, affinity }) => (
            <Meter key={touchpoint} name={touchpoint} share={affinity} />
          ))}
        </div>
      )}
      {messages && (
        <details>
          <summary>What to say</summary>
          <Ticks sign="yes" lines={messages.arguments} />
          <Definitions
            look="answers"
            entries={messages.objections.map(({ objection, answer }) => ({ name: `“${objection}”`, text: answer }))}
          />
        </details>
      )}
    </li>
  )
}

function Portrait({ seed }: { seed: string }) {
  const { ground, skin, hair, hairPath, shirt } = drawPortrait(seed)
  return (
    <svg className="portrait" viewBox="0 0 80 80" width="80" height="80" aria-hidden="true">
      <rect width="80" height="80" rx="20" fill={ground} />
      <path d="M12 80c2-17 13-25 28-25s26 8 28 25z" fill={shirt} />
      <rect x="34" y="44" width="12" height="16" rx="6" fill={skin} />
      <circle cx="40" cy="35" r="15" fill={skin} />
      <path d={hairPath} fill={hair} />
    </svg>
  )
}

const GROUNDS = ['#d9e8e3', '#f4e3cf', '#e6e0f2', '#f3dde4', '#dce7f3', '#ebe9cf']
const SKINS = ['#f1c9a5', '#d99e73', '#a86f48', '#7c4a2d', '#f6d7bd']
const HAIRS = ['#2b211c', '#5b3a24', '#8d5a2b', '#c08a4a', '#8f8a86', '#3b2f4a']
const SHIRTS = ['#1f5f52', '#7558a8', '#b95f3a', '#2f6f9f', '#a8466a', '#6c6a2b']
const HAIR_PATHS = [
  'M24 36c-2-14 7-21 16-21s18 7 16 21c-3-6-6-9-9-11-5 4-14 5-19 4-2 2-3 4-4 7z',
  'M24 34c0-12 7-19 16-19s16 7 16 19l2 18c-4-4-5-10-5-18-4-1-8-4-10-7-4 5-11 7-16 7 0 9-1 14-5 18z',
  'M25 32c1-11 7-17 15-17s14 6 15 17c-4-5-9-7-15-7s-11 2-15 7z',
  'M22 33c-3-6 1-11 5-12 2-5 8-8 13-7 5-2 11 1 13 6 5 1 7 8 4 13-1-4-3-6-6-7-3 1-6 1-8-1-4 3-9 3-12 1-4 1-7 3-9 7z',
]

interface PortraitColors {
  ground: string
  skin: string
  hair: string
  hairPath: string
  shirt: string
}

/** A face for a persona, always the same for the same text, so that cards are easy to tell apart. */
function drawPortrait(seed: string): PortraitColors {
  let hash = 2_166_136_261
  for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0
  const pick = (list: readonly string[], salt: number) =>
    list[((hash >>> salt) ^ (hash >>> (salt + 9))) % list.length] ?? ''
  return {
    ground: pick(GROUNDS, 1),
    skin: pick(SKINS, 4),
    hair: pick(HAIRS, 7),
    hairPath: pick(HAIR_PATHS, 10),
    shirt: pick(SHIRTS, 13),
  }
}
