/** The texts of the query page; a file of their own, so that the graph page need not load them. */

import type { Language } from '../../types'
import { textsOf, type Texts } from '../index'
import de from './de.json'
import en from './en.json'

export type SparqlKey = keyof typeof en
export type SparqlTexts = Texts<SparqlKey>

const TEXTS: Record<Language, Record<SparqlKey, string>> = { de, en }

export const sparqlTexts = (lang: Language): SparqlTexts => textsOf(TEXTS, lang)
