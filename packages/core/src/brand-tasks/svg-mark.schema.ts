import * as z from 'zod'
import { lazily } from '../lazily.js'

const ELEMENTS =
  'svg|title|desc|defs|g|path|circle|ellipse|rect|line|polyline|polygon|text|tspan|linearGradient|radialGradient|stop|clipPath'
// Values contain no entities (&), CSS escapes (\) or CSS strings (') because those could spell what the grammar refuses.
const ATTRIBUTE = String.raw`\s+(?!on|href|style)[a-z][a-z0-9-]*="(?:(?!url\((?!#))[^"'<>&\\])*"`
// Case-insensitive, because HTML pages read markup so.
const DRAWING = new RegExp(String.raw`^(?=<svg[\s>])(?:[^<>]|</?(?:${ELEMENTS})(?:${ATTRIBUTE})*\s*/?>)*$`, 'i')

/**
 * A drawing small and plain enough to be put into a page: only shapes, text and gradients. Scripts, page styles and
 * loading are refused. An allow-list, because a list of the dangers in SVG is never complete.
 */
export const svgMark = lazily(() =>
  z
    .string()
    .max(20_000, 'Keep the drawing below 20,000 characters.')
    .regex(DRAWING, 'Use only shapes, text and gradients in the drawing, without scripts, styles and links.')
    .regex(/<\/svg>\s*$/, 'End the drawing with </svg>.'),
)
