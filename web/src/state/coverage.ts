/** How a claimed number of members is worded: the source's qualifier stays with the number. Pure. */

import type { Coverage } from '../types'

const WORDED: Record<string, string> = {
  about: 'coverage.about', over: 'coverage.over', 'up-to': 'coverage.upTo',
  'at-least': 'coverage.atLeast', almost: 'coverage.almost', good: 'coverage.over',
}

export function claimed(coverage: Coverage): { key: string | null; n: number } {
  return { key: WORDED[coverage.claimed_qualifier ?? ''] ?? null, n: coverage.n_claimed }
}
