/** The answers of the JSON API, as far as the pages read them. */

export type Language = 'de' | 'en'
export type Certainty = 'attested' | 'presumed' | 'ended' | 'not-yet' | 'unknown'
export type Label = Record<Language, string>

export interface GraphNode {
  id: string
  type: 'network' | 'member'
  /** Networks: code of the kind of network. Members: kind of thing (municipality, district, …). */
  kind: string
  key?: string
  slug?: string
  label_de: string
  label_en: string
  state: string | null
  /** Start layout; east is larger x, north is larger y. Null where nothing is known. */
  x: number | null
  y: number | null
  size: number
  themes: string[]
  n_listed?: number | null
}

export interface GraphEdge {
  source: string
  target: string
  roles: string[]
  certainty: 'attested' | 'presumed'
}

/** What the rosters list of one network against what a source claims it has. */
export interface Coverage {
  network: string
  n_listed: number
  listed_on?: string | null
  n_claimed: number
  claimed_qualifier?: string | null
  claimed_on: string | null
}

export interface GraphAnswer {
  version: string
  as_of: string | null
  nodes: GraphNode[]
  edges: GraphEdge[]
  coverage?: Coverage[]
  truncated: boolean
}

export interface Page<T> {
  items: T[]
  total: number
  limit: number
  offset: number
}

export interface SourceRef {
  slug: string
  title: string
  url?: string | null
  locator?: string | null
  basis?: string | null
  date?: string | null
}

/** Another thing, by what it is called and found. */
export interface Ref {
  iri: string
  slug: string
  name: string
  kind: string
}

/** One value, and which source says it. */
export interface Said {
  value: string
  source: string
  title: string
  url: string | null
  locator: string | null
}

export type On = 'founding-date' | 'member-count' | 'legal-form' | 'seat' | 'chair'

/** Two sources that cannot both be right; the days are those for which both speak. */
export interface DisagreementItem {
  on: On
  first_day: string | null
  last_day: string | null
  first: Said
  second: Said
}

export interface NameItem {
  name: string
  certainty: Certainty
  start: string | null
  end: string | null
  sources: SourceRef[]
}

/** A founding, merger, succession, renaming or dissolution. */
export interface ChangeItem {
  iri: string
  kind: string
  date: string | null
  originals: Ref[]
  results: Ref[]
  former_names: string[]
  note: string | null
  sources: SourceRef[]
}

/** What is told of networks and of members alike. */
interface Told {
  names: NameItem[]
  changes: ChangeItem[]
  disagreements: DisagreementItem[]
}

export interface NetworkItem extends Told {
  iri: string
  slug: string
  kind: string
  name: { de: string; en: string | null }
  short_name: string | null
  legal_form: string | null
  themes: string[]
  country: string | null
  parent: Ref | null
  seat: string | null
  website: string | null
  founded: Said[]
  n_members: number
  sources: SourceRef[]
  /** A sentence or two of our own; networks in the narrow sense only. */
  description?: { de: string | null; en: string | null }
}

/** A member as a roster names it. */
export interface MemberItem {
  iri: string
  kind: string
  key: string
  name: string
  state: string | null
}

/** A municipality, a district, an organisation … on a day. */
export interface AgentItem extends MemberItem, Told {
  name_en: string | null
  /** Whether there is such a thing on the day. */
  certainty: Certainty
  /** What stands for it on the day: itself, its successors, its origins. */
  on_day: Ref[]
}

interface MembershipFields {
  iri: string
  role: string
  /** Office as printed. */
  function?: string | null
  start: string | null
  end: string | null
  certainty: Certainty
  sources: SourceRef[]
}

export type MemberOfNetwork = MembershipFields & { member: MemberItem }
export type NetworkOfMember = MembershipFields & {
  network: { iri: string; slug: string; name: string; kind: string }
}

export interface Hit {
  iri: string
  type: string
  kind: string
  key?: string
  slug?: string
  label: string
  label_en?: string | null
  detail?: string | null
}

export interface Code {
  code: string
  label: Label
}

export interface About {
  version: string
  [count: string]: unknown
}

/** Texts that may be missing in one language, as the completion and the labels give them. */
export interface Bilingual { de: string | null; en: string | null }
export interface TermItem { iri: string; name: string; label: Bilingual; definition: Bilingual; n: number; scheme: string | null }
export interface Completion {
  version: string
  prefixes: Record<string, string>
  classes: TermItem[]
  properties: TermItem[]
  by_class: Record<string, Record<string, number>>
  /** Property → classes of what it leads to, with numbers of statements. */
  objects: Record<string, Record<string, number>>
  codes: Record<string, { code: string; label: Bilingual }[]>
}
export interface ExampleItem { name: string; question: Bilingual; query: string }
/** The answer of the SPARQL endpoint, of one of two kinds. */
export type SparqlReply = { version: string } & ({ json: unknown } | { ntriples: string })
