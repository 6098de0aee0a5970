export { picture_style, StoryPicture } from './picture.tsx'
export { storyText } from './text.ts'
