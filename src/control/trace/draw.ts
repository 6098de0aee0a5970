import { picture_style, StoryPicture, storyText } from '../../../views/trace/index.ts'
import { printableLines } from '../../core/spelling.ts'
import { frameOf } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import type { Story } from './item.ts'

/** Loaded late, with its views: most processes tell no story to people. */
export function text(story: Story, lang: Lang): string {
  return printableLines(storyText(story, frameOf(lang).words))
}

export function picture(story: Story, lang: Lang): { svg: string; style: string } {
  const svg = String(StoryPicture({ story, words: frameOf(lang).words }))
  return { svg, style: picture_style }
}
