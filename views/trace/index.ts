export { picture_style, StoryPicture } from './picture.tsx'
export { Sequence, SequenceList } from './sequence.tsx'
export { storyText } from './text.ts'
