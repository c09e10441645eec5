/** What an answer is, in a few words: shown above it, and said to those who cannot see it. */

import type { SparqlTexts } from '../../i18n/sparql'
import type { Answer } from '../../state/sparql/results'

export function summaryOf(answer: Answer, { t }: SparqlTexts): string {
  if (answer.kind === 'boolean') return answer.value ? t('result.yes') : t('result.no')
  const n = answer.rows.length
  if (answer.kind === 'table') return n === 1 ? t('result.row') : t('result.rows', { n })
  if (!answer.isRead) return t('result.unread')
  return n === 1 ? t('result.statement') : t('result.statements', { n })
}
