import type { DecisionStyle } from '@brandkit/core/brand-tasks'

interface Variant {
  /** A question for interviews, because the brief does not tell it. */
  check: string
  quote: string
  goal: string
  frustration: string
  argument: string
  /** Each with its answer. */
  objections: readonly (readonly [objection: string, answer: string])[]
}

interface Style {
  label: string
  how: string
  /** The share of people who decide like this, without further knowledge. */
  prior: number
  /** Affinities in the order of `PERSONA_TOUCHPOINTS`. */
  touchpoints: readonly number[]
  /** For people to whom the offer is new, and for people who use something else. */
  variants: readonly [Variant, Variant]
}

/**
 * Four ways to decide, quick or slow and by reason or by feeling. They follow the buyer modalities of Bryan and Jeffrey
 * Eisenberg ("Waiting for Your Cat to Bark?", 2006). Priors and affinities are assumptions of this demo.
 */
export const STYLES: Readonly<Record<DecisionStyle, Style>> = {
  spontaneous: {
    label: 'Decides on the spot',
    how: 'Needs one good reason and a short way to pay.',
    prior: 0.3,
    touchpoints: [0.5, 0.85, 0.8, 0.35, 0.4, 0.25, 0.7, 0.6, 0.6],
    variants: [
      {
        check: 'What do they use today, if anything?',
        quote: 'If it takes three clicks, I am in.',
        goal: 'To have it settled today',
        frustration: 'Long forms and waiting lists',
        argument: 'Show the first step, and how long it takes.',
        objections: [
          ['Not now, perhaps later.', 'Ask for one small step, and save what was begun.'],
          ['Will I really use it?', 'Name a moment of the day at which it helps.'],
        ],
      },
      {
        check: 'What would they have to give up first?',
        quote: 'I would switch tomorrow if somebody did the work for me.',
        goal: 'To switch without losing a day',
        frustration: 'Starting again from nothing',
        argument: 'Show how little changes on the first day.',
        objections: [
          ['What I have is good enough.', 'Name the one situation in which it is not.'],
          ['I would have to learn everything again.', 'Show the first minute of use, uncut.'],
        ],
      },
    ],
  },
  methodical: {
    label: 'Compares first',
    how: 'Compares several offers and reads the terms.',
    prior: 0.3,
    touchpoints: [0.95, 0.35, 0.55, 0.65, 0.5, 0.7, 0.5, 0.35, 0.45],
    variants: [
      {
        check: 'Which alternatives do they know?',
        quote: 'Show me how it compares, and I will decide.',
        goal: 'To be sure before paying',
        frustration: 'Claims without a number or a source',
        argument: 'Put the facts into one table, with their sources.',
        objections: [
          ['Is it worth the price?', 'Compare a year of it with the usual choice, line by line.'],
          ['How do I know that it is true?', 'Prove one claim in full instead of five in part.'],
        ],
      },
      {
        check: 'What do they pay today, and for what?',
        quote: 'I know exactly what I pay today.',
        goal: 'To know what changes before anything does',
        frustration: 'Prices that appear only at the end',
        argument: 'Set old and new side by side, also where the old one wins.',
        objections: [
          ['What does it cost to change?', 'List every cost of the first month.'],
          ['What if the price goes up?', 'Say how long the price holds, and what happens then.'],
        ],
      },
    ],
  },
  social: {
    label: 'Asks others first',
    how: 'Asks friends and looks at what others have chosen.',
    prior: 0.25,
    touchpoints: [0.45, 0.8, 0.6, 0.4, 0.5, 0.4, 0.55, 0.75, 0.95],
    variants: [
      {
        check: 'Whom do they ask?',
        quote: 'If somebody I trust uses it, I will try it.',
        goal: 'To choose something that others like too',
        frustration: 'Nobody to ask who has really tried it',
        argument: 'Let people in the same situation speak, by name.',
        objections: [
          ['I know nobody who has it.', 'Introduce somebody who does.'],
          ['What will the others say?', 'Show who else has chosen it.'],
        ],
      },
      {
        check: 'Who would have to change with them?',
        quote: 'We all use the same one. I will not be the first to leave.',
        goal: 'To stay together with the others',
        frustration: 'Being the only one who has changed',
        argument: 'Speak to groups that can change together.',
        objections: [
          ['The others would have to change too.', 'Show how both work side by side.'],
          ['I recommended the old one.', 'Give a reason that is new since then.'],
        ],
      },
    ],
  },
  competitive: {
    label: 'Wants the best',
    how: 'Wants to know in one sentence what makes it better.',
    prior: 0.15,
    touchpoints: [0.75, 0.5, 0.55, 0.5, 0.75, 0.65, 0.4, 0.7, 0.4],
    variants: [
      {
        check: 'What have they tried so far?',
        quote: 'I need the one that does it best.',
        goal: 'To get more out of it than others do',
        frustration: 'Being offered what everybody has',
        argument: 'Name one difference, with one proof.',
        objections: [
          ['What does it do better?', 'Name one thing, and where it was measured.'],
          ['Will it still be the best next year?', 'Say what is being worked on.'],
        ],
      },
      {
        check: 'What has become possible since they last chose?',
        quote: 'I had the best one when I bought it.',
        goal: 'To be ahead again',
        frustration: 'Updates that change nothing that matters',
        argument: 'Show what the old one cannot do.',
        objections: [
          ['I have already paid for mine.', 'Count the costs from today on.'],
          ['Who else has changed?', 'Name those who did, and what they gained.'],
        ],
      },
    ],
  },
}

