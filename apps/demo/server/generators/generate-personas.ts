import { divideAudience } from '../personas/divide-audience.ts'
import { namesOf } from '../personas/person-names.ts'
import { phraseMessages } from '../personas/phrase-messages.ts'
import { rateTouchpoints } from '../personas/rate-touchpoints.ts'
import { writeProfile } from '../personas/write-profile.ts'
import { readOffer } from '../words/read-offer.ts'
import type { BrandGenerator, GeneratorOptions } from './brand-generator.ts'
import { keepEntries } from './keep-written.ts'
import { pacedMap } from './paced-map.ts'
import { createStepRunner } from './step-runner.ts'

/**
 * Personas from what is said of an audience: segments are the named groups × four ways to decide (Eisenberg), with shares by
 * the largest remainder method; touchpoints are affinities of style and traits; messages put the offer's features beside
 * wishes and troubles. With a model, it writes names, stories and messages; shares, ages and affinities stay computed.
 */
export function createPersonasGenerator(options: GeneratorOptions = {}): BrandGenerator<'AUTO_GENERATE_PERSONAS'> {
  return async (context) => {
    const { taskId, payload } = context
    const { run, usage } = createStepRunner('AUTO_GENERATE_PERSONAS', context, options)
    const sources = divideAudience(payload)
    const offer = readOffer(payload.offer)
    const names = namesOf(payload.region)

    const segments = await run('segments', {
      compute: (pace) => pacedMap(sources, ({ segment }) => segment, pace),
      write: {
        task: 'Give every segment a telling name and the traits that matter for the offer.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'personaKey', take: ['name', 'traits'] }),
      },
      show: (soFar) => ({ segments: soFar }),
    })

    const profiles = await run('profiles', {
      compute: (pace) => pacedMap(sources, (source, index) => writeProfile(source, { index, offer, names }), pace),
      write: {
        task: 'Make each profile a person one could meet: occupation, story, quote, goals and frustrations that follow from the audience.',
        keep: (draft, written) =>
          keepEntries(draft, written, {
            by: 'personaKey',
            take: ['name', 'occupation', 'story', 'quote', 'goals', 'frustrations'],
          }),
      },
      show: (soFar) => ({ personas: soFar }),
    })

    const touchpoints = await run('touchpoints', {
      compute: (pace) =>
        pacedMap(
          sources,
          (source) => ({ personaKey: source.segment.personaKey, touchpoints: rateTouchpoints(source) }),
          pace,
        ),
    })

    const messages = await run('messages', {
      compute: (pace) =>
        pacedMap(
          sources,
          (source, index) => ({
            personaKey: source.segment.personaKey,
            messages: phraseMessages(source, offer, index),
          }),
          pace,
        ),
      write: {
        task: 'Phrase for each persona what convinces, and what keeps them from buying with an answer to it. Promise nothing that the offer does not say.',
        keep: (draft, written) => keepEntries(draft, written, { by: 'personaKey', take: ['messages'] }),
      },
    })

    return {
      personaSetId: `personas-${taskId}`,
      audienceName: payload.audienceName,
      segments,
      personas: profiles.map((profile) =>
        Object.assign({}, profile, {
          touchpoints: touchpoints.find(({ personaKey }) => personaKey === profile.personaKey)?.touchpoints ?? [],
          messages: messages.find(({ personaKey }) => personaKey === profile.personaKey)?.messages ?? {
            arguments: [profile.quote],
            objections: [],
          },
        }),
      ),
      ...usage(),
    }
  }
}
