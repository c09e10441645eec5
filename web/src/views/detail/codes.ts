/** The code lists by which the panel words what it shows. */

import type { Codes } from '../../i18n'

export type DetailCodes = Record<'kinds' | 'themes' | 'roles' | 'forms' | 'changes', Codes>
