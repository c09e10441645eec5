/** How a claimed number of members is worded: the source's qualifier stays with the number. Pure. */

import type { Coverage } from '../types'

const WORDED: Record<string, string> = {
  about: 'coverage.about', over: 'coverage.over', 'up-to': 'coverage.upTo',
  'at-least': 'coverage.atLeast', almost: 'coverage.almost', good: 'coverage.over',
}

/** The text for a qualifier; null where the number is exact. */
export const worded = (qualifier: string | null | undefined): string | null => WORDED[qualifier ?? ''] ?? null

export function claimed(coverage: Coverage): { key: string | null; n: number } {
  return { key: worded(coverage.claimed_qualifier), n: coverage.n_claimed }
}
