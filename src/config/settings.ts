import type { Command } from './commands.ts'
import { serving_rows } from './serving-rows.ts'
import { tool_rows } from './tool-rows.ts'
import { type SettingName, Values } from './values.ts'

/** Where a value may be given; who comes first wins. */
export type Place = 'flag' | 'env' | 'file'

/** One setting: how it is spelled in each place, what it holds when nobody gives it, what it means. */
export interface Setting {
  readonly name: SettingName
  /** Absent where the setting cannot be given there. */
  readonly flag?: string
  readonly env?: string
  readonly inFile: boolean
  readonly type: 'text' | 'number' | 'switch' | 'list' | 'duration' | 'profiles' | 'worlds'
  /** As it would be written. */
  readonly default?: string
  /** The same of commands that have another. */
  readonly but?: Partial<Record<Command, string>>
  readonly commands: readonly Command[]
  readonly meaning: string
  /** The same in Chinese, for the documentation. */
  readonly zh: string
}

/** What is said of a setting where it is defined. */
export type Row = Pick<Setting, 'type' | 'default' | 'but' | 'meaning' | 'zh'> &
  Partial<Pick<Setting, 'commands'>> & { readonly places?: readonly Place[] }

const everywhere: readonly Place[] = ['flag', 'env', 'file']

const rows: Record<SettingName, Row> = { ...serving_rows, ...tool_rows }

/** Whether a setting belongs to a command. `proxy` is `serve` with one port more, and has its settings. */
export function isFor({ commands: of }: Setting, command: Command): boolean {
  return of.includes(command === 'proxy' ? 'serve' : command)
}

/** What a setting holds when nobody gives it to a command. */
export function defaultFor({ default: usual, but }: Setting, command: Command): string | undefined {
  return but?.[command] ?? usual
}

/** Every setting there is, in the order in which help shows them. */
export const settings: readonly Setting[] = Values.keyof().options.map(setting)

function setting(name: SettingName): Setting {
  const {
    places = everywhere,
    commands = ['serve'],
    type,
    meaning,
    zh,
    but,
    default: usual,
  } = rows[name]
  return {
    name,
    ...(places.includes('flag') && { flag: `--${name.replaceAll('_', '-')}` }),
    ...(places.includes('env') && { env: `TUPU_SIM_${name.toUpperCase()}` }),
    inFile: places.includes('file'),
    type,
    ...(usual !== undefined && { default: usual }),
    ...(but && { but }),
    commands,
    meaning,
    zh,
  }
}
