import type { Button } from '../../wechat/menu/button.ts'

/** The menu by which a live account is born: its links lead to our own pages. */
export function firstMenu(eid: string): Button[] {
  const register = page('入职登记', `/register/${eid}`)
  return [register, { name: '加入我们', sub_button: [page('申请职位', `/apply/${eid}`), register] }]
}

function page(name: string, url: string): Button {
  return { type: 'view', name, url, sub_button: [] }
}
