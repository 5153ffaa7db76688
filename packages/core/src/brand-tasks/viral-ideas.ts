/** The feeling that makes people pass something on (Berger and Milkman, "What Makes Online Content Viral?", 2012). */
export const VIRAL_EMOTIONS = ['awe', 'amusement', 'surprise', 'anger', 'anxiety', 'pride', 'nostalgia'] as const
export type ViralEmotion = (typeof VIRAL_EMOTIONS)[number]
