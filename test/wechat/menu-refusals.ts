import type { Answer } from '../sim.ts'
import type { WechatClient } from './client.ts'

export const create = '/cgi-bin/menu/create'

const click = { type: 'click', name: '联系我们', key: 'contact' }
const view = { type: 'view', name: '招聘', url: 'https://hr.example.com' }
const mini = {
  ...view,
  type: 'miniprogram',
  appid: 'wx0123456789abcdef',
  pagepath: 'pages/tasks/list',
}
const media = { type: 'media_id', name: '图', media_id: 'M' }
const article = { type: 'article_id', name: '文', article_id: 'A' }

/** What stands with each code. */
export const texts: Readonly<Record<number, string>> = {
  40016: 'invalid button size',
  40017: 'invalid button type',
  40018: 'invalid button name size',
  40019: 'invalid button key size',
  40020: 'invalid button url size',
  40022: 'invalid sub_menu level',
  40023: 'invalid sub button size',
  40024: 'invalid sub button type',
  40025: 'invalid sub button name size',
  40026: 'invalid sub button key size',
  40027: 'invalid sub button url size',
  40033: 'invalid charset. please check your request, if include \\uxxxx will create fail!',
  40054: 'invalid sub button url domain',
  40055: 'invalid button url domain',
  40117: 'invalid button media_id size',
  40118: 'invalid sub button media_id size',
  40165: 'invalid weapp pagepath',
  40166: 'invalid weapp appid',
  45064: 'no permission to use weapp in menu',
  43002: 'require POST method',
  44002: 'empty post data',
  47001: 'data format error',
}

/** One way in which a menu is refused. */
export interface Row {
  readonly when: string
  readonly errcode: number
  /** A text is sent as it is. */
  readonly body?: unknown
  readonly send?: (client: WechatClient) => Promise<Answer>
}

/** One button in a menu. */
export const top = (button: unknown) => ({ button: [button] })
/** One sub-button in a menu. */
export const sub = (button: unknown) => top({ name: '更多', sub_button: [click, button] })

// biome-ignore format: one way a line
const whole: readonly Row[] = [
  { when: 'it is a GET', errcode: 43002, send: (client) => client.get(create) },
  { when: 'there is no body', errcode: 44002, body: '' },
  { when: 'the body is no JSON', errcode: 47001, body: "{'button':[]}" },
  { when: 'the body is a list', errcode: 47001, body: [click] },
  { when: 'Chinese is escaped', errcode: 40033, body: '{"button":[{"name":"\\u83dc\\u5355"}]}' },
  { when: 'an escape follows escaped backslashes', errcode: 40033, body: '{"button":[{"type":"click","name":"a","key":"\\\\\\\\\\u0041"}]}' },
  { when: 'a character can only be escaped', errcode: 40033, body: top({ ...click, key: '\0' }) },
  { when: 'there is no button', errcode: 40016, body: {} },
  { when: 'it is wrapped as menu/get answers it', errcode: 40016, body: { menu: top(click) } },
  { when: 'there are no buttons', errcode: 40016, body: { button: [] } },
  { when: 'there are four buttons', errcode: 40016, body: { button: [click, click, click, click] } },
  { when: 'the buttons are no list', errcode: 40016, body: { button: click } },
  { when: 'a button is no object', errcode: 40016, body: top('click') },
  { when: 'a button is a list', errcode: 40016, body: top([click]) },
  { when: 'a sub-button is null', errcode: 40016, body: sub(null) },
  { when: 'sub-buttons are wrapped as get_current_selfmenu_info answers them', errcode: 40016, body: top({ name: '更多', sub_button: { list: [click] } }) },
  { when: 'there are six sub-buttons', errcode: 40023, body: top({ name: '更多', sub_button: Array(6).fill(click) }) },
  { when: 'there is a third level', errcode: 40022, body: sub({ name: '更多', sub_button: [click] }) },
]

/** What is wrong with one button, with the code of each level. */
// biome-ignore format: one way a line
const ofButton: readonly { when: string; button: unknown; codes: readonly [number, number] }[] = [
  { when: 'has no name', button: { ...click, name: undefined }, codes: [40018, 40025] },
  { when: 'has an empty name', button: { ...click, name: '' }, codes: [40018, 40025] },
  { when: 'has a number as its name', button: { ...click, name: 7 }, codes: [40018, 40025] },
  { when: 'has a name of 61 bytes', button: { ...click, name: `${'字'.repeat(20)}a` }, codes: [40018, 40025] },
  { when: 'has no type', button: { ...click, type: undefined }, codes: [40017, 40024] },
  { when: 'has an unknown type', button: { ...click, type: 'Click' }, codes: [40017, 40024] },
  { when: 'has the type of an object’s own', button: { ...click, type: 'toString' }, codes: [40017, 40024] },
  { when: 'has neither type nor sub-buttons', button: { name: '更多', sub_button: [] }, codes: [40017, 40024] },
  { when: 'has no key', button: { ...click, key: undefined }, codes: [40019, 40026] },
  { when: 'has an empty key', button: { ...click, key: '' }, codes: [40019, 40026] },
  { when: 'has a key of 129 bytes', button: { ...click, key: 'k'.repeat(129) }, codes: [40019, 40026] },
  { when: 'has no url', button: { ...view, url: undefined }, codes: [40020, 40027] },
  { when: 'has a key in place of a url', button: { ...click, type: 'view' }, codes: [40020, 40027] },
  { when: 'has an empty url', button: { ...view, url: '' }, codes: [40020, 40027] },
  { when: 'has a url of 1025 bytes', button: { ...view, url: `https://${'u'.repeat(1017)}` }, codes: [40020, 40027] },
  { when: 'has a url without http', button: { ...view, url: 'hr.example.com' }, codes: [40055, 40054] },
  { when: 'has a path of ours as its url', button: { ...view, url: '/register/acme' }, codes: [40055, 40054] },
  { when: 'has a url of another kind', button: { ...view, url: 'javascript:alert(1)' }, codes: [40055, 40054] },
  { when: 'has a url without a host', button: { ...view, url: 'https:///x' }, codes: [40055, 40054] },
  { when: 'is a mini program without url', button: { ...mini, url: undefined }, codes: [40020, 40027] },
  { when: 'is a mini program without appid', button: { ...mini, appid: undefined }, codes: [40166, 40166] },
  { when: 'is a mini program with another appid', button: { ...mini, appid: 'gh_1' }, codes: [40166, 40166] },
  { when: 'is a mini program that is not linked', button: { ...mini, appid: 'wx1111111111111111' }, codes: [45064, 45064] },
  { when: 'is a mini program without a page', button: { ...mini, pagepath: '' }, codes: [40165, 40165] },
  { when: 'has no media_id', button: { ...media, media_id: undefined }, codes: [40117, 40118] },
  { when: 'has no article_id', button: { ...article, article_id: 5 }, codes: [40117, 40118] },
]

/** Every way. */
export const rows: readonly Row[] = [
  ...whole,
  {
    when: 'a button has a name of 17 bytes',
    errcode: 40018,
    body: top({ ...click, name: '一二三四五ab' }),
  },
  ...ofButton.flatMap(({ when, button, codes: [atTop, below] }) => [
    { when: `a button ${when}`, errcode: atTop, body: top(button) },
    { when: `a sub-button ${when}`, errcode: below, body: sub(button) },
  ]),
]
