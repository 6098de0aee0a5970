import type { Dice } from './dice.ts'

/** What a stage is told. */
export interface Order {
  /** The bin of the program that is tortured. */
  readonly main: string
  /** An empty folder of the stage's own. */
  readonly folder: string
  readonly dice: Dice
  /** About so long. */
  readonly ms: number
  /** A few seconds, and little of everything. */
  readonly isQuick: boolean
  /** Says how far it is. */
  readonly tell: (what: string) => void
}

/** One part of the program's life that is made hard for it. */
export type Stage = (order: Order, findings: Findings) => Promise<void>

/** How many sentences of one kind are worth reading. */
const broken_max = 5

/** What a stage has seen: figures, and a sentence for every promise that was not kept. */
export class Findings {
  readonly figures: [name: string, value: string][] = []
  readonly broken: string[] = []
  readonly #times = new Map<string, number>()

  figure(name: string, value: number | string): void {
    this.figures.push([name, typeof value === 'number' ? value.toLocaleString('en') : value])
  }

  /** Notes a promise that was not kept, and what was seen instead. */
  promise(promised: string, isKept: boolean, seen: unknown = ''): void {
    if (isKept) return
    const times = (this.#times.get(promised) ?? 0) + 1
    this.#times.set(promised, times)
    if (times > broken_max) return
    const detail = typeof seen === 'string' ? seen : JSON.stringify(seen)
    this.broken.push(detail === '' ? promised : `${promised}: ${detail}`)
  }
}
