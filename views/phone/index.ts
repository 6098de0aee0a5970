export { NotFoundPage } from './not-found.tsx'
export { PeoplePage } from './people.tsx'
export { ScreenPage } from './screen.tsx'
export { SidePage } from './side.tsx'
