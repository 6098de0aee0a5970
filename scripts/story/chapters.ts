import type { Story } from './story.ts'
import type { Chapter } from './told.ts'
import { week1 } from './weeks/week-1.ts'
import { week2 } from './weeks/week-2.ts'
import { week3 } from './weeks/week-3.ts'
import { week4 } from './weeks/week-4.ts'
import { week5 } from './weeks/week-5.ts'
import { week6 } from './weeks/week-6.ts'
import { week7 } from './weeks/week-7.ts'
import { week8 } from './weeks/week-8.ts'

/** Eight weeks of two accounts, from first interest to the day on which everybody looks back. */
export const chapters: readonly Chapter<Story>[] = [
  week1,
  week2,
  week3,
  week4,
  week5,
  week6,
  week7,
  week8,
]