/** Common first names of adults by country, from statistics and registries; the first list is international. */
const FIRST_NAMES: Readonly<Record<string, string>> = {
  '': 'Alex Maya Noah Sara Leo Ines Omar Nina Tom Aisha Ben Clara',
  AT: 'Lukas Anna Florian Katharina Stefan Julia Thomas Magdalena Markus Eva',
  AU: 'Jack Chloe Liam Olivia Josh Emily Matt Zoe Ryan Grace',
  BR: 'João Ana Pedro Juliana Lucas Camila Rafael Fernanda Thiago Beatriz',
  CA: 'Ethan Emma Liam Chloé Owen Sophie Ryan Priya Marc Hannah',
  CH: 'Luca Nina Marco Laura Reto Céline Jonas Chiara Beat Simone',
  DE: 'Lena Jonas Katrin Mehmet Anja Felix Sabine Tim Elif Stefan Jana Paul',
  DK: 'Mads Freja Lars Ida Rasmus Mette Emil Sofie Jens Camilla',
  ES: 'Lucía Javier Carmen Alejandro Marta Pablo Laura Sergio Elena Diego',
  FR: 'Camille Julien Léa Nicolas Inès Thomas Manon Karim Claire Antoine',
  GB: 'Olivia Jack Amelia Harry Priya Tom Charlotte Mohammed Gemma Callum',
  IN: 'Priya Arjun Ananya Rahul Kavya Vikram Neha Rohan Meera Aditya',
  IT: 'Giulia Marco Chiara Luca Francesca Andrea Elena Matteo Sara Davide',
  JP: 'Yui Haruto Sakura Kenta Aoi Daiki Misaki Takumi Rin Naoki',
  NL: 'Emma Daan Sanne Bram Lotte Jeroen Fleur Youssef Anouk Thijs',
  PL: 'Kasia Piotr Anna Tomasz Magda Michał Ola Jakub Ewa Paweł',
  SE: 'Elsa Erik Maja Oskar Linnea Johan Sara Anders Ebba Karl',
  US: 'Emily Marcus Jessica Tyler Ashley Carlos Megan DeShawn Rachel Kevin',
}

/** The same for people who were named before 1967. No name stands in both lists of a country. */
const ELDERS_NAMES: Readonly<Record<string, string>> = {
  '': 'Maria Peter Ruth Martin Rosa Joseph Helena Victor Agnes Simon',
  DE: 'Renate Klaus Ingrid Jürgen Monika Wolfgang Christa Dieter Gisela Manfred',
  ES: 'Josefa Antonio Dolores Manuel Pilar Francisco Rosario Ángel Mercedes Vicente',
  FR: 'Monique Michel Françoise Jean-Pierre Nicole Bernard Jacqueline Gérard Martine Alain',
  GB: 'Margaret John Susan David Patricia Keith Christine Brian Sheila Alan',
  IT: 'Giuseppina Franco Maria Giuseppe Rosa Antonio Carla Bruno Luisa Sergio',
  US: 'Linda James Barbara Robert Susan Michael Carol Larry Sandra Gary',
}
const ELDERS_AGE = 60

/** First names for a country and an age; a country without a list gets the international one. */
export function namesOf(region: string | undefined, age: number): string[] {
  const lists = age < ELDERS_AGE ? FIRST_NAMES : ELDERS_NAMES
  return (lists[region !== undefined && Object.hasOwn(lists, region) ? region : ''] ?? '').split(' ')
}
