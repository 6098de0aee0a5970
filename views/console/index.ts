export { AccountPage } from './account.tsx'
export { AccountsPage } from './accounts.tsx'
export { NotFoundPage } from './not-found.tsx'
