import type { SceneCodeRow } from '../../../db/schema.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { refuse } from '../endpoint.ts'

export type Action = SceneCodeRow['action']

interface ActionRule {
  readonly permanent: boolean
  /** The greatest number of a scene; undefined: its scenes are texts. */
  readonly id_max: number | undefined
}

/** What each action makes. Source: developers.weixin.qq.com: createQRCode. */
export const actions: Readonly<Record<Action, ActionRule>> = {
  QR_SCENE: { permanent: false, id_max: 0xffff_ffff },
  QR_STR_SCENE: { permanent: false, id_max: undefined },
  QR_LIMIT_SCENE: { permanent: true, id_max: 100_000 },
  QR_LIMIT_STR_SCENE: { permanent: true, id_max: undefined },
}

const scene_length_max = 64

/** What a code is made for. */
export interface Scene {
  readonly action: Action
  /** A number as its digits. */
  readonly scene: string
}

/** Reads action and scene as a client sent them. */
export function readScene(fields: Readonly<Record<string, unknown>>): Scene | Refusal {
  const action = fields['action_name']
  if (!isAction(action)) {
    return refuse(40052, {
      rule: 'qrcode.action',
      actual: action ?? null,
      expected: Object.keys(actions),
    })
  }
  const { id_max } = actions[action]
  const given = objectIn(objectIn(fields['action_info'])['scene'])
  const scene = id_max === undefined ? textOf(given['scene_str']) : idOf(given['scene_id'], id_max)
  if (scene !== undefined) return { action, scene }
  return refuse(40053, {
    rule: 'qrcode.scene',
    actual: fields['action_info'] ?? null,
    expected:
      id_max === undefined
        ? `scene.scene_str of 1 to ${scene_length_max} characters`
        : `scene.scene_id from 1 to ${id_max}`,
  })
}

/** The scene of a code as users are told of it: a number or a text. */
export function sceneValue({ action, scene }: Scene): number | string {
  return actions[action].id_max === undefined ? scene : Number(scene)
}

function isAction(action: unknown): action is Action {
  return typeof action === 'string' && Object.hasOwn(actions, action)
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !isCleanText(value)) return undefined
  const { length } = [...value]
  return length >= 1 && length <= scene_length_max ? value : undefined
}

function idOf(value: unknown, max: number): string | undefined {
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
  return fits ? String(value) : undefined
}
