const stroke =
  "xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23000' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'"

/** A drawing as a mask: it takes the colour of the text around it. */
export function mask(drawing: string): string {
  const url = `url("data:image/svg+xml,%3Csvg ${stroke}%3E${drawing}%3C/svg%3E")`
  return `-webkit-mask: ${url} center / contain no-repeat; mask: ${url} center / contain no-repeat;`
}

const path = (d: string) => `%3Cpath d='${d}'/%3E`
const dot = (x: number, y: number, r: number) => `%3Ccircle cx='${x}' cy='${y}' r='${r}'/%3E`
const full_dot = (x: number) => `%3Ccircle cx='${x}' cy='12' r='1.3' fill='%23000'/%3E`

/** What the phone draws. */
export const icons = {
  chats: path('M4 5h16v11H11l-4 4v-4H4z') + path('M8 9.5h8M8 12.5h5'),
  find: dot(10.5, 10.5, 6) + path('M15 15l5.5 5.5'),
  scan: path('M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M3 12h18'),
  me: dot(12, 8, 4) + path('M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7'),
  back: path('M15 4l-8 8 8 8'),
  more: full_dot(5) + full_dot(12) + full_dot(19),
  others: path('M8 3h8v18H8zM4 6v12M20 6v12'),
  outside: path('M13 4h7v7M20 4l-9 9M18 14v6H4V6h6'),
  next: path('M9 5l7 7-7 7'),
  below: path('M4 8h16M4 12h16M4 16h16'),
}
